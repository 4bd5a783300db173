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
            Brief, new ServiceEndpoint(null, Clock.System), async _ =>
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

    [Theory]
    [InlineData("svc:Action", 0)] // The same action would only take the same time.
    [InlineData("svc:Other", 1)] // A single action may be at fault.
    public async Task An_action_that_hangs_takes_the_time_limit_once(string next, int sent)
    {
        var gate = Gate();
        var endpoint = gate.Open("");
        await TimeOutAsync(gate, endpoint, Call);

        var e = await TimeOutAsync(gate, endpoint, Call with { Action = next });

        Assert.Equal(1 + sent, gate.Count);
        Assert.Equal((next, ReadFailureKind.Unreachable, "Timeout"), (e.Why.Action, e.Why.Kind, e.ErrorCode));
        Assert.Equal(sent == 0, e.Why.Message.StartsWith("Not called, because svc:Action failed before: No response within", StringComparison.Ordinal));

        // What hangs for several actions hangs for all.
        await TimeOutAsync(gate, endpoint, Call with { Action = "svc:Other" });
        await TimeOutAsync(gate, endpoint, Call with { Action = "svc:Third" });
        Assert.Equal(2, gate.Count);

        // Until something is answered.
        endpoint.Responded(isThrottled: false, default);
        await gate.RunAsync(Call, endpoint, _ => Task.FromResult(Answer()), Cancel);
        Assert.Equal(3, gate.Count);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_region_that_hangs_takes_the_time_limit_once_for_all_its_services(bool hasResponded, int sent)
    {
        var gate = Gate();
        var (first, second) = (gate.Open("eu-west-1"), gate.Open("eu-west-1"));
        if (hasResponded)
        {
            second.Responded(isThrottled: false, default);
        }

        await TimeOutAsync(gate, first, Call);
        await TimeOutAsync(gate, second, Call with { Action = "other:Action" });
        Assert.Equal(sent, gate.Count);

        // Another region is another matter.
        await gate.RunAsync(Call, gate.Open("eu-north-1"), _ => Task.FromResult(Answer()), Cancel);
        Assert.Equal(sent + 1, gate.Count);
    }

    [Fact]
    public async Task An_endpoint_that_answers_other_calls_is_called_again()
    {
        var gate = Gate();
        var endpoint = gate.Open("");
        await Assert.ThrowsAsync<CallFailedException>(() => gate.RunAsync<AmazonWebServiceResponse>(Call, endpoint, _ =>
        {
            endpoint.Responded(isThrottled: false, default);
            throw new TimeoutException("No response in time.");
        }, Cancel));

        await gate.RunAsync(Call, endpoint, _ => Task.FromResult(Answer()), Cancel);

        Assert.Equal(2, gate.Count);
    }

    [Fact]
    public async Task A_throttled_call_is_tried_again_and_not_for_ever()
    {
        var gate = Gate();
        var tries = 0;
        Task<AmazonWebServiceResponse> Throttle(int times) => RunAsync(gate, () => ++tries > times ? Task.FromResult(Answer()) : throw Throttling());

        await Throttle(7);
        Assert.Equal(8, tries);

        tries = 0;
        var e = await Assert.ThrowsAsync<CallFailedException>(() => Throttle(8));
        Assert.Equal((8, ReadFailureKind.Throttled, "Throttling"), (tries, e.Why.Kind, e.ErrorCode));
        Assert.Equal(["OK", "Throttling"], _calls.Select(c => c.Outcome));
    }

    [Fact]
    public async Task A_service_that_throttles_everything_for_long_is_not_called_any_more()
    {
        var now = TimeSpan.Zero;
        var clock = new Clock(() => default, (wait, _) =>
        {
            now += wait;
            return Task.CompletedTask;
        })
        { Elapsed = () => now };
        var gate = new CallLimiter(new(1), clock, _calls.Enqueue);
        var endpoint = gate.Open("");
        var tries = 0;
        Task<AmazonWebServiceResponse> Throttle(string action) => gate.RunAsync<AmazonWebServiceResponse>(Call with { Action = action }, endpoint, _ =>
        {
            tries++;
            endpoint.Responded(isThrottled: true, now);
            throw Throttling();
        }, Cancel);

        for (var i = 0; i < 20; i++)
        {
            var e = await Assert.ThrowsAsync<CallFailedException>(() => Throttle($"svc:Action{i % 4}"));
            Assert.Equal((ReadFailureKind.Throttled, $"svc:Action{i % 4}"), (e.Why.Kind, e.Why.Action));
        }

        // One a second, for half a minute, and one of another action.
        Assert.InRange(tries, 30, 35);
    }

    private static AmazonServiceException Throttling() => new("Rate exceeded", null, ErrorType.Sender, "Throttling", "r", HttpStatusCode.BadRequest);

    private static Task<CallFailedException> TimeOutAsync(CallLimiter gate, ServiceEndpoint endpoint, CallDescription call) =>
        Assert.ThrowsAsync<CallFailedException>(() => gate.RunAsync<AmazonWebServiceResponse>(call with { TimeLimit = Brief.TimeLimit }, endpoint, async _ =>
        {
            await new TaskCompletionSource().Task;
            return Answer();
        }, Cancel));

    private static readonly CallDescription Brief = new("svc:Action", "eu-west-1", false, 0, TimeSpan.FromMilliseconds(1));

    private CallLimiter Gate(int limit = 1) => new(new(limit), Clock.System, _calls.Enqueue);

    private static Task<AmazonWebServiceResponse> RunAsync(CallLimiter gate, Func<Task<AmazonWebServiceResponse>> call) =>
        gate.RunAsync(Call, gate.Open("eu-west-1"), _ => call(), Cancel);

    private static readonly CallDescription Call = new("svc:Action", "eu-west-1", false, 0, Long);

    private static AmazonWebServiceResponse Answer() => new() { ResponseMetadata = new ResponseMetadata { RequestId = "r1" } };
}
