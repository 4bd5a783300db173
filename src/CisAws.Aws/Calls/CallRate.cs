using System;
using System.Collections.Generic;

namespace CisAws.Aws.Calls;

/// <summary>
/// How fast calls may follow each other. There is no limit until AWS throttles one; then the rate is halved, and rises again with
/// each answer (additive increase, multiplicative decrease), so that it stays near what AWS allows, which is not known beforehand and
/// is shared with all that use the account.
/// </summary>
/// <param name="now">The time; it does not jump.</param>
internal sealed class CallRate(Func<TimeSpan> now)
{
    /// <summary>The slowest rate, in calls a second.</summary>
    public const double Slowest = 1;

    /// <summary>By how many calls a second the rate rises in a second.</summary>
    public const double Rise = 5;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>When the last answers came, of one second: the rate that AWS allowed before it throttled.</summary>
    private readonly Queue<TimeSpan> _answers = new();

    private double? _perSecond;
    private TimeSpan _next;
    private TimeSpan _slowed;

    /// <summary>Calls a second; null while there is no limit.</summary>
    public double? PerSecond
    {
        get
        {
            lock (_answers)
            {
                return _perSecond;
            }
        }
    }

    /// <summary>Gives out the next moment for a call.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan Next()
    {
        lock (_answers)
        {
            if (_perSecond is not { } rate)
            {
                return TimeSpan.Zero;
            }

            var (time, moment) = (now(), _next);
            moment = moment > time ? moment : time;
            _next = moment + TimeSpan.FromSeconds(1 / rate);
            return moment - time;
        }
    }

    /// <summary>Notes an answer, be it an error, that is not a throttle error.</summary>
    public void Answered()
    {
        lock (_answers)
        {
            if (_perSecond is { } rate)
            {
                _perSecond = rate + (Rise / rate);
                return;
            }

            _answers.Enqueue(now());
            ForgetOldAnswers();
        }
    }

    /// <summary>Notes a throttle error.</summary>
    /// <param name="sent">When the call was sent: one that was sent at the former rate says nothing about the new one.</param>
    public void Throttled(TimeSpan sent)
    {
        lock (_answers)
        {
            if (_perSecond is not null && sent <= _slowed)
            {
                return;
            }

            ForgetOldAnswers();
            _perSecond = Math.Max(Slowest, (_perSecond ?? _answers.Count) / 2);
            _slowed = now();
            var next = _slowed + TimeSpan.FromSeconds(1 / _perSecond.Value);
            _next = _next > next ? _next : next;
        }
    }

    private void ForgetOldAnswers()
    {
        while (_answers.Count > 0 && _answers.Peek() < now() - Second)
        {
            _answers.Dequeue();
        }
    }
}
