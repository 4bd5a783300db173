using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.PowerShell.Commands;

#pragma warning disable xUnit1031 // What is tested blocks the thread of the pipeline, which a test plays here.

namespace CisAws.PowerShell.Tests;

[Trait("Risk", "Timing")]
public sealed class PipelineQueueTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public void Posts_are_written_in_their_order_on_the_pipelines_thread()
    {
        var written = new List<(int Number, int Thread)>();
        PipelineQueue.Run(
            async (queue, _) =>
            {
                for (var i = 0; i < 3 * PipelineQueue.Capacity; i++)
                {
                    var number = i;
                    queue.Post(() => written.Add((number, Environment.CurrentManagedThreadId)));
                    await Task.Yield();
                }
            },
            _stop.Token);
        Assert.Equal(Enumerable.Range(0, 3 * PipelineQueue.Capacity).Select(i => (i, Environment.CurrentManagedThreadId)), written);
    }

    [Fact]
    public void Work_waits_for_a_slow_pipeline()
    {
        var posted = 0;
        var postedDuringTheFirst = 0;
        Thread? worker = null;
        PipelineQueue.Run(
            (queue, _) =>
            {
                worker = Thread.CurrentThread;
                queue.Post(() =>
                {
                    // Until the worker cannot post any more, or has posted everything.
                    SpinWait.SpinUntil(() => Volatile.Read(ref posted) > 2 * PipelineQueue.Capacity || IsBlocked(worker));
                    postedDuringTheFirst = Volatile.Read(ref posted);
                });
                for (var i = 0; i <= 2 * PipelineQueue.Capacity; i++)
                {
                    queue.Post(() => { });
                    Interlocked.Increment(ref posted);
                }

                return Task.CompletedTask;
            },
            _stop.Token);
        Assert.InRange(postedDuringTheFirst, 0, PipelineQueue.Capacity);
        Assert.Equal((2 * PipelineQueue.Capacity) + 1, posted);
    }

    /// <summary>As of Select-Object -First, which ends the pipeline by an exception while the work waits for room.</summary>
    [Fact]
    public void The_end_of_the_pipeline_lets_waiting_work_go_and_drops_its_posts()
    {
        Task? work = null;
        var written = 0;
        var e = Assert.Throws<TimeoutException>(() => PipelineQueue.Run(
            (queue, token) => work = Task.Run(
                () =>
                {
                    queue.Post(() =>
                    {
                        written++;
                        throw new TimeoutException("enough");
                    });
                    while (!token.IsCancellationRequested)
                    {
                        queue.Post(() => written++);
                    }

                    queue.Post(() => written++);
                },
                CancellationToken.None),
            _stop.Token));
        Assert.Equal("enough", e.Message);
        // The test's own limit shows work that does not end.
        work!.GetAwaiter().GetResult();
        Assert.Equal(1, written);
    }

    [Fact]
    public void Stopping_ends_work_that_waits_for_room()
    {
        Task? work = null;
        Assert.Throws<PipelineStoppedException>(() => PipelineQueue.Run(
            (queue, token) => work = Task.Run(
                () =>
                {
                    queue.Post(_stop.Cancel);
                    while (!token.IsCancellationRequested)
                    {
                        queue.Post(() => { });
                    }
                },
                CancellationToken.None),
            _stop.Token));
        work!.GetAwaiter().GetResult();
    }

    [Fact]
    public void A_post_from_the_pipelines_thread_is_written_at_once()
    {
        var written = new List<string>();
        PipelineQueue.Run(
            (queue, _) =>
            {
                queue.Post(() =>
                {
                    for (var i = 0; i <= PipelineQueue.Capacity; i++)
                    {
                        queue.Post(() => written.Add("inner"));
                    }

                    written.Add("outer");
                });
                return Task.CompletedTask;
            },
            _stop.Token);
        Assert.Equal(PipelineQueue.Capacity + 2, written.Count);
        Assert.Equal("outer", written[^1]);
    }

    [Fact]
    public void A_post_after_the_end_is_dropped()
    {
        PipelineQueue? ended = null;
        PipelineQueue.Run(
            (queue, _) =>
            {
                ended = queue;
                return Task.CompletedTask;
            },
            _stop.Token);
        ended!.Post(() => Assert.Fail("It was written."));
        Task.Run(() => ended.Post(() => Assert.Fail("It was written.")), CancellationToken.None).GetAwaiter().GetResult();
    }

    [Fact]
    public void An_error_of_the_work_comes_out_after_what_it_posted()
    {
        var written = 0;
        Assert.Throws<NotSupportedException>(() => PipelineQueue.Run(
            (queue, _) =>
            {
                queue.Post(() => written++);
                throw new NotSupportedException();
            },
            _stop.Token));
        Assert.Equal(1, written);
    }

    public void Dispose() => _stop.Dispose();

    private static bool IsBlocked(Thread? thread) => (thread!.ThreadState & ThreadState.WaitSleepJoin) != 0;
}
