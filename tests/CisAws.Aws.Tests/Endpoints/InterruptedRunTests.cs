using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Aws.Tests.Moto;
using CisAws.Evidence;
using CisAws.Rules;
using Microsoft.AspNetCore.Http;

namespace CisAws.Aws.Tests.Endpoints;

/// <summary>The way to AWS breaks in mid-run. Whatever could not be read is Unknown; nothing is guessed.</summary>
[Trait("Risk", "Timing")]
[Collection(nameof(MotoServer))]
public sealed class InterruptedRunTests(MotoServer moto)
{
    private const int Seed = 9;

    private static readonly CallTimeouts Short = new(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500), Attempts: 1);
    private static readonly CallTimeouts Long = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), Attempts: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_verdict_is_either_what_it_would_have_been_or_Unknown()
    {
        var account = await GeneratedAccount.BuildAsync(moto, Seed, Cancel);
        var whole = await Assessed.AtAsync(moto.Url, account.AssessAt, Cancel);
        (Func<HttpContext, Task> Fault, int GoodCalls, ReadFailureKind Kind, CallTimeouts CallTimeouts)[] interruptions =
        [
            (Faults.ExpiredTokenAsync, 1, ReadFailureKind.CredentialsRejected, Long),
            (Faults.ExpiredTokenAsync, 10, ReadFailureKind.CredentialsRejected, Long),
            (Faults.ExpiredTokenAsync, 40, ReadFailureKind.CredentialsRejected, Long),
            (Faults.HtmlAsync, 10, ReadFailureKind.Malformed, Long),
            (Faults.BreakOffAsync, 10, ReadFailureKind.Unreachable, Long),
            (Faults.HangAsync, 10, ReadFailureKind.Unreachable, Short),
        ];
        foreach (var (fault, goodCalls, kind, patience) in interruptions)
        {
            await using var proxy = await FaultyProxy.StartAsync(moto.Url, goodCalls, fault, Cancel);

            var broken = await Assessed.AtAsync(proxy.Url, account.AssessAt, Cancel, new AwsConnector(Long, patience));

            Assert.Equal(whole.Results.Count, broken.Results.Count);
            Assert.All(broken.Results.Zip(whole.Results), pair => Assert.True(
                pair.First.Status == pair.Second.Status || pair.First.Status == CisStatus.Unknown,
                $"{fault.Method.Name} after {goodCalls} calls: {pair.First}; undisturbed: {pair.Second}"));
            Assert.Contains(broken.Failure, u => u.Kind == kind);
            // Whether a bucket exists is asked with HEAD, and an answer to HEAD has no body that could name the error.
            var others = broken.Failure.Where(u => u.Kind != kind && u.Action != "s3:ListBucket").Select(u => u.ToString());
            Assert.Empty(others.Except(whole.Failure.Select(u => u.ToString())));
            Assert.True(Unknowns(broken) > Unknowns(whole));
        }
    }

    private static int Unknowns(Assessed assessed) => assessed.Results.Count(r => r.Status == CisStatus.Unknown);
}
