using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Aws.Calls;

/// <summary>A semaphore that lets in those with the highest priority first, and those with the same in the order of their coming.</summary>
/// <param name="places">How many can be in.</param>
internal sealed class PrioritySemaphore(int places)
{
    private readonly SortedDictionary<int, Queue<TaskCompletionSource<bool>>> _waiting = new(Comparer<int>.Create((x, y) => y.CompareTo(x)));
    private int _free = places;

    /// <summary>Waits for a place.</summary>
    /// <param name="priority">Who waits with a higher one is let in first.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WaitAsync(int priority, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Find(priority) is { } waiter)
        {
            using (cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken)))
            {
                await waiter.Task.ConfigureAwait(false);
            }
        }
    }

    /// <summary>Leaves a place.</summary>
    public void Release()
    {
        lock (_waiting)
        {
            foreach (var waiting in _waiting.Values)
            {
                while (waiting.Count > 0)
                {
                    // One whose waiting was cancelled does not take the place.
                    if (waiting.Dequeue().TrySetResult(true))
                    {
                        return;
                    }
                }
            }

            _free++;
        }
    }

    /// <summary>A place in the queue; null where a place was free.</summary>
    private TaskCompletionSource<bool>? Find(int priority)
    {
        lock (_waiting)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            if (!_waiting.TryGetValue(priority, out var queue))
            {
                _waiting[priority] = queue = new();
            }

            var waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Enqueue(waiter);
            return waiter;
        }
    }
}
