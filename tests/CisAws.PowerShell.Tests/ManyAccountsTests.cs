using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;
using Engine = System.Management.Automation.PowerShell;

namespace CisAws.PowerShell.Tests;

/// <summary>Assessments of many accounts at the same time: what is returned, in which order, and what one account does to the others.</summary>
[Trait("Risk", "Timing")]
public sealed class ManyAccountsTests : IDisposable
{
    private const string Command = ",CisAws.PowerShell.Commands.InvokeCisAssessmentCommand";
    private const string List = "Get-CisAccount -ExternalId norrvik-cis @account -WarningAction Ignore";
    private const string Assess = "Invoke-CisAssessment '1.*', '4.1' @keys -WarningAction Ignore";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ModuleSession _session = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        _session.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Accounts_in_parallel_have_the_results_of_one_at_a_time_in_the_same_order()
    {
        var count = LongTests.Iterations(6, 300);
        await using var server = await ManyAccounts.StartAsync(count);
        var one = Results(Run(server, $"{List} | {Assess} -AccountLimit 1"));
        var many = Results(Run(server, $"{List} | {Assess}"));

        Assert.Equal(count, many.Select(r => r.AccountId).Distinct().Count());
        Assert.Equal(one.Select(Text), many.Select(Text));
        Assert.Equal(("workload-2", "Root/Production"), (many.Last(r => r.AccountId == ManyAccounts.Id(2)).AccountName, many.Last(r => r.AccountId == ManyAccounts.Id(2)).OrganizationalUnit));

        // The result document keeps the place of the account, and documents without it are still read.
        var json = (string)_session.Objects("$many | ConvertTo-CisJson", ("many", many.TakeLast(1).ToList()))[0].BaseObject;
        Assert.Equal(("workload-" + count, true), Read(json) is var kept ? (kept.AccountName, kept.OrganizationalUnit.StartsWith("Root/", StringComparison.Ordinal)) : default);
        var older = System.Text.RegularExpressions.Regex.Replace(json, "\"(accountName|organizationalUnit)\":\"[^\"]*\",", "");
        Assert.NotEqual(json, older);
        Assert.Equal(("", ""), Read(older) is var old ? (old.AccountName, old.OrganizationalUnit) : default);

        CisResult Read(string document) => (CisResult)Assert.Single(_session.Objects("$document | ConvertFrom-CisJson", ("document", document))).BaseObject;

        static string Text(CisResult r) => $"{r.AccountId} {r.ControlId} {r.Status} {r.Reason}";
    }

    [Fact]
    public async Task Two_accounts_are_assessed_at_the_same_time()
    {
        using var second = new ManualResetEventSlim();
        var waited = new ConcurrentQueue<bool>();
        await using var server = await ManyAccounts.StartAsync(2, new EmulatorOptions
        {
            OnRequest = request =>
            {
                if (request.Action == "iam:GetAccountPasswordPolicy")
                {
                    if (request.Principal.Contains(ManyAccounts.Id(2), StringComparison.Ordinal))
                    {
                        second.Set();
                    }

                    waited.Enqueue(second.Wait(Patience));
                }
            },
        });
        Assert.Empty(Run(server, $"{List} | Invoke-CisAssessment '1.9' @keys").Errors);
        Assert.Equal([true, true], waited);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task All_accounts_share_one_limit_of_calls(int limit)
    {
        // Each of these waits for what could be under way beside it.
        const int Held = 12;
        var (calls, active, most) = (0, 0, 0);
        var counted = new Lock();
        using var full = new ManualResetEventSlim();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        EmulatorServer? server = null;
        await using var started = server = await ManyAccounts.StartAsync(4, new EmulatorOptions
        {
            OnRequest = request =>
            {
                // Roles are assumed beside the limit: that is not a call to the account. What has no action is the test's own.
                if (request.Action is "" or "sts:AssumeRole" || request.Action.StartsWith("organizations:", StringComparison.Ordinal))
                {
                    return;
                }

                bool isHeld;
                lock (counted)
                {
                    isHeld = ++calls <= Held;
                    most = Math.Max(most, ++active);
                    if (active == limit)
                    {
                        full.Set();
                    }
                }

                if (isHeld && full.Wait(Patience))
                {
                    // A call that was sent already arrives before these, which are sent now.
                    for (var i = 0; i < 5; i++)
                    {
                        using var own = http.Send(new HttpRequestMessage(HttpMethod.Get, server!.Url));
                    }
                }

                lock (counted)
                {
                    active--;
                }
            },
        });

        var accounts = Run(server, List).Output.Select(o => (CisAccount)o.BaseObject).ToList();
        (calls, most) = (0, 0);
        full.Reset();
        Assert.Empty(Run(server, $"$accounts | {Assess} -ThrottleLimit {limit}", accounts).Errors);
        Assert.True(calls > Held);
        Assert.Equal(limit, most);
    }

    [Fact]
    public async Task An_account_whose_role_is_missing_is_Unknown_and_its_error_says_what_to_do()
    {
        await using var server = await ManyAccounts.StartAsync(5, change: a =>
        {
            if (a.Account.AccountId == ManyAccounts.Id(3))
            {
                var details = a.Get(EvidenceKinds.AuthorizationDetails).Match(d => d, _ => throw new InvalidOperationException());
                a.Add(EvidenceKinds.AuthorizationDetails, "", Observation.Known(
                    details with { Roles = [.. details.Roles.Where(r => r.Name != "CisAuditor")] }, new Origin("iam:GetAccountAuthorizationDetails", "", DateTimeOffset.UtcNow)));
            }
        });
        var run = Run(server, $"{List} | {Assess}");

        var results = Results(run);
        Assert.Equal(Enumerable.Range(1, 5).Select(ManyAccounts.Id), results.Select(r => r.AccountId).Distinct());
        Assert.All(results, r => Assert.Equal(r.AccountId == ManyAccounts.Id(3), r.ReasonCode == "AccountUnreachable"));
        Assert.Equal(results.Count / 5, results.Count(r => r.ReasonCode == "AccountUnreachable"));
        Assert.Equal("workload-3", results.First(r => r.ReasonCode == "AccountUnreachable").AccountName);
        Assert.Equal("RoleNotAssumed" + Command, run.Error.FullyQualifiedErrorId);
        Assert.StartsWith($"Account {ManyAccounts.Id(3)}: Role ", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("trust policy", run.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ AccountId = '100000000001'; RoleArn = 'arn:aws:iam::100000000002:role/CisAuditor'; ExternalId = 'norrvik-cis' }", "", "WrongAccount", "is a role of account 100000000002")]
    [InlineData("[pscustomobject]@{ AccountId = '100000000003' }", "-RoleName CisAuditor", "RoleNotAssumed", "arn:aws:iam::100000000003:role/CisAuditor")]
    [InlineData("[pscustomobject]@{ AccountId = '12345' }", "", "InvalidOption", "'12345' is not the ID of an account")]
    [InlineData("[pscustomobject]@{ RoleName = 'CisAuditor' }", "", "InvalidOption", "-RoleName requires an account")]
    [InlineData("[pscustomobject]@{ AccountId = '100000000002'; RoleName = 'a b' }", "", "InvalidOption", "'a b' is not the name of a role")]
    public async Task An_account_that_is_not_the_one_of_the_role_has_no_results_of_another(string row, string parameters, string id, string message)
    {
        await using var server = await ManyAccounts.StartAsync(2);
        var run = Run(server, $"{row} | Invoke-CisAssessment '1.9' @account {parameters}");
        Assert.Equal(id + Command, run.Error.FullyQualifiedErrorId);
        Assert.Contains(message, run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal((CisStatus.Unknown, "AccountUnreachable"), Assert.Single(Results(run)) is var r ? (r.Status, r.ReasonCode) : default);
    }

    [Theory]
    [InlineData("-AccountId 100000000002 -RoleName CisAuditor -ExternalId norrvik-cis", "100000000002")]
    [InlineData("-AccountId 100000000002 -ExternalId norrvik-cis", "100000000002")]
    [InlineData("-AccountId 100000000001", "100000000001")]
    [InlineData("-AccountId 100000000001 -RoleName CisAuditor", "100000000001")]
    public async Task One_account_is_assessed_by_its_ID(string parameters, string accountId)
    {
        await using var server = await ManyAccounts.StartAsync(2);
        var run = Run(server, $"Invoke-CisAssessment '1.9' @account {parameters}");
        Assert.Empty(run.Errors);
        Assert.Equal((accountId, CisStatus.Pass), Assert.Single(Results(run)) is var r ? (r.AccountId, r.Status) : default);
    }

    [Fact]
    public async Task An_account_that_is_listed_twice_is_assessed_once()
    {
        await using var server = await ManyAccounts.StartAsync(3);
        var run = Run(server, $"$a = {List}; $a + $a[1] | Invoke-CisAssessment '1.9' @keys");
        Assert.Equal(Enumerable.Range(1, 3).Select(ManyAccounts.Id), Results(run).Select(r => r.AccountId));
        Assert.Equal("DuplicateAccount" + Command, run.Error.FullyQualifiedErrorId);
        Assert.Contains(ManyAccounts.Id(2), run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_of_a_hub_is_assumed_once_and_assumes_the_role_of_each_account()
    {
        await using var server = await ManyAccounts.StartAsync(4);
        var run = Run(
            server, $"{List} | Where-Object AccountId -ne 100000000001 | Invoke-CisAssessment '1.9' @keys -RoleArn arn:aws:iam::100000000001:role/CisAuditor -RoleName CisAuditor -RoleSessionName audit-2026");
        Assert.Empty(run.Errors);
        Assert.Equal(Enumerable.Range(2, 3).Select(ManyAccounts.Id), Results(run).Select(r => r.AccountId));

        var assumed = server.Requests.Where(r => r.Action == "sts:AssumeRole").Select(r => r.Principal).ToList();
        Assert.Equal(4, assumed.Count);
        Assert.Equal(3, assumed.Count(p => p == "arn:aws:sts::100000000001:assumed-role/CisAuditor/audit-2026"));
        Assert.Contains(server.Requests, r => r.Principal == "arn:aws:sts::100000000003:assumed-role/CisAuditor/audit-2026");
    }

    [Fact]
    public async Task Roles_that_are_throttled_for_a_moment_are_assumed()
    {
        await using var server = await ManyAccounts.StartAsync(2, new EmulatorOptions { Faults = [Fault.Throttle("sts:AssumeRole", 3)] });
        var run = Run(server, $"{List} | Invoke-CisAssessment '1.9' @keys");
        Assert.Empty(run.Errors);
        Assert.All(Results(run), r => Assert.Equal(CisStatus.Pass, r.Status));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_named()
    {
        await using var server = await ManyAccounts.StartAsync(2, new EmulatorOptions { Faults = [new Fault(FaultEffect.ClockSkew, "sts:AssumeRole")] });
        var run = Run(server, $"{List} | Invoke-CisAssessment '1.9' @keys");
        Assert.Contains("Set the clock", run.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal([CisStatus.Pass, CisStatus.Unknown], Results(run).Select(r => r.Status));
    }

    [Fact]
    public async Task Accounts_with_fresh_evidence_are_not_collected_again()
    {
        await using var server = await ManyAccounts.StartAsync(4, new EmulatorOptions { Faults = [Fault.Deny("*", "eu-west-1", scp: true)] });
        var assess = $"{List} | {Assess} -EvidencePath '{_folder}'";
        var first = Results(Run(server, $"{assess} -NewerThan 12h"));
        Directory.Delete(Path.Combine(_folder, "runs", ManyAccounts.Id(3)), recursive: true);
        File.WriteAllText(FileOf(2), "torn");
        server.ResetCounters();

        var again = Run(server, $"{assess} -NewerThan 12h -Verbose");
        Assert.Equal(first.Select(r => $"{r.AccountId} {r.ControlId} {r.Status} {r.Reason}"), Results(again).Select(r => $"{r.AccountId} {r.ControlId} {r.Status} {r.Reason}"));
        Assert.Equal([ManyAccounts.Id(2), ManyAccounts.Id(3)], AccountsCalled(server));
        Assert.Equal(first.First(r => r.AccountId == ManyAccounts.Id(4)).CollectedAt, Results(again).First(r => r.AccountId == ManyAccounts.Id(4)).CollectedAt, TimeSpan.FromSeconds(1));
        Assert.Contains(again.Verbose, v => v.StartsWith($"Account {ManyAccounts.Id(4)}: the evidence of ", StringComparison.Ordinal) && v.Contains("complete", StringComparison.Ordinal));
        Assert.Contains(again.Verbose, v => v.StartsWith($"Account {ManyAccounts.Id(2)}: ", StringComparison.Ordinal) && v.Contains("cannot be used", StringComparison.Ordinal));

        server.ResetCounters();
        Run(server, $"{assess} -NewerThan 2100-01-01");
        Assert.Equal(4, AccountsCalled(server).Count);
        server.ResetCounters();
        Run(server, $"{List} | Invoke-CisAssessment '3.1' @keys -WarningAction Ignore -EvidencePath '{_folder}' -NewerThan 12h");
        Assert.Equal(4, AccountsCalled(server).Count);
    }

    [Theory]
    [InlineData("-NewerThan 1d")]
    [InlineData("-NewerThan 1d -EvidencePath x.cisevidence")]
    public void Without_a_folder_there_is_nothing_to_continue(string parameters) =>
        Assert.Equal("NewerThanWithoutFolder" + Command, _session.Run($"Invoke-CisAssessment {parameters}").Error.FullyQualifiedErrorId);

    [Fact]
    public async Task Ctrl_C_keeps_what_is_finished()
    {
        using var never = new CancellationTokenSource();
        await using var server = await ManyAccounts.StartAsync(6, new EmulatorOptions
        {
            OnRequest = request =>
            {
                if (request.Action == "iam:GetAccountPasswordPolicy" && request.Principal.Contains(ManyAccounts.Id(3), StringComparison.Ordinal))
                {
                    never.Token.WaitHandle.WaitOne(Patience);
                }
            },
        });
        var seen = new BlockingCollection<CisResult>();
        using var ps = Engine.Create(_session.Runspace);
        _session.Runspace.SessionStateProxy.SetVariable("seen", seen);
        SetVariables(server);
        ps.AddScript($"{List} | Invoke-CisAssessment '1.9' @keys -EvidencePath '{_folder}' | ForEach-Object {{ $seen.Add($_) }}");
        var running = ps.InvokeAsync();
        Assert.True(seen.TryTake(out var one, Patience));
        Assert.True(seen.TryTake(out var two, Patience));
        // The third one hangs, and those after it are finished.
        Assert.True(SpinWait.SpinUntil(() => Enumerable.Range(4, 3).All(n => Directory.Exists(Path.Combine(_folder, "runs", ManyAccounts.Id(n))) && FilesOf(n).Length == 2), Patience));
        await Task.Run(ps.Stop, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => running);
        await never.CancelAsync();

        Assert.Equal([ManyAccounts.Id(1), ManyAccounts.Id(2)], [one!.AccountId, two!.AccountId]);
        Assert.Empty(seen);
        Assert.False(Directory.Exists(Path.Combine(_folder, "runs", ManyAccounts.Id(3))));
        Assert.All([1, 2, 4, 5, 6], n => Assert.Equal([".cisevidence", ".json"], FilesOf(n).Select(Path.GetExtension).Order()));
        server.ResetCounters();
        var rest = Run(server, $"{List} | Invoke-CisAssessment '1.9' @keys -EvidencePath '{_folder}' -NewerThan 1d");
        Assert.Equal(6, Results(rest).Count);
        Assert.Equal([ManyAccounts.Id(3)], AccountsCalled(server));
    }

    private string[] FilesOf(int number) => Directory.GetFiles(Path.Combine(_folder, "runs", ManyAccounts.Id(number)));

    private string FileOf(int number) => FilesOf(number).Single(f => f.EndsWith(".cisevidence", StringComparison.Ordinal));

    /// <summary>The accounts whose evidence was collected.</summary>
    private static List<string> AccountsCalled(EmulatorServer server) => [.. server.Requests
        .Where(r => r.Action.StartsWith("iam:", StringComparison.Ordinal) || r.Action.StartsWith("ec2:", StringComparison.Ordinal) || r.Action.StartsWith("cloudtrail:", StringComparison.Ordinal))
        .Select(r => r.Principal.Split(':')[4]).Distinct().Order()];

    private static List<CisResult> Results(SessionOutput run) => [.. run.Output.Select(o => (CisResult)o.BaseObject)];

    private void SetVariables(EmulatorServer server)
    {
        var account = DemoServer.Account(server);
        _session.Runspace.SessionStateProxy.SetVariable(account.Name, account.Value);
        _session.Runspace.SessionStateProxy.SetVariable("keys", new System.Collections.Hashtable { ["AccessKey"] = server.AccessKey, ["SecretKey"] = server.SecretKey });
    }

    private SessionOutput Run(EmulatorServer server, string script, object? accounts = null)
    {
        SetVariables(server);
        return _session.Run(script, ("accounts", accounts));
    }
}
