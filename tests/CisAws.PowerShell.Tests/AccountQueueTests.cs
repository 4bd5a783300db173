using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.PowerShell.Commands;

#pragma warning disable xUnit1031 // What is tested blocks the thread of the pipeline, which a test plays here.

namespace CisAws.PowerShell.Tests;

/// <summary>How the work on several accounts is begun, bounded and written.</summary>
[Trait("Risk", "Timing")]
public sealed class AccountQueueTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Accounts_are_written_in_their_order_whatever_ends_first()
    {
        var written = new List<int>();
        using var queue = new AccountQueue(4, null, _stop.Token);
        using var last = new ManualResetEventSlim();
        for (var i = 0; i < 4; i++)
        {
            var number = i;
            queue.Add((posts, token) =>
            {
                // The first one ends after the last one.
                if (number == 0)
                {
                    last.Wait(token);
                }

                posts.Post(() => written.Add(number));
                posts.Post(() => written.Add(number));
                if (number == 3)
                {
                    last.Set();
                }

                return Task.CompletedTask;
            });
        }

        queue.Drain();
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3], written);
    }

    [Fact]
    public void No_more_accounts_than_the_limit_are_worked_on_and_few_are_ahead_of_a_slow_pipeline()
    {
        const int Limit = 2;
        var (active, most, begun, written, ahead) = (0, 0, 0, 0, 0);
        using var queue = new AccountQueue(Limit, null, _stop.Token);
        for (var i = 0; i < 40; i++)
        {
            queue.Add(async (posts, token) =>
            {
                var now = Interlocked.Increment(ref active);
                most = Math.Max(Volatile.Read(ref most), now);
                Interlocked.Increment(ref begun);
                // Time for another one to be begun, if it can be.
                await Task.Delay(2, token);
                posts.Post(() => ahead = Math.Max(ahead, Volatile.Read(ref begun) - written++));
                Interlocked.Decrement(ref active);
            });
        }

        queue.Drain();
        Assert.Equal((40, 40), (begun, written));
        Assert.InRange(most, 1, Limit);
        Assert.InRange(ahead, 1, 3 * Limit);
    }

    [Fact]
    public void What_ends_the_pipeline_ends_the_work_on_all_accounts()
    {
        using var begun = new CountdownEvent(2);
        using var ended = new CountdownEvent(2);
        using (var queue = new AccountQueue(3, null, _stop.Token))
        {
            queue.Add((posts, token) =>
            {
                begun.Wait(token);
                posts.Post(() => throw new PipelineStoppedException());
                return Task.CompletedTask;
            });
            queue.Add(UntilCancelledAsync);
            queue.Add(UntilCancelledAsync);
            Assert.Throws<PipelineStoppedException>(queue.Drain);
        }

        Assert.True(ended.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        async Task UntilCancelledAsync(PipelineQueue posts, CancellationToken token)
        {
            begun.Signal();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                ended.Signal();
            }
        }
    }
}
