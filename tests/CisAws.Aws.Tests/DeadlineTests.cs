using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Aws.Calls;
using CisAws.Connections;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Aws.Tests;

/// <summary>A run ends although AWS does not answer.</summary>
[Trait("Risk", "Timing")]
public sealed class DeadlineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_known_at_the_deadline_is_Unknown_and_says_so()
    {
        const string Hanging = "iam:GetAccountPasswordPolicy";
        using var deadline = new CancellationTokenSource();
        var asked = 0;
        var account = DemoAccount.Load();
        var right = await AssessAsync(account, new EmulatorOptions(), TestTimeouts.Long);
        var late = await AssessAsync(
            account,
            new EmulatorOptions
            {
                Faults = [new Fault(FaultEffect.Hang, Hanging)],
                // Some answers have come by then, and others have not.
                OnRequest = _ =>
                {
                    if (Interlocked.Increment(ref asked) == 100)
                    {
                        deadline.Cancel();
                    }
                },
            },
            TestTimeouts.Long,
            deadline);

        Assert.Equal(right.Select(r => r.ControlId), late.Select(r => r.ControlId));
        Assert.All(late.Zip(right), pair => Assert.True(pair.First.Status == pair.Second.Status || pair.First.Status == CisStatus.Unknown, $"{pair.First}"));
        var policy = late.Single(r => r.ControlId.ToString() == "1.9");
        Assert.Equal((CisStatus.Unknown, "Deadline", true), (policy.Status, policy.ReasonCode, policy.Incomplete));
        Assert.Contains($"{Hanging} did not finish in the time allowed", policy.Reason, StringComparison.Ordinal);
        Assert.All(
            late.SelectMany(r => r.ReadFailures).Except(right.SelectMany(r => r.ReadFailures)), f => Assert.Equal(ReadFailureKind.Deadline, f.Kind));
    }

    [Fact]
    public async Task A_sign_in_that_is_not_finished_at_the_deadline_is_an_error()
    {
        using var deadline = new CancellationTokenSource();
        await using var server = await EmulatorServer.StartAsync(
            DemoAccount.Load(), new EmulatorOptions { Faults = [new Fault(FaultEffect.Hang)], OnRequest = _ => deadline.Cancel() }, Cancel);

        var e = await Assert.ThrowsAsync<ConnectionException>(() => TestTimeouts.Connector.ConnectAsync(Options(server, deadline), Cancel));

        Assert.Equal(ConnectionProblem.EndpointUnreachable, e.Problem);
        Assert.Contains("-TimeoutSec", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_that_hangs_is_not_called_again()
    {
        const string Region = "eu-west-1";
        var account = DemoAccount.Load();
        var requests = new List<EmulatorRequest>();
        var results = await AssessAsync(
            account,
            new EmulatorOptions { Faults = [new Fault(FaultEffect.Hang) { Region = Region }], OnRequest = r => Add(requests, r) },
            new CallTimeouts(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), Attempts: 1));

        // What is found in other evidence, such as the status of the trails of this region, which other regions show, is not asked there.
        var lists = EvidenceKinds.All.Where(k => k.Subject == EvidenceSubject.Region).SelectMany(k => k.Actions).ToList();
        var there = requests.Where(r => r.Region == Region).Select(r => r.Action).ToList();
        Assert.NotEmpty(there);
        Assert.All(there, a => Assert.Contains(a, lists));
        Assert.Equal(there.Distinct().Count(), there.Count);
        Assert.Contains(results.SelectMany(r => r.ReadFailures), f => f is { Action: "cloudtrail:GetTrailStatus", Region: Region, ErrorCode: "Timeout" });
    }

    private static void Add(List<EmulatorRequest> requests, EmulatorRequest request)
    {
        lock (requests)
        {
            requests.Add(request);
        }
    }

    private static async Task<IReadOnlyList<CisResult>> AssessAsync(
        AccountEvidence account, EmulatorOptions options, CallTimeouts timeouts, CancellationTokenSource? deadline = null)
    {
        await using var server = await EmulatorServer.StartAsync(account, options, Cancel);
        using var connection = await new AwsConnector(TestTimeouts.Long, timeouts).ConnectAsync(Options(server, deadline), Cancel);
        var results = new List<CisResult>();
        await new Assessment(DefaultPrograms.Benchmark.Controls, [], account.CollectedAt).RunAsync(connection, results.Add, Cancel);
        return results;
    }

    private static ConnectionOptions Options(EmulatorServer server, CancellationTokenSource? deadline) =>
        EmulatedAccount.Options(server) with { Deadline = deadline?.Token ?? CancellationToken.None };
}
