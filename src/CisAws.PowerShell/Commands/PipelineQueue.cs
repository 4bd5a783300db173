using System;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// Carries writes from other threads to the pipeline thread, which is the only one where a cmdlet may write. It holds a limited number: work that
/// is faster than the pipeline waits.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A collection whose wait handles are not used holds nothing, and late posts still reach it.")]
internal sealed class PipelineQueue
{
    /// <summary>
    /// How many writes can wait: more than the calls of most accounts, so that an assessment usually goes on while its output is read page by page.
    /// </summary>
    public const int Capacity = 1000;

    private readonly BlockingCollection<Action> _writes;
    private readonly Thread _pipeline = Thread.CurrentThread;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _cancel;
    private readonly CancellationToken _end;
    private readonly Task _task;

    private PipelineQueue(Func<PipelineQueue, CancellationToken, Task> work, int? capacity, CancellationToken stop)
    {
        _writes = capacity is { } most ? new(most) : new();
        _stop = stop;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _end = _cancel.Token;
        _task = Task.Run(
            async () =>
            {
                try
                {
                    await work(this, _end).ConfigureAwait(false);
                }
                finally
                {
                    _writes.CompleteAdding();
                }
            },
            CancellationToken.None);
    }

    /// <summary>True when the work has ended; what it posted may still wait to be written.</summary>
    public bool HasEnded => _writes.IsAddingCompleted;

    /// <summary>Runs work off this thread, the pipeline's, and on this thread what the work posts, until it ends.</summary>
    /// <param name="work">Gets the queue, and a token that is cancelled when the pipeline has ended.</param>
    /// <param name="stop">Is cancelled when the pipeline is stopped.</param>
    /// <exception cref="PipelineStoppedException"><paramref name="stop"/> was cancelled.</exception>
    public static void Run(Func<PipelineQueue, CancellationToken, Task> work, CancellationToken stop) => new PipelineQueue(work, Capacity, stop).Drain();

    /// <summary>
    /// Begins work off this thread, the pipeline's. It does not wait for the pipeline: what it posts is kept until <see cref="Drain"/>, which has to be called.
    /// </summary>
    /// <param name="work">Gets the queue, and a token that is cancelled when the pipeline has ended.</param>
    /// <param name="stop">Is cancelled when the pipeline is stopped.</param>
    public static PipelineQueue Begin(Func<PipelineQueue, CancellationToken, Task> work, CancellationToken stop) => new(work, capacity: null, stop);

    /// <summary>Runs on this thread, the pipeline's, what the work posts, until it ends.</summary>
    /// <param name="interval">How often <paramref name="onInterval"/> runs while nothing is posted; infinite by default.</param>
    /// <param name="onInterval">What runs then.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public void Drain(TimeSpan? interval = null, Action? onInterval = null)
    {
        try
        {
            while (!_writes.IsCompleted)
            {
                if (_writes.TryTake(out var write, (int?)interval?.TotalMilliseconds ?? Timeout.Infinite, _stop))
                {
                    write();
                }
                else
                {
                    onInterval?.Invoke();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            // Select-Object -First ends the pipeline by an exception out of WriteObject, and the work must not continue behind it. Posts that wait
            // are dropped, and the work has a moment to end.
            Cancel();
            ((IAsyncResult)_task).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(500));
            _ = _task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            _cancel.Dispose();
        }

        if (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        _task.GetAwaiter().GetResult();
    }

    /// <summary>Ends the work, whose posts are dropped.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>
    /// Has something written on the pipeline thread, and waits while too much waits there already. On that thread itself it is written at once.
    /// After the end of the pipeline it is dropped.
    /// </summary>
    public void Post(Action write)
    {
        if (_end.IsCancellationRequested)
        {
            return;
        }

        if (Thread.CurrentThread == _pipeline)
        {
            write();
            return;
        }

        try
        {
            _writes.Add(write, _end);
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // The pipeline or the work ended in the meantime.
        }
    }
}
