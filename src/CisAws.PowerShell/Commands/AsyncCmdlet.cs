using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// A cmdlet whose work runs off the pipeline thread. Everything it has to say is posted and said on that thread, which is
/// the only one where a cmdlet may write; Ctrl+C cancels the work at once.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private BlockingCollection<Action>? _posted;

    /// <summary>Runs work and says what it posts, until it ends.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped meanwhile.</exception>
    private protected void Run(Func<CancellationToken, Task> work)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var posted = new BlockingCollection<Action>();
        _posted = posted;
        var task = Task.Run(
            async () =>
            {
                try
                {
                    await work(cancel.Token).ConfigureAwait(false);
                }
                finally
                {
                    posted.CompleteAdding();
                }
            },
            CancellationToken.None);
        try
        {
            foreach (var say in posted.GetConsumingEnumerable(_stop.Token))
            {
                say();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            // A downstream Select-Object -First ends the pipeline by an exception out of WriteObject: the work must not go
            // on behind it. It is given a moment to notice; what it posts afterwards is dropped.
            cancel.Cancel();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(500));
            _posted = null;
            _ = task.ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        if (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Has something said on the pipeline thread. Callable from any thread; after the end it is dropped.</summary>
    private protected void Post(Action say)
    {
        try
        {
            _posted?.Add(say);
        }
        catch (InvalidOperationException)
        {
            // The collection was completed or disposed between the question and the answer: nobody listens any more.
        }
    }

    /// <summary>Writes a verbose line, safe to show, without a question.</summary>
    private protected new void WriteVerbose(string text) => this.ShowVerbose(text);

    /// <summary>Writes a debug line, safe to show, without a question.</summary>
    private protected new void WriteDebug(string text) => this.ShowDebug(text);

    /// <summary>Writes a warning, safe to show, without a question.</summary>
    private protected new void WriteWarning(string text) => this.ShowWarning(text);

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }
}
