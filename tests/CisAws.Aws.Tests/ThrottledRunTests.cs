using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Aws.Calls;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Aws.Tests;

/// <summary>AWS throttles: a run takes longer, and its results are the same.</summary>
[Trait("Risk", "Timing")]
public sealed class ThrottledRunTests
{
    /// <summary>One attempt, so that all retries are ours, and cost no time.</summary>
    private static readonly CallTimeouts OneAttempt = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2), Attempts: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(60, 0, 5)]
    [InlineData(0, 12, 5)]
    public Task The_results_under_a_rate_limit_are_those_without(int keys, int trails, int rate) => AssertSameAsync(keys, trails, rate);

    [Theory]
    [InlineData(500, 0, 20)]
    [InlineData(0, 200, 20)]
    public Task The_results_of_large_accounts_under_a_rate_limit_are_those_without(int keys, int trails, int rate)
    {
        LongTests.Require();
        return AssertSameAsync(keys, trails, rate);
    }

    private static async Task AssertSameAsync(int keys, int trails, int rate)
    {
        var account = LargeAccount(keys, trails);
        var (unlimited, _, _) = await AssessAsync(account, null);
        var (limited, calls, seconds) = await AssessAsync(account, rate);

        Assert.Equal(Texts(unlimited), Texts(limited));
        Assert.DoesNotContain(limited, r => r.ReasonCode == nameof(ReadFailureKind.Throttled));
        // The time is that of the limit, and not of this machine.
        Assert.InRange(seconds, 1, 1.5 * calls / rate);
    }

    [Theory]
    [InlineData("s3:ListBucket", "2.3", "2.6")]
    [InlineData("s3:GetBucketAcl", "2.3")]
    [InlineData("kms:GetKeyRotationStatus", "2.8")]
    public async Task What_is_throttled_again_and_again_is_Unknown_and_says_so(string action, params string[] controls)
    {
        var account = LargeAccount(keys: 5, trails: 0);
        var clock = EmulatedAccount.ClockOf(account);
        await using var server = await EmulatorServer.StartAsync(account, new EmulatorOptions { Faults = [new Fault(FaultEffect.Throttled, action)] }, Cancel);

        var results = await AssessAsync(server, account, clock);

        Assert.All(results, r => Assert.Equal(controls.Contains(r.ControlId.ToString()), r.ReadFailures.Any(f => f.Kind == ReadFailureKind.Throttled)));
        Assert.All(results.SelectMany(r => r.ReadFailures).Where(f => f.Kind == ReadFailureKind.Throttled), f => Assert.Equal(action, f.Action));
        Assert.All(results, r => Assert.DoesNotContain(r.ReadFailures, f => f.Kind == ReadFailureKind.ServiceError));
    }

    private static async Task<(IReadOnlyList<CisResult> Results, int Calls, double Seconds)> AssessAsync(AccountEvidence account, int? rate)
    {
        var time = new ManualTime(account.CollectedAt);
        await using var server = await EmulatorServer.StartAsync(account, new EmulatorOptions { Rate = rate, Time = time, OnRequest = _ => time.OnRequest() }, Cancel);
        var results = await AssessAsync(server, account, time.Clock);
        return (results, server.Requests.Where(r => r.Region == "us-east-1").CountBy(r => r.Service).Max(s => s.Value), time.Elapsed.TotalSeconds);
    }

    private static async Task<IReadOnlyList<CisResult>> AssessAsync(EmulatorServer server, AccountEvidence account, Clock clock)
    {
        using var connection = await new AwsConnector(OneAttempt, OneAttempt, clock).ConnectAsync(EmulatedAccount.Options(server), Cancel);
        var results = new List<CisResult>();
        var controls = DefaultPrograms.Benchmark.Controls.Where(c => c.ControlId.ToString().StartsWith("2.", StringComparison.Ordinal)).ToList();
        await new Assessment(controls, Assessed.Regions, account.CollectedAt).RunAsync(connection, results.Add, Cancel);
        return results;
    }

    private static IEnumerable<string> Texts(IEnumerable<CisResult> results) =>
        results.SelectMany(r => r.Findings.Select(f => $"{f.ControlId} {f.ResourceArn} {f.Status} {f.Reason}").Prepend($"{r} {r.ReasonCode}"));

    /// <summary>The demo account with keys, half of which are rotated, and trails with a bucket each.</summary>
    private static AccountEvidence LargeAccount(int keys, int trails)
    {
        const string Region = "us-east-1";
        var account = DemoAccount.Load();
        var key = account.SubjectsOf(EvidenceKinds.KeyRotation).First();
        var arns = Known(account, EvidenceKinds.KmsKeyArns, Region).ToList();
        for (var i = 0; i < keys; i++)
        {
            var id = $"00000000-0000-0000-0000-{i:000000000000}";
            var arn = $"arn:aws:kms:{Region}:{account.Account.AccountId}:key/{id}";
            arns.Add(arn);
            account.Set(EvidenceKinds.KmsKeys, arn, Known(account, EvidenceKinds.KmsKeys, key) with { KeyId = id, Arn = arn });
            account.Set(EvidenceKinds.KeyRotation, arn, new KeyRotation(i % 2 == 0, 365));
        }

        account.Set(EvidenceKinds.KmsKeyArns, Region, arns);
        var model = account.SubjectsOf(EvidenceKinds.Trails).SelectMany(r => Known(account, EvidenceKinds.Trails, r))
            .First(t => account.Get(EvidenceKinds.BucketAcl, t.S3BucketName).Failure is null && account.Get(EvidenceKinds.TrailStatus, t.Arn).Failure is null);
        var all = Known(account, EvidenceKinds.Trails, Region).ToList();
        for (var i = 0; i < trails; i++)
        {
            var arn = $"arn:aws:cloudtrail:{Region}:{account.Account.AccountId}:trail/t{i}";
            var (bucket, source) = ($"logs-{i}", model.S3BucketName);
            all.Add(model with { Name = $"t{i}", Arn = arn, HomeRegion = Region, S3BucketName = bucket, IsMultiRegionTrail = false, IsOrganizationTrail = false });
            Copy(account, EvidenceKinds.TrailStatus, model.Arn, arn);
            Copy(account, EvidenceKinds.EventSelectors, model.Arn, arn);
            account.Set(EvidenceKinds.Buckets, bucket, new Bucket(true, Region));
            Copy(account, EvidenceKinds.BucketAcl, source, bucket);
            Copy(account, EvidenceKinds.BucketPolicy, source, bucket);
            Copy(account, EvidenceKinds.BucketPolicyIsPublic, source, bucket);
            Copy(account, EvidenceKinds.BucketPublicAccessBlock, source, bucket);
            Copy(account, EvidenceKinds.BucketOwnership, source, bucket);
            Copy(account, EvidenceKinds.BucketLogging, source, bucket);
        }

        return account.Set(EvidenceKinds.Trails, Region, all);
    }

    private static void Copy<T>(AccountEvidence account, EvidenceKind<T> kind, string from, string to) => account.Set(kind, to, Known(account, kind, from));

    private static T Known<T>(AccountEvidence account, EvidenceKind<T> kind, string subject) =>
        account.Get(kind, subject).Match(v => v, why => throw new InvalidOperationException($"{kind} {subject}: {why}"));
}
