using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Aws.Calls;
using CisAws.Benchmarks;
using CisAws.Connections;
using CisAws.Core.Tests.Rules;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Aws.Tests;

/// <summary>What the check of access says is what an assessment then finds.</summary>
[Trait("Risk", "Timing")]
public sealed class AccessCheckTests
{
    private const string Region = "eu-west-1";

    private static readonly Clock Clock = EmulatedAccount.ClockOf(DemoAccount.Load());

    // Where little time is, without the controls that take the most of it.
    private static readonly IReadOnlyList<CisControl> Controls =
        [.. DefaultPrograms.Benchmark.Controls.Where(c => LongTests.Wanted || c.Section != "Monitoring")];

    private static readonly string[] Actions =
        [.. Controls.SelectMany(c => c.Actions).Distinct().Order(StringComparer.Ordinal).Where((_, i) => LongTests.Wanted || i % 7 == 0)];

    private static readonly string[] RegionalActions =
    [
        .. EvidenceKind.Closure(Controls.SelectMany(c => c.Needs)).Where(k => k.Subject == EvidenceSubject.Region).Select(k => k.Actions[0])
            .Order(StringComparer.Ordinal).Where((_, i) => LongTests.Wanted || i % 5 == 0),
    ];

    /// <summary>What the demo account shows without the action: there is no filter that an alarm could watch, no instance, no public bucket policy ...</summary>
    private static readonly Dictionary<string, string> DecidedByOtherFacts = new()
    {
        ["cloudwatch:DescribeAlarms"] = "3.7 3.11",
        ["ec2:GetManagedPrefixListEntries"] = "4.2",
        ["iam:ListInstanceProfiles"] = "1.19",
        ["s3:GetAccountPublicAccessBlock"] = "2.3",
        ["s3:GetBucketOwnershipControls"] = "2.3",
        ["s3:GetBucketPublicAccessBlock"] = "2.3",
        ["sns:ListSubscriptionsByTopic"] = "3.7 3.11",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_denied_is_allowed_and_can_be_assessed()
    {
        await using var server = await EmulatorServer.StartAsync(Readable(), ct: Cancel);
        var check = await CheckAsync(server);
        Assert.All(check.Actions, a => Assert.Equal((CisAccessStatus.Allowed, 0, ""), (a.Status, a.ControlId.Count, a.Message)));
        Assert.Equal(DefaultPrograms.Benchmark.Controls.SelectMany(c => c.Actions).Distinct().Order(StringComparer.OrdinalIgnoreCase), check.Actions.Select(a => a.Action));
        Assert.DoesNotContain(await AssessAsync(Readable(), []), r => r.ReadFailures.Count > 0);
    }

    /// <summary>A kind of evidence that is new is checked without being named anywhere, because the calls are those of its reader.</summary>
    [Fact]
    public async Task Every_action_is_checked_by_its_own_call()
    {
        await using var server = await EmulatorServer.StartAsync(Readable(), ct: Cancel);
        // Subnets are read only with this setting.
        var check = await CheckAsync(server, [.. EveryRule.Controls, With("2.9", "AcceptSubnetCoverage", true)]);
        var actions = EvidenceKinds.All.SelectMany(k => k.Actions).Distinct().Order(StringComparer.OrdinalIgnoreCase).ToList();
        Assert.Equal(actions, check.Actions.Select(a => a.Action));
        Assert.Equal(actions, server.Requests.Select(r => r.Action).Where(a => a != "sts:GetCallerIdentity").Distinct().Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_action_that_is_denied_is_named_with_the_controls_that_an_assessment_cannot_decide()
    {
        var before = await AssessAsync(Readable(), []);
        foreach (var (action, i) in Actions.Select((a, i) => (a, i)))
        {
            var fault = Fault.Deny(action, scp: i % 2 == 1);
            var check = await CheckAsync(Readable(), fault);
            var denied = Assert.Single(check, a => a.Status == CisAccessStatus.Denied);
            Assert.Equal((action, i % 2 == 1 ? "service control policy" : "identity-based policy"), (denied.Action, denied.DeniedBy.ToString()));
            Assert.Contains($"not authorized to perform: {action}", denied.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(check, a => a.Status == CisAccessStatus.Unknown || (a != denied && a.ControlId.Count > 0));
            AssertPredicted(denied, before, await AssessAsync(Readable(), fault), DecidedByOtherFacts.GetValueOrDefault(action, ""));
        }
    }

    [Fact]
    public async Task An_action_that_is_denied_in_one_region_is_named_with_the_region()
    {
        var before = await AssessAsync(Readable(), []);
        foreach (var action in RegionalActions)
        {
            var fault = Fault.Deny(action, Region, scp: true);
            var denied = Assert.Single(await CheckAsync(Readable(), fault), a => a.Status == CisAccessStatus.Denied);
            Assert.Equal((action, Region, 17), (denied.Action, denied.Region.ToString(), denied.RegionCount));
            Assert.StartsWith($"Denied in 1 of 17 regions ({Region}): an explicit deny in a service control policy.", denied.Reason, StringComparison.Ordinal);
            // A multi-Region trail is found in the other regions.
            AssertPredicted(denied, before, await AssessAsync(Readable(), fault), action == "cloudtrail:DescribeTrails" ? "2.1 3.1 3.2 3.3 3.4 3.5 3.10 3.12 3.13 3.14" : "");
        }
    }

    [Fact]
    public async Task The_number_of_calls_grows_with_the_regions_and_not_with_the_account()
    {
        var (small, calls) = await CallsAsync(Readable());
        var (large, callsOfLarge) = await CallsAsync(Large());
        Assert.Equal(small, large);
        Assert.Equal(calls, callsOfLarge);

        // A call for each of the 13 actions on regions, and then those for the account and for examples of resources.
        Assert.InRange(calls, 17 * 13, (17 * 13) + 50);
        TestReport.Write([$"Test-CisAccess in 17 regions: {calls} calls, whatever the account contains."]);
    }

    [Fact]
    public async Task Lists_that_nothing_is_looked_for_in_are_asked_for_the_fewest_items()
    {
        await using var server = await EmulatorServer.StartAsync(Readable(), ct: Cancel);
        await CheckAsync(server);
        foreach (var (operation, limit) in new[]
        {
            ("GetAccountAuthorizationDetails", "\"MaxItems\":\"1\""), ("ListEntitiesForPolicy", "\"MaxItems\":\"1\""), ("ListInstanceProfiles", "\"MaxItems\":\"1\""),
            ("ListVirtualMFADevices", "\"MaxItems\":\"1\""), ("ListAccessKeys", "\"MaxItems\":\"1\""), ("DescribeLogGroups", "\"limit\":1"),
            ("DescribeVpcs", "\"MaxResults\":\"5\""), ("DescribeInstances", "\"MaxResults\":\"5\""), ("DescribeFlowLogs", "\"MaxResults\":\"5\""),
            ("DescribeVpcPeeringConnections", "\"MaxResults\":\"5\""), ("DescribeNetworkInterfaces", "\"MaxResults\":\"5\""),
        })
        {
            Assert.All(server.Requests.Where(r => r.Operation == operation), r => Assert.Contains(limit, r.Arguments, StringComparison.Ordinal));
            Assert.Contains(server.Requests, r => r.Operation == operation);
        }
    }

    [Fact]
    public async Task An_error_that_says_that_there_is_none_is_an_answer()
    {
        var account = Readable().Set(EvidenceKinds.PasswordPolicy, "", null).Set(EvidenceKinds.SecurityContact, "", null).Set(EvidenceKinds.Organization, "", null);
        Assert.All(await CheckAsync(account), a => Assert.Equal((a.Action, CisAccessStatus.Allowed), (a.Action, a.Status)));
    }

    [Fact]
    public async Task An_action_without_a_resource_is_not_checked()
    {
        var account = Readable();
        foreach (var region in account.SubjectsOf(EvidenceKinds.Trails).ToList())
        {
            account.Set(EvidenceKinds.Trails, region, (IReadOnlyList<Trail>)[]);
        }

        var status = Assert.Single(await CheckAsync(account), a => a.Action == "cloudtrail:GetTrailStatus");
        Assert.Equal(
            (CisAccessStatus.NotChecked, "Not checked: no resource was found that it would be called for.", 0, 0),
            (status.Status, status.Reason, status.ControlId.Count, status.RegionCount));
    }

    [Fact]
    public async Task An_action_whose_resources_cannot_be_found_names_the_action_that_is_denied()
    {
        var check = await CheckAsync(Readable(), Fault.Deny("kms:ListKeys", Region));
        Assert.Equal("Allowed in both regions.", Assert.Single(check, a => a.Action == "kms:GetKeyRotationStatus").Reason);

        check = await CheckAsync(Readable(), Fault.Deny("ec2:DescribeRegions"));
        Assert.All(check.Where(a => a.Action == "ec2:DescribeVpcs" || a.Service == "s3" && a.Action != "s3:GetAccountPublicAccessBlock"), a => Assert.Equal(
            (CisAccessStatus.NotChecked, "Not checked: ec2:DescribeRegions was denied in us-east-1."), (a.Status, a.Reason)));
        Assert.Single(check, a => a.Status == CisAccessStatus.Denied);
    }

    [Fact]
    public async Task A_resource_of_another_account_is_told_from_the_own_one()
    {
        var check = await CheckAsync(DemoAccount.Load());
        var acl = Assert.Single(check, a => a.Action == "s3:GetBucketAcl");
        Assert.Equal(
            (CisAccessStatus.Denied, "norrvik-log-archive", "Denied for norrvik-log-archive, and allowed for 1 other resource."), (acl.Status, acl.Resource.ToString(), acl.Reason));
        var topic = Assert.Single(check, a => a.Action == "sns:ListSubscriptionsByTopic");
        Assert.EndsWith("and allowed for 1 other resource: another account owns the topic.", topic.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_fails_otherwise_leaves_it_open()
    {
        var failed = Assert.Single(await CheckAsync(Readable(), new Fault(FaultEffect.WrongRoot, "ec2:DescribeFlowLogs") { Region = Region }), a => a.Status != CisAccessStatus.Allowed);
        Assert.Equal((CisAccessStatus.Unknown, "2.9", Region), (failed.Status, failed.ControlId.ToString(), failed.Region.ToString()));
        Assert.StartsWith("Not decided: ec2:DescribeFlowLogs returned a response that is not valid", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_report_makes_up_for_one_that_must_not_be_generated()
    {
        var account = Readable();
        var report = account.Get(EvidenceKinds.CredentialReport).Match(r => r, why => throw new InvalidOperationException(why.ToString()));
        account.Set(EvidenceKinds.CredentialReport, "", report with { GenerationError = "AccessDenied" });
        var generate = Assert.Single(await CheckAsync(account), a => a.Status == CisAccessStatus.Denied);
        Assert.Equal(("iam:GenerateCredentialReport", 0), (generate.Action, generate.ControlId.Count));
        Assert.EndsWith("No control would be Unknown because of it.", generate.Reason, StringComparison.Ordinal);
    }

    /// <summary>The setting is for a policy that denies the whole region: one that denies a single action is a loss.</summary>
    [Theory]
    [InlineData("ec2:*", "")]
    [InlineData("ec2:DescribeFlowLogs", "2.9")]
    public async Task A_region_that_the_program_accepts_as_denied_costs_no_control(string denied, string controls)
    {
        await using var server = await EmulatorServer.StartAsync(Readable(), new EmulatorOptions { Faults = [Fault.Deny(denied, Region, scp: true)] }, Cancel);
        var actions = (await CheckAsync(server, [With("2.9", "DeniedRegions", "NotApplicable")])).Actions;
        Assert.Contains(actions, a => a.Status == CisAccessStatus.Denied);
        Assert.Equal(controls, string.Join(" ", actions.SelectMany(a => a.ControlId).Distinct()));
    }

    /// <summary>The controls that the check names are those that an assessment cannot decide, or only in part, and those that other facts decide.</summary>
    private static void AssertPredicted(CisAccess denied, IReadOnlyList<CisResult> before, IReadOnlyList<CisResult> after, string decidedByOtherFacts)
    {
        var lost = after.Zip(before).Where(p => (p.First.Status, p.First.Incomplete) != (p.Second.Status, p.Second.Incomplete)).Select(p => p.First).ToList();
        Assert.All(lost, r => Assert.True(r.Status == CisStatus.Unknown || r.Incomplete, $"{denied}: {r.ControlId} is {r.Status}"));
        var assessed = Controls.Select(c => c.ControlId).ToList();
        var decided = decidedByOtherFacts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            $"{denied}: {string.Join(" ", assessed.Where(c => lost.Exists(r => r.ControlId == c) || decided.Contains(c.ToString())))}",
            $"{denied}: {string.Join(" ", assessed.Where(denied.ControlId.Contains))}");
    }

    private static CisControl With(string controlId, string setting, object value) =>
        (DefaultPrograms.Benchmark with { Settings = new([new CisProgramSetting(ControlSelector.Parse(controlId), setting, value, null)]) }).Controls.Single(c => c.ControlId.ToString() == controlId);

    /// <summary>The demo account, with something in the place of what could not be read when it was written.</summary>
    private static AccountEvidence Readable()
    {
        var account = DemoAccount.Load();
        foreach (var kind in EvidenceKinds.All)
        {
            var example = kind.AnsweredBy.Subject == EvidenceSubject.Account ? null : new[] { kind, kind.AnsweredBy }
                .SelectMany(k => account.SubjectsOf(k).Select(s => account.Get(k, s))).FirstOrDefault(o => o.Failure is null);
            foreach (var subject in account.SubjectsOf(kind).Where(s => account.Get(kind, s).Failure is not null).ToList())
            {
                account.Add(kind, subject, kind.Known(example!.UntypedValue, example.Origin!));
            }
        }

        foreach (var key in account.SubjectsOf(EvidenceKinds.KmsKeys).Except(account.SubjectsOf(EvidenceKinds.KeyRotation)).ToList())
        {
            account.Set(EvidenceKinds.KeyRotation, key, new KeyRotation(true, null));
        }

        return account;
    }

    /// <summary>The same account, with many more users, security groups, instances and keys.</summary>
    private static AccountEvidence Large()
    {
        var account = Readable();
        var details = account.Get(EvidenceKinds.AuthorizationDetails).Match(d => d, _ => null!);
        account.Set(EvidenceKinds.AuthorizationDetails, "", details with { Users = [.. Enumerable.Repeat(details.Users[0], 2000)] });
        foreach (var region in account.SubjectsOf(EvidenceKinds.SecurityGroups).ToList())
        {
            account.Set(EvidenceKinds.SecurityGroups, region, account.Get(EvidenceKinds.SecurityGroups, region).Match(g => [.. Enumerable.Repeat(g, 500).SelectMany(x => x)], _ => (IReadOnlyList<SecurityGroup>)[]));
            account.Set(EvidenceKinds.Instances, region, account.Get(EvidenceKinds.Instances, region).Match(i => [.. Enumerable.Repeat(i, 500).SelectMany(x => x)], _ => (IReadOnlyList<Instance>)[]));
        }

        foreach (var region in account.SubjectsOf(EvidenceKinds.KmsKeyArns).ToList())
        {
            var keys = account.Get(EvidenceKinds.KmsKeyArns, region).Match(k => k, _ => []);
            var more = keys.Count == 0 ? [] : Enumerable.Range(0, 300).Select(i => $"{keys[0]}{i.ToString(CultureInfo.InvariantCulture)}").ToList();
            more.ForEach(k => account.Add(EvidenceKinds.KmsKeys, k, account.Get((EvidenceKind)EvidenceKinds.KmsKeys, keys[0])));
            account.Set(EvidenceKinds.KmsKeyArns, region, (IReadOnlyList<string>)[.. keys, .. more]);
        }

        return account;
    }

    private static async Task<(List<(string Operation, string Region)> Requests, int Calls)> CallsAsync(AccountEvidence account)
    {
        await using var server = await EmulatorServer.StartAsync(account, ct: Cancel);
        await CheckAsync(server);
        return ([.. server.Requests.Select(r => (r.Operation, r.Region)).Order()], server.Requests.Count);
    }

    private static async Task<IReadOnlyList<CisAccess>> CheckAsync(AccountEvidence account, params Fault[] faults)
    {
        await using var server = await EmulatorServer.StartAsync(account, new EmulatorOptions { Faults = faults }, Cancel);
        return (await CheckAsync(server)).Actions;
    }

    private static async Task<AccessCheck> CheckAsync(EmulatorServer server, IReadOnlyList<CisControl>? controls = null)
    {
        using var connection = await ConnectAsync(server);
        return await AccessCheck.RunAsync(controls ?? DefaultPrograms.Benchmark.Controls, [], connection, Cancel);
    }

    private static async Task<IReadOnlyList<CisResult>> AssessAsync(AccountEvidence account, params Fault[] faults)
    {
        await using var server = await EmulatorServer.StartAsync(account, new EmulatorOptions { Faults = faults }, Cancel);
        using var connection = await ConnectAsync(server);
        var results = new List<CisResult>();
        await new Assessment(Controls, [], account.CollectedAt).RunAsync(connection, results.Add, Cancel);
        return results;
    }

    private static Task<IAccountConnection> ConnectAsync(EmulatorServer server) =>
        new AwsConnector(TestTimeouts.Long, TestTimeouts.Long, Clock).ConnectAsync(EmulatedAccount.Options(server), Cancel);
}
