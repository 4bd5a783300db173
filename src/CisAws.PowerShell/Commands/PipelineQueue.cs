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

    private readonly BlockingCollection<Action> _writes = new(Capacity);
    private readonly Thread _pipeline = Thread.CurrentThread;
    private readonly CancellationToken _end;

    private PipelineQueue(CancellationToken end) => _end = end;

    /// <summary>Runs work off this thread, the pipeline's, and on this thread what the work posts, until it ends.</summary>
    /// <param name="work">Gets the queue, and a token that is cancelled when the pipeline has ended.</param>
    /// <param name="stop">Is cancelled when the pipeline is stopped.</param>
    /// <exception cref="PipelineStoppedException"><paramref name="stop"/> was cancelled.</exception>
    public static void Run(Func<PipelineQueue, CancellationToken, Task> work, CancellationToken stop)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var token = cancel.Token;
        var queue = new PipelineQueue(token);
        var task = Task.Run(
            async () =>
            {
                try
                {
                    await work(queue, token).ConfigureAwait(false);
                }
                finally
                {
                    queue._writes.CompleteAdding();
                }
            },
            CancellationToken.None);
        try
        {
            foreach (var write in queue._writes.GetConsumingEnumerable(stop))
            {
                write();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            // Select-Object -First ends the pipeline by an exception out of WriteObject, and the work must not continue behind it. Posts that wait
            // are dropped, and the work has a moment to end.
            cancel.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(500));
            _ = task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        if (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        task.GetAwaiter().GetResult();
    }

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
