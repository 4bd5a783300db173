using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// Works on several accounts at the same time, and writes what the work on each posts in the order of the accounts: all of one account, then all of the
/// next. An account that takes long lets others finish before it; what they post waits, and no more of them are begun than <see cref="Ahead"/> allows,
/// so that memory does not grow with the number of accounts.
/// </summary>
/// <param name="limit">How many accounts are worked on at the same time.</param>
/// <param name="onInterval">Runs on the pipeline thread while it waits; null for nothing.</param>
/// <param name="stop">Is cancelled when the pipeline is stopped.</param>
internal sealed class AccountQueue(int limit, Action? onInterval, CancellationToken stop) : IDisposable
{
    /// <summary>How many accounts can be worked on or wait to be written, as a multiple of the limit.</summary>
    private const int Ahead = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Queue<PipelineQueue> _accounts = new();
    private readonly SemaphoreSlim _places = new(limit);

    /// <summary>Begins the work on an account as soon as there is a place, and writes what is due. Called on the pipeline thread.</summary>
    /// <param name="work">Gets the way to the pipeline, and a token that is cancelled when the pipeline has ended.</param>
    /// <exception cref="System.Management.Automation.PipelineStoppedException">The pipeline was stopped.</exception>
    public void Add(Func<PipelineQueue, CancellationToken, Task> work)
    {
        // Taken here, so that accounts are begun in their order.
        var place = _places.WaitAsync(stop);
        _accounts.Enqueue(PipelineQueue.Begin(
            async (queue, token) =>
            {
                await place.ConfigureAwait(false);
                try
                {
                    token.ThrowIfCancellationRequested();
                    await work(queue, token).ConfigureAwait(false);
                }
                finally
                {
                    _places.Release();
                }
            },
            stop));
        while (_accounts.Count > 0 && (_accounts.Count >= Ahead * limit || _accounts.Peek().HasEnded))
        {
            _accounts.Dequeue().Drain(Interval, onInterval);
        }
    }

    /// <summary>Waits for all accounts, and writes what they post.</summary>
    /// <exception cref="System.Management.Automation.PipelineStoppedException">The pipeline was stopped.</exception>
    public void Drain()
    {
        while (_accounts.Count > 0)
        {
            _accounts.Dequeue().Drain(Interval, onInterval);
        }
    }

    /// <summary>Ends the work on the accounts that are not written yet.</summary>
    public void Dispose()
    {
        foreach (var account in _accounts)
        {
            account.Cancel();
        }
    }
}
