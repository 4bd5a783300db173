using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using Engine = System.Management.Automation.PowerShell;

namespace CisAws.PowerShell.Tests;

[Trait("Risk", "Timing")]
public sealed class InvokeCisAssessmentTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private const string Command = ",CisAws.PowerShell.Commands.InvokeCisAssessmentCommand";

    private readonly ModuleSession _session = new();

    private (string, object?) Account => DemoServer.Account(demo.Server);

    [Fact]
    public void Every_control_has_one_result_in_the_order_of_the_catalogue()
    {
        var results = Results("Invoke-CisAssessment @account -WarningAction SilentlyContinue");
        Assert.Equal(DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId), results.Select(r => r.ControlId));
        Assert.All(results, r => Assert.False(string.IsNullOrWhiteSpace(r.Reason)));
        Assert.Single(results.Select(r => r.RunId).Distinct());
    }

    [Fact]
    public void Where_filters_by_status()
    {
        var results = Results("Invoke-CisAssessment @account -WarningAction SilentlyContinue | Where Status -eq Fail");
        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.Equal(CisStatus.Fail, r.Status));
    }

    [Theory]
    [InlineData("Invoke-CisAssessment '4.1' @account", "4.1")]
    [InlineData("Invoke-CisAssessment -ControlId '1.1?', '1.9' @account", "1.9 1.10 1.11 1.12 1.13 1.14 1.15 1.16 1.17 1.18 1.19")]
    [InlineData("Invoke-CisAssessment -ControlId '2.2', '2.2', '1.5' @account", "1.5 2.2")]
    [InlineData("Get-CisControl -Section Networking -Level 1 | Invoke-CisAssessment @account", "4.1 4.2")]
    public void Controls_are_chosen_by_id_or_piped(string script, string ids) =>
        Assert.Equal(ids, string.Join(' ', Results(script + " -WarningAction SilentlyContinue").Select(r => r.ControlId)));

    [Fact]
    public async Task A_control_that_needs_no_region_causes_no_regional_call()
    {
        await using var server = await DemoServer.StartAsync();
        Assert.Single(_session.Objects("Invoke-CisAssessment '1.9' @account", DemoServer.Account(server)));
        Assert.Contains(server.Requests, r => r.Action == "iam:GetAccountPasswordPolicy");
        Assert.All(server.Requests, r => Assert.Matches("^(sts|iam):", r.Action));
    }

    [Fact]
    public void Fewer_regions_are_told_in_the_reason_and_make_it_incomplete()
    {
        var result = Assert.Single(Results("Invoke-CisAssessment '4.1' @account -Region eu-west-1, us-east-1"));
        Assert.True(result.Incomplete);
        Assert.Contains(" security groups in 2 of 17 regions ", result.Reason);
        Assert.All(result.Findings, f => Assert.Contains(f.Region, new[] { "eu-west-1", "us-east-1" }));
    }

    [Fact]
    public void Accounts_are_piped_by_property_name_and_one_that_fails_does_not_touch_the_others()
    {
        var good = new PSObject();
        good.Properties.Add(new PSNoteProperty("EndpointUrl", demo.Server.Url.ToString()));
        good.Properties.Add(new PSNoteProperty("AccessKey", demo.Server.AccessKey));
        good.Properties.Add(new PSNoteProperty("SecretKey", demo.Server.SecretKey));
        var bad = new PSObject();
        bad.Properties.Add(new PSNoteProperty("EndpointUrl", demo.Server.Url.ToString()));
        bad.Properties.Add(new PSNoteProperty("AccessKey", "AKIAIOSFODNN7EXAMPLE"));
        bad.Properties.Add(new PSNoteProperty("SecretKey", "not-the-secret"));
        var run = _session.Run("$accounts | Invoke-CisAssessment -ControlId '1.9'", ("accounts", new[] { good, bad, good }));
        Assert.Equal([CisStatus.Pass, CisStatus.Unknown, CisStatus.Pass], run.Output.Select(o => ((CisResult)o.BaseObject).Status));
        Assert.Equal("CredentialsRejected" + Command, run.Error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("'1.9' | Invoke-CisAssessment @account", "1.9")]
    [InlineData("'4.1', '1.9', '1.1[0-1]' | Invoke-CisAssessment @account", "1.9 1.10 1.11 4.1")]
    [InlineData("'1.9,4.1' | Invoke-CisAssessment @account", "1.9 4.1")]
    [InlineData("Get-CisControl '1.9' | ForEach-Object ControlId | Invoke-CisAssessment @account", "1.9")]
    [InlineData("1.9 | Invoke-CisAssessment @account", "1.9")]
    public void Piped_ids_are_control_ids_and_one_run(string script, string ids)
    {
        var results = Results(script);
        Assert.Equal(ids, string.Join(' ', results.Select(r => r.ControlId)));
        Assert.Single(results.Select(r => r.RunId).Distinct());
    }

    [Theory]
    [InlineData("'1.99' | Invoke-CisAssessment @account", "UnknownControl", "Control '1.99' was not found")]
    [InlineData("1.2 | Invoke-CisAssessment @account", "ParameterArgumentTransformationError", "1.2 or 1.20?")]
    public void A_piped_id_is_never_looked_for_as_a_program(string script, string id, string message)
    {
        var run = _session.Run(script, Account);
        Assert.Empty(run.Output);
        Assert.Equal(id + Command, run.Error.FullyQualifiedErrorId);
        Assert.Contains(message, run.Error.ToString());
    }

    [Fact]
    public void Text_that_is_a_program_and_an_id_is_refused()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("cisaws").FullName;
        try
        {
            const string Script =
                """
                $null = New-CisProgram '1.9' -ControlId '4.1' -ProgramPath $folder
                try { '1.9' | Invoke-CisAssessment @account -ProgramPath $folder } catch { $_.FullyQualifiedErrorId }
                [pscustomobject]@{ Program = '1.9'; Region = 'eu-west-1' } | Invoke-CisAssessment @account -ProgramPath $folder | ForEach-Object { "$($_.ControlId)" }
                """;
            var run = _session.Run(Script, Account, ("folder", folder));
            Assert.Equal(["AmbiguousInput" + Command, "4.1"], run.Output.Select(o => o.ToString()));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("-Region eu-west-1, af-south-1", CisStatus.Fail)]
    [InlineData("-Region af-south-1", CisStatus.Unknown)]
    public void A_named_region_that_is_not_enabled_is_told_and_shown(string arguments, CisStatus status)
    {
        var run = _session.Run($"Invoke-CisAssessment '1.9', '4.1' @account {arguments}", Account);
        Assert.Empty(run.Errors);
        var (global, regional) = (Result(run, 0), Result(run, 1));
        Assert.Equal(CisStatus.Pass, global.Status);
        Assert.DoesNotContain("af-south-1", global.Reason);
        Assert.Equal((status, true), (regional.Status, regional.Incomplete));
        Assert.Contains("af-south-1 is not enabled in the account and was not assessed.", regional.Reason);
        var warning = Assert.Single(run.Warnings);
        Assert.StartsWith("Account 111122223333: Region af-south-1 is not enabled in the account", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_judged_where_no_named_region_is_enabled()
    {
        var results = Results("Invoke-CisAssessment '2.*', '3.*', '4.*' @account -Region af-south-1, ap-east-1 -WarningAction SilentlyContinue");
        Assert.All(results, r => Assert.Equal(("RegionDisabled", CisStatus.Unknown, 2), (r.ReasonCode, r.Status, r.Findings.Count)));
    }

    [Fact]
    public void A_region_that_a_program_names_and_is_not_enabled_is_told_and_shown()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("cisaws").FullName;
        try
        {
            var run = _session.Run(
                "$null = New-CisProgram retail -Region eu-west-1, af-south-1 -ProgramPath $folder; Invoke-CisAssessment '4.1' -Program retail -ProgramPath $folder @account",
                Account, ("folder", folder));
            Assert.Contains("af-south-1 is not enabled", Result(run, 0).Reason);
            Assert.Contains("af-south-1 is not enabled", Assert.Single(run.Warnings));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Debug_alone_asks_nothing_and_loses_nothing()
    {
        // The host of these tests cannot ask: a question would end the run.
        var run = _session.Run("Invoke-CisAssessment '1.9', '3.13' @account -Debug", Account);
        Assert.Empty(run.Errors);
        Assert.Equal(2, run.Output.Count);
        Assert.Empty(run.Verbose);
        Assert.Contains(run.Debug, d => d.StartsWith("Credentials: ", StringComparison.Ordinal));
        Assert.Contains(run.Debug, d => d.StartsWith("sts:GetCallerIdentity request ID ", StringComparison.Ordinal));
        Assert.Empty(run.Warnings);
        Assert.Contains(run.Information, i => i.StartsWith("WARNING: Account 111122223333: 1 control is Unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void Debug_with_Verbose_and_WarningAction_uses_their_streams()
    {
        var run = _session.Run("Invoke-CisAssessment '3.13' @account -Debug -Verbose -WarningAction Continue", Account);
        Assert.Empty(run.Information);
        Assert.NotEmpty(run.Verbose);
        Assert.NotEmpty(run.Debug);
        Assert.Single(run.Warnings);
    }

    [Fact]
    public async Task Verbose_tells_credentials_account_regions_and_every_call_with_its_duration()
    {
        await using var server = await DemoServer.StartAsync();
        var run = _session.Run("Invoke-CisAssessment '1.9', '4.1' @account -Verbose", DemoServer.Account(server));
        Assert.Contains(run.Verbose, v => v.StartsWith("Credentials: ", StringComparison.Ordinal));
        Assert.Contains(run.Verbose, v => v.StartsWith("Account ", StringComparison.Ordinal));
        Assert.Contains(run.Verbose, v => v.StartsWith("Regions: every", StringComparison.Ordinal));
        Assert.Equal(server.RequestCount, run.Verbose.Count(v => v.EndsWith(" ms", StringComparison.Ordinal)));
        Assert.Matches(@"^Longest chain of dependent calls: sign-in \d+, (ec2|iam):.* \d+\. In total: \d+ milliseconds\.$", run.Verbose[^1]);
        Assert.DoesNotContain(run.Verbose, v => v.Contains(server.SecretKey, StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_counts_the_controls_and_ends()
    {
        var run = _session.Run("Invoke-CisAssessment '1.5', '1.6', '1.9' @account", Account);
        Assert.Contains(run.Progress, p => p.StatusDescription.StartsWith("3 of 3 controls", StringComparison.Ordinal) && p.PercentComplete == 100);
        Assert.Contains(run.Progress, p => p.CurrentOperation.StartsWith("Assessed 1.", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
    }

    [Fact]
    public async Task A_denied_action_is_unknown_and_one_warning_names_it()
    {
        await using var server = await DemoServer.StartAsync(new EmulatorOptions
        {
            Faults = [Fault.Deny("iam:GetAccountPasswordPolicy"), Fault.Deny("ec2:DescribeSecurityGroups", "eu-west-1")],
        });
        var run = _session.Run("Invoke-CisAssessment '1.5', '1.9', '2.2', '4.1' @account", DemoServer.Account(server));
        Assert.Empty(run.Errors);
        var results = run.Output.Select(o => (CisResult)o.BaseObject).ToDictionary(r => r.ControlId.ToString());
        Assert.Equal(CisStatus.Unknown, results["1.5"].Status);
        Assert.Contains("iam:GetAccountPasswordPolicy was denied", results["1.9"].Reason);
        Assert.NotEqual(CisStatus.Unknown, results["2.2"].Status);
        Assert.Contains(results["4.1"].Findings, f => f is { Status: CisStatus.Unknown, ResourceType: "AWS::Region", ResourceId: "eu-west-1" });
        var warning = Assert.Single(run.Warnings);
        Assert.Contains("iam:GetAccountPasswordPolicy was denied", warning);
        Assert.Contains("ec2:DescribeSecurityGroups was denied", warning);
        Assert.Contains("eu-west-1", warning);
    }

    [Fact]
    public async Task Credentials_that_expire_in_mid_run_make_the_rest_unknown()
    {
        await using var server = await DemoServer.StartAsync(new EmulatorOptions { Faults = [Fault.ExpireCredentials(after: 3)] });
        var run = _session.Run("Invoke-CisAssessment @account -ThrottleLimit 1", DemoServer.Account(server));
        Assert.Empty(run.Errors);
        Assert.Equal(49, run.Output.Count);
        Assert.Contains(run.Output, o => ((CisResult)o.BaseObject).ReasonCode == "CredentialsRejected");
        Assert.Contains("no longer valid", Assert.Single(run.Warnings));
    }

    [Fact]
    public async Task A_run_that_takes_too_long_returns_all_controls_and_a_warning()
    {
        await using var server = await DemoServer.StartAsync(new EmulatorOptions { Faults = [new Fault(FaultEffect.Hang, "iam:GetAccountPasswordPolicy")] });
        var run = _session.Run("Invoke-CisAssessment '1.5', '1.9', '1.12' @account -TimeoutSec 1", DemoServer.Account(server));
        Assert.Empty(run.Errors);
        var results = run.Output.Select(o => (CisResult)o.BaseObject).ToDictionary(r => r.ControlId.ToString());
        Assert.Equal(["1.5", "1.9", "1.12"], results.Keys);
        Assert.Equal((CisStatus.Unknown, "Deadline"), (results["1.9"].Status, results["1.9"].ReasonCode));
        var warning = Assert.Single(run.Warnings);
        Assert.Matches(@"controls are Unknown or incomplete \(1\.5, 1\.9.*\), because the time limit of the run \(-TimeoutSec\) was reached\.", warning);
    }

    [Fact]
    public async Task A_sign_in_that_takes_too_long_is_an_error()
    {
        await using var server = await DemoServer.StartAsync(new EmulatorOptions { Faults = [new Fault(FaultEffect.Hang)] });
        var run = _session.Run("Invoke-CisAssessment @account -TimeoutSec 1", DemoServer.Account(server));
        Assert.Equal("EndpointUnreachable" + Command, run.Error.FullyQualifiedErrorId);
        Assert.Contains("-TimeoutSec", run.Error.ToString());
    }

    [Theory]
    [InlineData("Invoke-CisAssessment '1.99' @account", "UnknownControl", ErrorCategory.ObjectNotFound)]
    [InlineData("Invoke-CisAssessment '5.*' @account", "UnknownControl", ErrorCategory.ObjectNotFound)]
    [InlineData("Invoke-CisAssessment @account -Region eu-wst-1", "UnknownRegion", ErrorCategory.InvalidArgument)]
    [InlineData("Invoke-CisAssessment @account -RoleArn 'arn:aws:iam::1:user/x'", "InvalidOption", ErrorCategory.InvalidArgument)]
    [InlineData("Invoke-CisAssessment -ProfileName 'no-such-profile'", "ProfileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$account.SecretKey = 'wrong'; Invoke-CisAssessment @account", "CredentialsRejected", ErrorCategory.AuthenticationError)]
    [InlineData("$account.SecretKey = 'wrong'; Invoke-CisAssessment @account -Region af-south-1", "CredentialsRejected", ErrorCategory.AuthenticationError)]
    [InlineData("$account.EndpointUrl = 'http://127.0.0.1:9'; Invoke-CisAssessment @account", "EndpointUnreachable", ErrorCategory.ConnectionError)]
    [InlineData("$account.EndpointUrl = 'not a url'; Invoke-CisAssessment @account", "InvalidOption", ErrorCategory.InvalidArgument)]
    public void What_makes_the_whole_run_meaningless_ends_it_with_an_error_that_helps(string script, string id, ErrorCategory category)
    {
        var run = _session.Run(script, Account);
        Assert.Empty(run.Output);
        Assert.Equal(id + Command, run.Error.FullyQualifiedErrorId);
        Assert.Equal(category, run.Error.CategoryInfo.Category);
        Assert.False(string.IsNullOrWhiteSpace(run.Error.ErrorDetails.RecommendedAction));
        Assert.DoesNotContain("   at ", run.Error.ToString());
    }

    [Fact]
    public async Task An_endpoint_that_answers_html_is_unreachable()
    {
        await using var server = await DemoServer.StartAsync(new EmulatorOptions { Faults = [new Fault(FaultEffect.Html)] });
        Assert.Equal("EndpointUnreachable" + Command, _session.Run("Invoke-CisAssessment @account", DemoServer.Account(server)).Error.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Stopping_ends_calls_that_hang()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await DemoServer.StartAsync(new EmulatorOptions
        {
            Faults = [new Fault(FaultEffect.Hang, "iam:*")],
            OnRequest = request => _ = request.Action == "iam:GetAccountPasswordPolicy" && asked.TrySetResult(),
        });
        using var results = new PSDataCollection<PSObject>();
        using var ps = Engine.Create(_session.Runspace);
        _session.Runspace.SessionStateProxy.SetVariable("account", DemoServer.Account(server).Value);
        ps.AddScript("Invoke-CisAssessment '1.9', '4.1' @account");
        var running = ps.InvokeAsync<PSObject, PSObject>(null, results);
        Assert.Same(asked.Task, await Task.WhenAny(asked.Task, running));
        // Stop returns when the pipeline has ended. The call would hang for half a minute: the limit proves the stop, not a speed.
        var stop = Task.Run(ps.Stop, TestContext.Current.CancellationToken);
        Assert.Same(stop, await Task.WhenAny(stop, Task.Delay(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken)));
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
        Assert.Empty(results);
    }

    [Fact]
    public void Results_stream_and_a_pipeline_that_has_enough_ends_the_run()
    {
        var seen = new List<string>();
        _session.Run(
            "foreach ($i in 1) { Invoke-CisAssessment @account -WarningAction SilentlyContinue | ForEach-Object { $seen.Add(\"$($_.ControlId)\"); break } }",
            Account,
            ("seen", seen));
        Assert.Equal(["1.1"], seen);
    }

    [Fact]
    public void A_credential_object_hashtable_or_pscredential_will_do()
    {
        const string Script =
            """
            Invoke-CisAssessment '1.9' -EndpointUrl $account.EndpointUrl -Credential @{ AccessKeyId = $account.AccessKey; SecretAccessKey = $account.SecretKey }
            Invoke-CisAssessment '1.9' -EndpointUrl $account.EndpointUrl -Credential ([pscustomobject]@{ AccessKeyId = $account.AccessKey; SecretAccessKey = $account.SecretKey; SessionToken = $null })
            $secure = [securestring]::new(); $account.SecretKey.ToCharArray() | ForEach-Object { $secure.AppendChar($_) }
            Invoke-CisAssessment '1.9' -EndpointUrl $account.EndpointUrl -Credential ([pscredential]::new($account.AccessKey, $secure))
            """;
        Assert.Equal(3, Results(Script).Count);
    }

    public void Dispose() => _session.Dispose();

    private static CisResult Result(SessionOutput run, int index) => (CisResult)run.Output[index].BaseObject;

    private List<CisResult> Results(string script) => _session.Objects(script, Account).Select(o => (CisResult)o.BaseObject).ToList();
}
