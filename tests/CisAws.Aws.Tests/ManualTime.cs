using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Tests;

/// <summary>
/// The time of an emulator and of the client that calls it. It passes only where the client waits, and then at once: to the end of the
/// shortest wait, and on when the request has come that was waited for.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, TimeSpan> _waits = new();
    private TimeSpan _elapsed;
    private bool _isExpecting;

    /// <param name="start">The time of day when nothing has been waited for.</param>
    public ManualTime(DateTimeOffset start) => Clock = new Clock(() => start + Elapsed, (wait, _) => WaitAsync(wait)) { Elapsed = () => Elapsed };

    /// <summary>The client's clock.</summary>
    public Clock Clock { get; }

    /// <summary>How much time has passed.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Lets the next wait end; for each request that the emulator has received.</summary>
    public void OnRequest()
    {
        lock (_lock)
        {
            _isExpecting = false;
            EndShortestWait();
        }
    }

    private Task WaitAsync(TimeSpan wait)
    {
        lock (_lock)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Enqueue(end, _elapsed + wait);
            EndShortestWait();
            return end.Task;
        }
    }

    private void EndShortestWait()
    {
        if (!_isExpecting && _waits.TryDequeue(out var end, out var time))
        {
            _elapsed = time > _elapsed ? time : _elapsed;
            _isExpecting = true;
            end.SetResult();
        }
    }
}
