using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Calls;

/// <summary>Runs every call: limits how many run at once and how long each takes, counts and reports them, and classifies failures.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is never taken holds nothing, and torn-down calls still come back to it.")]
internal sealed class CallLimiter(int throttleLimit, Action<AwsCall>? onCall)
{
    private readonly SemaphoreSlim _places = new(throttleLimit);
    private int _count;

    /// <summary>How many calls have ended.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <param name="action">The IAM action.</param>
    /// <param name="region">Where the call goes; empty for a global service.</param>
    /// <param name="foreign">Whether another account owns what is asked about.</param>
    /// <param name="deadline">How long it may take, retries included.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="CallFailedException">The call failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<TResponse> RunAsync<TResponse>(
        string action, string region, bool foreign, TimeSpan deadline, Func<CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var outcome = "Cancelled";
        var requestId = "";
        try
        {
            var response = await WithinAsync(deadline, call, cancellationToken).ConfigureAwait(false);
            requestId = response.ResponseMetadata?.RequestId ?? "";
            if (requestId.Length == 0)
            {
                // A portal's page with status 200 reads as an empty response: a list with nothing in it. AWS numbers its responses.
                throw new CallFailedException(new ReadFailure(
                    action, region, "NotUnderstood", ReadFailureKind.Malformed, "The response has no request ID, so it does not come from AWS."));
            }

            outcome = "OK";
            return response;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var why = ErrorClassifier.Classify(e, action, region, foreign);
            outcome = why.ErrorCode;
            requestId = (e as AmazonServiceException)?.RequestId ?? "";
            throw new CallFailedException(why, e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A call that is torn down fails in many ways; none of them matters to the caller who cancelled.
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            _places.Release();
            Interlocked.Increment(ref _count);
            onCall?.Invoke(new AwsCall(action, region, watch.Elapsed, outcome, requestId));
        }
    }

    /// <summary>
    /// Ends with the call, the deadline or the cancellation, whichever comes first. It does not wait for a call that obeys
    /// neither: the SDK reads the bodies of answers without looking at its token.
    /// </summary>
    private static async Task<TResponse> WithinAsync<TResponse>(
        TimeSpan deadline, Func<CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline);
        var over = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (limit.Token.Register(() => over.TrySetResult(true)))
        {
            var running = Task.Run(() => call(limit.Token), limit.Token);
            if (await Task.WhenAny(running, over.Task).ConfigureAwait(false) == running)
            {
                return await running.ConfigureAwait(false);
            }

            _ = running.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException(FormattableString.Invariant($"No response within {deadline.TotalSeconds:0.#} seconds."));
        }
    }
}
