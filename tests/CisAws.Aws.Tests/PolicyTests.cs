using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Testing;

namespace CisAws.Aws.Tests;

/// <summary>The least-privilege policy is enough, and nothing in it is superfluous.</summary>
public sealed class PolicyTests
{
    private const string Region = "eu-west-1";

    private static readonly IReadOnlyList<CisControl> Controls = DefaultPrograms.Benchmark.Controls;

    private static readonly IReadOnlyList<string> Actions = new AuditorPolicy(Controls).Actions;

    /// <summary>What has to be in the account for an action to matter, where the demo account does not have it.</summary>
    private static readonly Dictionary<string, Action<AccountEvidence>> Needed = new()
    {
        ["iam:ListInstanceProfiles"] = account => account.Set(
            EvidenceKinds.Instances, Region, [new Instance("i-0a1b2c3d4e5f60718", "running", account.Get(EvidenceKinds.InstanceProfiles).Match(p => p[0].Arn, _ => ""))]),
        ["logs:DescribeLogGroups"] = account => Each(account, EvidenceKinds.TrailLogGroup, null),
        ["s3:GetAccountPublicAccessBlock"] = GrantToEveryone,
        ["s3:GetBucketOwnershipControls"] = GrantToEveryone,
        ["s3:GetBucketPublicAccessBlock"] = GrantToEveryone,
        ["sns:GetTopicAttributes"] = account => Each(account, EvidenceKinds.TopicAttributes, new TopicAttributes(null, "alias/aws/sns")),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_any_action_less_the_results_are_others()
    {
        foreach (var action in Sample(Actions))
        {
            IReadOnlyList<CisControl> controls = [.. Controls.Where(c => c.Actions.Contains(action))];
            var account = DemoAccount.Load();
            if (Needed.TryGetValue(action, out var need))
            {
                need(account);
            }

            Assert.True(await ResultsAsync(account, controls) != await ResultsAsync(account, controls, action), $"The results are the same without {action}.");
        }
    }

    [Fact]
    public async Task With_the_actions_of_a_control_alone_its_result_is_the_same()
    {
        foreach (var control in Sample(Controls))
        {
            var others = EvidenceKinds.All.SelectMany(k => k.Actions).Except(new AuditorPolicy([control]).Actions).ToArray();
            Assert.Equal(await ResultsAsync(DemoAccount.Load(), [control]), await ResultsAsync(DemoAccount.Load(), [control], others));
        }
    }

    private static IEnumerable<T> Sample<T>(IReadOnlyList<T> all) => all.Where((_, i) => LongTests.Wanted || i % 9 == 0);

    private static void GrantToEveryone(AccountEvidence account)
    {
        Each(account, EvidenceKinds.BucketAcl, new BucketAcl("owner", [new BucketGrant("Group", "READ", GranteeUri: "http://acs.amazonaws.com/groups/global/AllUsers")]));
        Each(account, EvidenceKinds.BucketOwnership, "ObjectWriter");
        Each(account, EvidenceKinds.BucketPublicAccessBlock, new PublicAccessBlock());
        account.Set(EvidenceKinds.AccountPublicAccessBlock, "", new PublicAccessBlock());
    }

    private static void Each<T>(AccountEvidence account, EvidenceKind<T> kind, T value)
    {
        foreach (var subject in account.SubjectsOf(kind).ToList())
        {
            account.Set(kind, subject, value);
        }
    }

    /// <summary>All that the results say, but for what differs from run to run.</summary>
    private static async Task<string> ResultsAsync(AccountEvidence account, IReadOnlyList<CisControl> controls, params string[] denied)
    {
        var options = new EmulatorOptions { RequireSignature = false, Faults = [.. denied.Select(a => Fault.Deny(a))] };
        await using var server = await EmulatorServer.StartAsync(account, options, Cancel);
        var assessed = await Assessed.AtAsync(server.Url.ToString(), account.CollectedAt, Cancel, controls: controls, regions: []);
        return string.Join(
            "\n",
            assessed.Results.Select(r => $"{r} {r.Incomplete} {r.ReadFailures}: {string.Join("; ", r.Findings.Select(f => $"{f} {f.Facts} {f.Warnings}"))}"));
    }
}
