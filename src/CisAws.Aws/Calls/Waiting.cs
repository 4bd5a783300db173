using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Aws.Calls;

/// <summary>Waiting for work that several wait for.</summary>
internal static class Waiting
{
    /// <summary>Waits for work, or for the cancellation, which does not end the work for others.</summary>
    /// <exception cref="System.OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static async Task<T> OrCancelledAsync<T>(this Task<T> work, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetResult(true)))
        {
            if (await Task.WhenAny(work, cancelled.Task).ConfigureAwait(false) != work)
            {
                _ = work.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return await work.ConfigureAwait(false);
    }
}
