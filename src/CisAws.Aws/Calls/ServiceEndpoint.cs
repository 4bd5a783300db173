using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Aws.Calls;

/// <summary>
/// A service in a region, as its calls find it: how many can be under way, how fast they may follow each other, and whether it still
/// responds. AWS limits the rate of calls for each service in each region.
/// </summary>
/// <param name="region">The region, with all its services; null for a global service.</param>
/// <param name="clock">The time.</param>
internal sealed class ServiceEndpoint(RegionHealth? region, Clock clock)
{
    /// <summary>How many calls can be under way at once.</summary>
    public const int MostCalls = 16;

    /// <summary>For how long it may answer with nothing but throttle errors.</summary>
    private static readonly TimeSpan LongestThrottling = TimeSpan.FromSeconds(30);

    private readonly object _lock = new();
    private int _responses;
    private TimeSpan? _throttledSince;

    /// <summary>Calls that would fail again, by their actions. One that hangs may be the action's fault; several are the service's.</summary>
    private readonly Dictionary<string, ReadFailure> _failures = new(StringComparer.Ordinal);

    /// <summary>The places of the calls that are under way.</summary>
    public PrioritySemaphore Places { get; } = new(MostCalls);

    /// <summary>How fast the calls may follow each other.</summary>
    public CallRate Rate { get; } = new(clock.Elapsed);

    /// <summary>The time; it does not jump.</summary>
    public TimeSpan Now => clock.Elapsed();

    /// <summary>Why an action is not called any more; null while it is.</summary>
    public ReadFailure? FailureOf(string action)
    {
        lock (_lock)
        {
            return _failures.Count > 1 ? _failures.First().Value
                : _failures.TryGetValue(action, out var why) ? why
                : region?.Failure;
        }
    }

    /// <summary>How often it has responded so far, to compare with when a call has failed.</summary>
    public int Responses
    {
        get
        {
            lock (_lock)
            {
                return _responses;
            }
        }
    }

    /// <summary>True when it has answered with nothing but throttle errors for long.</summary>
    public bool IsThrottledForLong
    {
        get
        {
            lock (_lock)
            {
                return _throttledSince is { } since && Now - since >= LongestThrottling;
            }
        }
    }

    /// <summary>Notes the response to one attempt of a call.</summary>
    /// <param name="isThrottled">Whether it is a throttle error.</param>
    /// <param name="sent">When the attempt was sent.</param>
    public void Responded(bool isThrottled, TimeSpan sent)
    {
        region?.Responded();
        lock (_lock)
        {
            _responses++;
            _throttledSince = isThrottled ? _throttledSince ?? Now : null;
            if (!isThrottled)
            {
                _failures.Clear();
            }
        }

        if (isThrottled)
        {
            Rate.Throttled(sent);
        }
        else
        {
            Rate.Answered();
        }
    }

    /// <summary>
    /// Notes a call that has failed after all its attempts. If there was no response to any call since it began, or long nothing but throttle
    /// errors, the next calls would only take the same time to fail.
    /// </summary>
    /// <param name="why">Why it failed.</param>
    /// <param name="responses">How often the endpoint had responded when the call began.</param>
    public void Failed(ReadFailure why, int responses)
    {
        var isTimeout = why is { Kind: ReadFailureKind.Unreachable, ErrorCode: ErrorClassifier.Timeout };
        lock (_lock)
        {
            if ((isTimeout && _responses == responses) || (why.Kind == ReadFailureKind.Throttled && IsThrottledForLong))
            {
                _failures[why.Action] = why;
            }
        }

        if (isTimeout)
        {
            region?.TimedOut(why);
        }
    }
}
