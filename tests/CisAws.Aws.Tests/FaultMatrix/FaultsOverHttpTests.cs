using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Testing;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>A sample of the fault matrix as users meet it: through the connector, over HTTP, with all controls in one run.</summary>
[Trait("Risk", "Timing")]
public sealed class FaultsOverHttpTests
{
    private static readonly CallTimeouts OneAttempt = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2), Attempts: 1);

    /// <summary>Which calls fail, and how; each effect once, and over the rows each service.</summary>
    private static readonly Fault[] Faults =
    [
        Fault.Deny("iam:GetAccountAuthorizationDetails"),
        Fault.Deny("ec2:DescribeSecurityGroups", region: "eu-west-1"),
        new(FaultEffect.Throttled, "sns:ListSubscriptionsByTopic"),
        new(FaultEffect.Reset, "cloudtrail:DescribeTrails"),
        new(FaultEffect.CredentialsExpired) { After = 60 },
        Fault.Deny("ec2:DescribeFlowLogs", scp: true),
        new(FaultEffect.ServiceError, "kms:DescribeKey"),
        new(FaultEffect.ClockSkew, "s3:ListBucket"),
        new(FaultEffect.Html, "logs:DescribeMetricFilters"),
        new(FaultEffect.EmptyBody, "s3:GetBucketLogging"),
        new(FaultEffect.Truncated, "cloudwatch:DescribeAlarms"),
        new(FaultEffect.WrongRoot, "config:DescribeConfigurationRecorders"),
        new(FaultEffect.AccessDenied, "iam:ListVirtualMFADevices") { After = 1 },
        new(FaultEffect.RegionDisabled, "account:GetAlternateContact"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_changes_the_results_that_need_the_action_and_no_others()
    {
        var account = FaultyAccount.Account();
        var right = (await AssessAsync(account)).ToDictionary(r => r.RuleId.ToString());
        var wrong = new List<string>();
        foreach (var fault in LongTests.Wanted ? Faults : Faults[..5])
        {
            var results = await AssessAsync(account, fault);
            var needing = FaultyAccount.Controls.Where(c => fault.Action == "*" || FaultyAccount.Needs(c).Any(k => k.Actions.Contains(fault.Action)))
                .Select(c => c.RuleId.ToString()).ToHashSet();
            wrong.AddRange(results
                .SelectMany(r => needing.Contains(r.RuleId.ToString())
                    ? ResultCheck.Problems(r, right[r.RuleId.ToString()], why => fault.Action == "*" || why.Action == fault.Action)
                    : Differences(r, right[r.RuleId.ToString()]))
                .Select(p => $"{fault.Effect} of {fault.Action}: {p}"));
            Assert.True(results.Any(r => r.ReadFailures.Except(right[r.RuleId.ToString()].ReadFailures).Any()), $"{fault} changed nothing.");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static async Task<IReadOnlyList<CisResult>> AssessAsync(AccountEvidence account, params Fault[] faults)
    {
        await using var server = await EmulatorServer.StartAsync(account, new EmulatorOptions { PageSize = 2, Faults = faults }, Cancel);
        using var connection = await new AwsConnector(TestTimeouts.Long, OneAttempt, EmulatedAccount.ClockOf(account)).ConnectAsync(EmulatedAccount.Options(server), Cancel);
        var results = new List<CisResult>();
        await new Assessments.Assessment(FaultyAccount.Controls, Assessed.Regions, account.CollectedAt).RunAsync(connection, results.Add, Cancel);
        return results;
    }

    private static IEnumerable<string> Differences(CisResult result, CisResult right) =>
        Said(result).SequenceEqual(Said(right), StringComparer.Ordinal) ? [] : [$"{result.ControlId} is another result: {right} -> {result}"];

    private static IEnumerable<string> Said(CisResult result) =>
        result.Findings.Select(f => $"{f.Region} {f.ResourceId} {f.Status} {f.Reason}").Prepend($"{result} {result.ReasonCode} {result.Incomplete}");
}
