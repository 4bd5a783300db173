using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Results;

namespace CisAws.PowerShell.Tests;

/// <summary>The cmdlet; what it finds out is tested with the check itself.</summary>
public sealed class TestCisAccessTests : IAsyncLifetime, IDisposable
{
    private readonly ModuleSession _session = new();
    private EmulatorServer? _server;

    public async ValueTask InitializeAsync() => _server = await DemoServer.StartAsync(
        new EmulatorOptions { Faults = [Fault.Deny("iam:GetAccountPasswordPolicy"), Fault.Deny("kms:ListKeys", "eu-north-1", scp: true)] });

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void It_returns_an_object_for_each_action_of_the_controls()
    {
        var actions = Access("Test-CisAccess '1.5', '1.12', '2.8' @account");
        Assert.Equal(
            [
                "ec2:DescribeRegions", "iam:GenerateCredentialReport", "iam:GetAccountPasswordPolicy", "iam:GetAccountSummary", "iam:GetCredentialReport",
                "kms:DescribeKey", "kms:GetKeyRotationStatus", "kms:ListKeys",
            ],
            actions.Select(a => a.Action));
        Assert.All(actions, a => Assert.Equal(("111122223333", a.Action.Split(':')[0]), (a.AccountId, a.Service)));
    }

    [Fact]
    public void What_is_denied_is_found_with_its_controls_and_regions()
    {
        var denied = Access("Test-CisAccess '1.5', '1.6', '2.8' @account | Where-Object Status -eq Denied");
        Assert.Equal(
            [
                ("iam:GetAccountPasswordPolicy", "1.5; 1.6", "", "Denied: no identity-based policy allows it."),
                ("kms:ListKeys", "2.8", "eu-north-1", "Denied in 1 of 17 regions (eu-north-1): an explicit deny in a service control policy."),
            ],
            denied.Select(d => (d.Action, d.ControlId.ToString(), d.Region.ToString(), d.Reason)));
    }

    [Theory]
    [InlineData("Test-CisAccess '1.5' -Quiet @account", false)]
    [InlineData("Test-CisAccess '2.8' -Quiet @account", false)]
    [InlineData("Test-CisAccess '2.8' -Quiet -Region eu-west-1 @account", true)]
    [InlineData("Test-CisAccess '1.12', '1.13' -Quiet @account", true)]
    [InlineData("Get-CisControl '1.12' | Test-CisAccess -Quiet @account", true)]
    [InlineData("'1.12', '1.5' | Test-CisAccess -Quiet @account", false)]
    public void Quiet_is_whether_the_controls_can_be_decided(string script, bool expected) =>
        Assert.Equal(expected, Assert.Single(_session.Objects(script, DemoServer.Account(_server!))).BaseObject);

    [Fact]
    public void Quiet_is_one_answer_for_a_list_of_accounts()
    {
        var run = _session.Run(
            "[pscustomobject]@{ RoleArn = '' }, [pscustomobject]@{ RoleArn = 'arn:aws:iam::999988887777:role/None' } | Test-CisAccess '1.12' -Quiet @account",
            DemoServer.Account(_server!));
        Assert.Equal(false, Assert.Single(run.Output).BaseObject);
        Assert.StartsWith("RoleNotAssumed,", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_cannot_be_reached_has_each_action_as_Unknown()
    {
        var run = _session.Run(
            "[pscustomobject]@{ RoleArn = 'arn:aws:iam::999988887777:role/None' }, [pscustomobject]@{ RoleArn = '' } | Test-CisAccess '1.12' @account",
            DemoServer.Account(_server!));
        Assert.StartsWith("RoleNotAssumed,", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        var actions = run.Output.Select(o => (CisAccess)o.BaseObject).ToLookup(a => a.AccountId);
        Assert.Equal(actions["111122223333"].Select(a => a.Action), actions["999988887777"].Select(a => a.Action));
        Assert.All(actions["999988887777"], a =>
        {
            Assert.Equal((CisAccessStatus.Unknown, "1.12"), (a.Status, a.ControlId.ToString()));
            Assert.StartsWith("Not decided: Account 999988887777: ", a.Reason, StringComparison.Ordinal);
        });
        Assert.All(actions["111122223333"], a => Assert.Equal(CisAccessStatus.Allowed, a.Status));
    }

    [Theory]
    [InlineData("Test-CisAccess '9.9' @account", "UnknownControl")]
    [InlineData("Test-CisAccess '1.12' -Region eu-nowhere-1 @account", "UnknownRegion")]
    [InlineData("Test-CisAccess '1.12' -Program none @account", "ProgramNotFound")]
    [InlineData("Test-CisAccess '1.12' -ProfileName none -ProfileLocation /none", "ProfileNotFound")]
    public void What_it_cannot_do_is_an_error(string script, string id)
    {
        var run = _session.Run(script, DemoServer.Account(_server!));
        Assert.StartsWith(id + ",", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_region_that_is_not_enabled_is_a_warning()
    {
        var run = _session.Run("Test-CisAccess '2.8' -Region af-south-1, eu-west-1 -WarningVariable w @account; $w", DemoServer.Account(_server!));
        Assert.Contains(run.Output, o => o.ToString().Contains("Region af-south-1 is not enabled", StringComparison.Ordinal));
    }

    private List<CisAccess> Access(string script) => [.. _session.Objects(script, DemoServer.Account(_server!)).Select(o => (CisAccess)o.BaseObject)];
}
