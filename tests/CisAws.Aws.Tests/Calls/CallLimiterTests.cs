using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Calls;

[Trait("Risk", "Timing")]
public class CallLimiterTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<AwsCall> _calls = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 1, 2)]
    [InlineData(3, 3, 3)]
    [InlineData(100, 1, ServiceEndpoint.MostCalls)]
    [InlineData(100, 2, 2 * ServiceEndpoint.MostCalls)]
    public async Task No_more_calls_are_under_way_than_allowed(int limit, int endpoints, int expected)
    {
        const int Each = 20;
        var gate = Gate(limit);
        var release = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        var (now, most, sync) = (0, 0, new object());
        var calls = Enumerable.Range(0, endpoints).Select(_ => gate.Open("eu-west-1")).SelectMany(e => Enumerable.Repeat(e, Each)).Select(e => gate.RunAsync(Call, e, async _ =>
        {
            lock (sync)
            {
                most = Math.Max(most, ++now);
                if (now == expected)
                {
                    full.TrySetResult();
                }
            }

            await release.Task;
            lock (sync)
            {
                now--;
            }

            return Answer();
        }, Cancel)).ToList();

        await full.Task.WaitAsync(Cancel);
        release.SetResult();
        await Task.WhenAll(calls);

        Assert.Equal(expected, most);
        Assert.Equal(endpoints * Each, gate.Count);
    }

    [Fact]
    public async Task A_call_that_heeds_nothing_ends_with_the_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var call = Gate().RunAsync<AmazonWebServiceResponse>(Call, new ServiceEndpoint(null, Clock.System), async _ =>
        {
            begun.SetResult();
            await new TaskCompletionSource().Task;
            return Answer();
        }, cancel.Token);
        await begun.Task.WaitAsync(Cancel);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Cancel));
        Assert.Equal("Cancelled", Assert.Single(_calls).Outcome);
    }

    [Fact]
    public async Task A_call_that_heeds_nothing_ends_with_its_deadline()
    {
        var e = await Assert.ThrowsAsync<CallFailedException>(() => Gate().RunAsync<AmazonWebServiceResponse>(
            Call with { TimeLimit = TimeSpan.FromMilliseconds(1) }, new ServiceEndpoint(null, Clock.System), async _ =>
            {
                await new TaskCompletionSource().Task;
                return Answer();
            }, Cancel).WaitAsync(Cancel));

        Assert.Equal((ReadFailureKind.Unreachable, "Timeout", "eu-west-1"), (e.Why.Kind, e.ErrorCode, e.Why.Region));
    }

    [Fact]
    public async Task Each_call_is_reported_when_it_has_ended()
    {
        var gate = Gate();
        await RunAsync(gate, () => Task.FromResult(Answer()));
        await Assert.ThrowsAsync<CallFailedException>(() => RunAsync(gate, () => throw new AmazonServiceException(
            "No.", null, ErrorType.Sender, "AccessDenied", "r2", HttpStatusCode.Forbidden)));

        Assert.Equal(2, gate.Count);
        Assert.Equal([("svc:Action", "eu-west-1", "OK", "r1"), ("svc:Action", "eu-west-1", "AccessDenied", "r2")], _calls.Select(c => (c.Action, c.Region, c.Outcome, c.RequestId)));
    }

    [Fact]
    public async Task An_answer_without_a_request_id_is_not_AWSs()
    {
        var e = await Assert.ThrowsAsync<CallFailedException>(() => RunAsync(Gate(), () => Task.FromResult(new AmazonWebServiceResponse())));

        Assert.Equal(ReadFailureKind.Malformed, e.Why.Kind);
    }

    private CallLimiter Gate(int limit = 1) => new(limit, Clock.System, _calls.Enqueue);

    private static Task<AmazonWebServiceResponse> RunAsync(CallLimiter gate, Func<Task<AmazonWebServiceResponse>> call) =>
        gate.RunAsync(Call, gate.Open("eu-west-1"), _ => call(), Cancel);

    private static readonly CallDescription Call = new("svc:Action", "eu-west-1", false, 0, Long);

    private static AmazonWebServiceResponse Answer() => new() { ResponseMetadata = new ResponseMetadata { RequestId = "r1" } };
}
