using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Calls;

/// <summary>
/// Runs every call of a connection: limits how many run at once, in total and for each service in each region, sends them no faster
/// than AWS allows, gives up those that get no answer, counts and reports them, and classifies failures.
/// </summary>
/// <param name="places">The places of the calls that are under way; connections can share them.</param>
/// <param name="clock">The time.</param>
/// <param name="onCall">Called after each call; null for no call.</param>
internal sealed class CallLimiter(PrioritySemaphore places, Clock clock, Action<AwsCall>? onCall)
{
    /// <summary>How often a call is tried, each time with the SDK's attempts, while AWS throttles it.</summary>
    private const int MostRounds = 8;

    /// <summary>How the message of a call begins that was not sent.</summary>
    internal const string NotCalled = "Not called, because";

    private readonly ConcurrentDictionary<string, RegionHealth> _regions = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many calls have ended.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The limits of a service in a region.</summary>
    /// <param name="region">The region; empty for a global service.</param>
    public ServiceEndpoint Open(string region) => new(region.Length == 0 ? null : _regions.GetOrAdd(region, _ => new RegionHealth()), clock);

    /// <summary>Runs a call.</summary>
    /// <param name="about">What is called.</param>
    /// <param name="endpoint">Where.</param>
    /// <param name="call">The call, with the SDK's attempts.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="CallFailedException">The call failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<TResponse> RunAsync<TResponse>(
        CallDescription about, ServiceEndpoint endpoint, Func<CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        await endpoint.Places.WaitAsync(about.Priority, cancellationToken).ConfigureAwait(false);
        var responses = endpoint.Responses;
        var (outcome, requestId) = ("", "");
        TimeSpan? sent = null;
        try
        {
            for (var round = 1; ; round++)
            {
                RefuseWhereNothingResponds(about, endpoint);
                if (endpoint.Rate.Next() is var wait && wait > TimeSpan.Zero)
                {
                    await clock.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
                    RefuseWhereNothingResponds(about, endpoint);
                }

                try
                {
                    outcome = "Cancelled";
                    var response = await SendAsync(about, Send, cancellationToken).ConfigureAwait(false);
                    (outcome, requestId) = ("OK", response.ResponseMetadata.RequestId);
                    return response;
                }
                catch (CallFailedException e)
                {
                    (outcome, requestId) = (e.ErrorCode, (e.InnerException as AmazonServiceException)?.RequestId ?? "");
                    if (e.Why.Kind != ReadFailureKind.Throttled || round == MostRounds || endpoint.IsThrottledForLong)
                    {
                        endpoint.Failed(e.Why, responses);
                        throw;
                    }
                }
            }
        }
        finally
        {
            endpoint.Places.Release();
            if (sent is { } begun)
            {
                Interlocked.Increment(ref _count);
                onCall?.Invoke(new AwsCall(about.Action, about.Region, clock.Elapsed() - begun, outcome, requestId));
            }
        }

        Task<TResponse> Send(CancellationToken token)
        {
            sent ??= clock.Elapsed();
            return call(token);
        }
    }

    /// <summary>A call to what has not responded to another would only take the same time, and fail for the same reason.</summary>
    private static void RefuseWhereNothingResponds(CallDescription about, ServiceEndpoint endpoint)
    {
        if (endpoint.FailureOf(about.Action) is { } why)
        {
            throw new CallFailedException(why with
            {
                Action = about.Action,
                Region = about.Region,
                Message = $"{NotCalled} {why.Action} failed before: {why.Message}",
            });
        }
    }

    private async Task<TResponse> SendAsync<TResponse>(
        CallDescription about, Func<CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        await places.WaitAsync(about.Priority, cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await WithinAsync(about.TimeLimit, call, cancellationToken).ConfigureAwait(false);
            // A portal's page with status 200 reads as an empty response: a list with nothing in it. AWS numbers its responses.
            return string.IsNullOrEmpty(response.ResponseMetadata?.RequestId)
                ? throw new CallFailedException(new ReadFailure(
                    about.Action, about.Region, "NotUnderstood", ReadFailureKind.Malformed, "The response has no request ID, so it does not come from AWS."))
                : response;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CallFailedException(ErrorClassifier.Classify(e, about.Action, about.Region, about.IsForeign), e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A call that is torn down fails in many ways; none of them matters to the caller who cancelled.
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>
    /// Ends with the call, the time limit or the cancellation, whichever comes first. It does not wait for a call that obeys
    /// neither: the SDK reads the bodies of answers without looking at its token. The time begins with the call: the time that
    /// a busy machine takes to begin it says nothing about the service.
    /// </summary>
    private static async Task<TResponse> WithinAsync<TResponse>(
        TimeSpan timeLimit, Func<CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var over = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (limit.Token.Register(() => over.TrySetResult(true)))
        {
            var running = Task.Run(
                () =>
                {
                    limit.CancelAfter(timeLimit);
                    return call(limit.Token);
                },
                limit.Token);
            if (await Task.WhenAny(running, over.Task).ConfigureAwait(false) == running)
            {
                return await running.ConfigureAwait(false);
            }

            _ = running.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException(FormattableString.Invariant($"No response within {timeLimit.TotalSeconds:0.#} seconds."));
        }
    }
}

/// <summary>What is called.</summary>
/// <param name="Action">The IAM action.</param>
/// <param name="Region">Where the call goes; empty for a global service.</param>
/// <param name="IsForeign">Whether another account owns what is asked about.</param>
/// <param name="Priority">A call with a higher one is sent before others that wait.</param>
/// <param name="TimeLimit">How long the call can take, with the SDK's attempts.</param>
internal sealed record CallDescription(string Action, string Region, bool IsForeign, int Priority, TimeSpan TimeLimit);
