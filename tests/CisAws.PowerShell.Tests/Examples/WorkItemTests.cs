using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.PowerShell.Tests.Connections;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests.Examples;

/// <summary>The unit of work by itself: what it writes and returns, when it is done again, and what it says where it cannot be done.</summary>
[Collection(nameof(AwsEnvironment))]
public sealed class WorkItemTests : IClassFixture<DemoServer>, IDisposable
{
    private const string Account = DemoOrganization.Account;

    private readonly AwsEnvironment _environment = new();
    private readonly ModuleSession _session = new();
    private readonly DirectoryInfo _store = Directory.CreateTempSubdirectory("store [1] ");
    private readonly DemoServer _demo;

    public WorkItemTests(DemoServer demo)
    {
        _demo = demo;
        _environment.Set("PSModulePath", Path.GetDirectoryName(ModuleLocation.Find()));
        _session.Objects(
            "$account.Keys | ForEach-Object { $PSDefaultParameterValues[\"*-Cis*:$_\"] = $account[$_] }; Set-Location -LiteralPath $folder",
            DemoServer.Account(demo.Server), ("folder", Repository.PathOf("examples/WorkItem")), ("store", _store.FullName));
    }

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
        _store.Delete(recursive: true);
    }

    [Fact]
    public void It_writes_one_file_and_keeps_it_when_it_is_done_again()
    {
        var first = Line($"./Invoke-CisWorkItem.ps1 -AccountId {Account} -Store $store -ExternalId norrvik-cis -Region 'eu-west-1, us-east-1'");
        var file = Assert.Single(Files());
        Assert.Equal((Account, "Collected", file), (Text(first, "AccountId"), Text(first, "Status"), Text(first, "Evidence")));
        Assert.Matches($@"^runs/{Account}/\d{{8}}T\d{{6}}Z\.cisevidence$", file);
        var regions = _session.Objects("(Import-CisEvidence -LiteralPath (Get-ChildItem -LiteralPath $store -Recurse -Filter *.cisevidence).FullName).Regions");
        Assert.Equal(["eu-west-1", "us-east-1"], regions.Select(r => r.ToString()).Order(StringComparer.Ordinal));

        var calls = _demo.Server.RequestCount;
        var second = Line($"./Invoke-CisWorkItem.ps1 -AccountId {Account} -Store $store -ExternalId norrvik-cis");
        Assert.Equal(("Kept", file), (Text(second, "Status"), Text(second, "Evidence")));
        Assert.Equal((calls, 1), (_demo.Server.RequestCount, Files().Length));
    }

    [Fact]
    public async Task What_is_missing_for_the_time_being_is_collected_again()
    {
        await using var unsteady = await DemoServer.StartAsync(new EmulatorOptions { Faults = [new Fault(FaultEffect.ServiceError, "ec2:DescribeVpcs")] });
        var item = $"./Invoke-CisWorkItem.ps1 -AccountId {Account} -Store $store -ExternalId norrvik-cis -Region eu-west-1";
        var failed = _session.Run($"$PSDefaultParameterValues['*-Cis*:EndpointUrl'] = '{unsteady.Url}'; {item}");
        Assert.StartsWith("EvidenceIncomplete,", failed.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("ec2:DescribeVpcs", failed.Error.Exception.Message);
        Assert.Single(Files());

        Assert.Equal("Collected", Text(Line($"$PSDefaultParameterValues['*-Cis*:EndpointUrl'] = '{_demo.Server.Url}'; {item}"), "Status"));
        Assert.Equal("Kept", Text(Line(item), "Status"));
        Assert.False((bool)Assert.Single(_session.Objects("(Import-CisEvidence -LiteralPath $newest).HasTemporaryFailures", ("newest", Path.Combine(_store.FullName, Files()[^1])))).BaseObject);
    }

    [Fact]
    public void A_damaged_file_is_collected_again()
    {
        Damage("20260601T000000Z");
        Assert.Equal("Collected", Text(Line($"./Invoke-CisWorkItem.ps1 -AccountId {Account} -Store $store -ExternalId norrvik-cis -Region eu-west-1 -Since 2026-01-01"), "Status"));
    }

    [Fact]
    public void Evidence_of_an_earlier_run_is_not_evaluated()
    {
        Damage("20260601T000000Z");
        var run = _session.Run($"./Invoke-CisEvaluation.ps1 -Store $store -ExpectedAccount {Account} -Since 2026-06-01T00:00:01Z");
        Assert.Contains("There is no evidence in", run.Error.Exception.Message);
    }

    [Theory]
    [InlineData("-AccountId 11112222333 -ExternalId norrvik-cis", "InvalidAccountId", "Is it 011112222333?")]
    [InlineData("-AccountId prod", "InvalidAccountId", "Specify 12 digits.")]
    [InlineData("-AccountId 111122223333", "RoleNotAssumed", "whether the role requires -ExternalId")]
    [InlineData("-AccountId 111122223333 -RoleName Missing", "RoleNotAssumed", "Check that the role exists")]
    [InlineData("-AccountId 999988887777", "RoleNotAssumed", "Check that the role exists")]
    [InlineData("-AccountId 999988887777 -RoleName ''", "WrongAccount", "Specify -RoleName")]
    [InlineData("-AccountId 111122223333 -ExternalId norrvik-cis -Region eu-wst-1", "UnknownRegion", "Correct -Region")]
    [InlineData("-AccountId 111122223333 -ExternalId norrvik-cis -Program nothing", "ProgramNotFound", "Get-CisProgram")]
    public void What_cannot_be_collected_is_an_error_that_says_what_to_do(string parameters, string id, string action)
    {
        var run = _session.Run($"./Invoke-CisWorkItem.ps1 -Store $store {parameters}");
        Assert.StartsWith(id + ",", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        var line = JsonNode.Parse(Assert.Single(run.Output).ToString())!;
        Assert.Equal(("Failed", id), (Text(line, "Status"), Text(line, "Error")));
        Assert.Contains(action, Text(line, "RecommendedAction"));
        Assert.Equal(run.Error.Exception.Message, Text(line, "Message"));
        Assert.Empty(Files());
    }

    /// <summary>The commands of AWS.Tools.S3 are in the place of Amazon S3, over a folder.</summary>
    [Fact]
    public void A_prefix_in_S3_is_a_store_too()
    {
        _session.Objects(
            """
            function global:Get-S3Object($BucketName, $KeyPrefix) {
                $root = "$bucketFolder/$BucketName/"
                [IO.Directory]::GetFiles($bucketFolder, '*', 'AllDirectories') | ForEach-Object { $_.Substring($root.Length).Replace('\', '/') } |
                    Where-Object { $_.StartsWith($KeyPrefix) } | ForEach-Object { [pscustomobject] @{ Key = $_ } }
            }
            function global:Write-S3Object($BucketName, $Key, $File) {
                $target = "$bucketFolder/$BucketName/$Key"
                [void] [IO.Directory]::CreateDirectory((Split-Path -LiteralPath $target))
                [IO.File]::Copy($File, $target)
            }
            function global:Read-S3Object($BucketName, $Key, $File) { [IO.File]::Copy("$bucketFolder/$BucketName/$Key", $File); Get-Item -LiteralPath $File }
            """, ("bucketFolder", _store.FullName));
        var item = $"./Invoke-CisWorkItem.ps1 -AccountId {Account} -Store s3://norrvik-audit/cis/ -ExternalId norrvik-cis -Region eu-west-1";
        Assert.Equal("Collected", Text(Line(item), "Status"));
        Assert.Equal("Kept", Text(Line(item), "Status"));
        Assert.StartsWith($"norrvik-audit/cis/runs/{Account}/", Assert.Single(Files()), StringComparison.Ordinal);

        var summary = Line($"./Invoke-CisEvaluation.ps1 -Store s3://norrvik-audit/cis -ExpectedAccount '{Account}, 444455556666' -Report results.csv, results.ocsf.json");
        Assert.Equal((2, 1), (summary["Accounts"]!.GetValue<int>(), summary["NotCollected"]!.GetValue<int>()));
        Assert.Equal(
            [$"norrvik-audit/cis/{Text(summary, "Reports")}/accounts.csv", $"norrvik-audit/cis/{Text(summary, "Reports")}/results.csv", $"norrvik-audit/cis/{Text(summary, "Reports")}/results.ocsf.json"],
            Files().Where(f => f.Contains("/reports/", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_store_in_S3_without_AWS_Tools_is_an_error_that_names_them() => Assert.Contains(
        "Install-Module AWS.Tools.S3", _session.Run($"./Invoke-CisWorkItem.ps1 -AccountId {Account} -Store s3://norrvik-audit").Error.Exception.Message);

    [Fact]
    public void An_evaluation_needs_to_know_which_accounts_are_expected() => Assert.Contains(
        "Specify -ExpectedAccount or -AccountList", _session.Run("./Invoke-CisEvaluation.ps1 -Store $store").Error.Exception.Message);

    private void Damage(string time)
    {
        var folder = Path.Combine(_store.FullName, "runs", Account);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, time + ".cisevidence"), "not evidence");
    }

    private static string Text(JsonNode line, string name) => line[name]!.GetValue<string>();

    private JsonNode Line(string script) => JsonNode.Parse(Assert.Single(_session.Objects(script)).ToString())!;

    private string[] Files() => Directory.GetFiles(_store.FullName, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(_store.FullName, f).Replace('\\', '/')).Order(StringComparer.Ordinal).ToArray();
}
