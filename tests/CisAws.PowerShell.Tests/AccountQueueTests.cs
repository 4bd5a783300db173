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

    /// <summary>
    /// On a thread of its own, as a pipeline: what it starts is then in the queue that all threads of the pool share, and what is in it longer runs first.
    /// </summary>
    [Fact]
    public Task As_many_accounts_as_the_limit_are_worked_on_and_no_more() => Task.Factory.StartNew(
        () =>
        {
            const int Limit = 2;
            var (active, most, begun) = (0, 0, 0);
            var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var queue = new AccountQueue(Limit, null, _stop.Token);
            for (var i = 0; i < 40; i++)
            {
                queue.Add(async (_, token) =>
                {
                    lock (full)
                    {
                        begun++;
                        most = Math.Max(most, ++active);
                        if (active == Limit)
                        {
                            full.TrySetResult();
                        }
                    }

                    // The first ones wait until more are added than have a place, and let all run that were started.
                    await Task.WhenAll(full.Task, enough.Task).WaitAsync(token);
                    for (var turn = 0; turn < 100; turn++)
                    {
                        await Task.Yield();
                    }

                    lock (full)
                    {
                        active--;
                    }
                });
                if (i == (3 * Limit) - 2)
                {
                    // Adding the next one waits for the first.
                    enough.SetResult();
                }
            }

            queue.Drain();
            Assert.Equal((40, Limit), (begun, most));
        },
        TestContext.Current.CancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    [Fact]
    public void Few_accounts_are_ahead_of_a_slow_pipeline()
    {
        const int Limit = 2;
        // Both are of this thread, the pipeline's.
        var (added, addedBeforeTheFirst) = (0, 0);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var queue = new AccountQueue(Limit, null, _stop.Token);
        for (var i = 0; i < 40; i++)
        {
            var number = i;
            added++;
            queue.Add(async (posts, token) =>
            {
                if (number == 0)
                {
                    posts.Post(() =>
                    {
                        addedBeforeTheFirst = added;
                        first.SetResult();
                    });
                }

                await first.Task.WaitAsync(token);
            });
        }

        queue.Drain();
        Assert.Equal(3 * Limit, addedBeforeTheFirst);
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
