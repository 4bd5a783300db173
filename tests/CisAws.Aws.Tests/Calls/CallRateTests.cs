using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Tests.Calls;

public class CallRateTests
{
    private TimeSpan _now = TimeSpan.FromHours(1);

    /// <summary>What happens, with how many milliseconds pass before it, and the rate then: "-" while there is no limit.</summary>
    public static TheoryData<string, string> Tables => new()
    {
        // Until AWS throttles, calls are not paced.
        { "0 answer, 0 answer, 5000 answer", "- - -" },
        // The first throttle error halves what was answered in the last second; older answers do not count.
        { "0 answer, 10 answer, 10 answer, 10 answer, 10 throttle", "- - - - 2" },
        { "0 answer, 900 answer, 50 answer, 40 answer, 100 answer, 0 throttle", "- - - - - 2" },
        // Without an answer before, the rate is the slowest, and never below it.
        { "0 throttle, 1 throttle, 1 throttle", "1 1 1" },
        // Each answer adds 5 / rate, so that the rate rises by 5 in the time of as many calls as it allows a second.
        { "0 throttle, 0 answer, 0 answer, 0 answer", "1 6 6.833 7.565" },
        // A call that was sent before the rate was halved says nothing about the new rate.
        { "0 throttle, 0 answer, 0 answer, 100 throttle, 0 late, 0 late, 0 answer, 100 throttle", "1 6 6.833 3.417 3.417 3.417 4.88 2.44" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_rate_is_halved_by_throttle_errors_and_rises_with_answers(string events, string rates)
    {
        var rate = new CallRate(() => _now);
        var seen = new List<string>();
        foreach (var (milliseconds, what) in events.Split(", ").Select(e => e.Split(' ')).Select(e => (double.Parse(e[0], CultureInfo.InvariantCulture), e[1])))
        {
            _now += TimeSpan.FromMilliseconds(milliseconds);
            switch (what)
            {
                case "answer":
                    rate.Answered();
                    break;
                case "throttle":
                    rate.Throttled(sent: _now);
                    _now += TimeSpan.FromTicks(1);
                    break;
                case "late":
                    rate.Throttled(sent: _now - TimeSpan.FromMilliseconds(50));
                    break;
                default:
                    throw new InvalidOperationException(what);
            }

            seen.Add(rate.PerSecond is { } perSecond ? Math.Round(perSecond, 3).ToString(CultureInfo.InvariantCulture) : "-");
        }

        Assert.Equal(rates, string.Join(" ", seen));
    }

    [Fact]
    public void Calls_wait_for_their_moments_one_after_the_other()
    {
        var rate = new CallRate(() => _now);
        Assert.Equal([0, 0, 0], Waits(rate, 3));

        for (var i = 0; i < 8; i++)
        {
            rate.Answered();
        }

        rate.Throttled(sent: _now);
        Assert.Equal([250, 500, 750], Waits(rate, 3));

        _now += TimeSpan.FromMilliseconds(600);
        Assert.Equal([400, 650], Waits(rate, 2));

        // What was not used is not made up for.
        _now += TimeSpan.FromMinutes(1);
        Assert.Equal([0, 250], Waits(rate, 2));
    }

    /// <summary>AWS as it documents its limits: a bucket of tokens, filled at a rate.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void A_thousand_calls_take_nearly_the_time_that_the_limit_demands(int perSecond)
    {
        var rate = new CallRate(() => _now);
        var (tokens, filled, begun) = ((double)perSecond, _now, _now);
        var (done, throttled) = (0, 0);
        while (done < 1000)
        {
            // Each call takes 10 ms, and they do not overlap: without pacing there would be 100 a second.
            _now += TimeSpan.FromMilliseconds(10);
            _now += rate.Next();
            tokens = Math.Min(perSecond, tokens + ((_now - filled).TotalSeconds * perSecond));
            filled = _now;
            if (tokens >= 1)
            {
                tokens--;
                done++;
                rate.Answered();
            }
            else
            {
                throttled++;
                rate.Throttled(sent: _now);
            }
        }

        var least = 1000.0 / perSecond;
        Assert.InRange((_now - begun).TotalSeconds, least - 1.1, least * 1.25);
        Assert.InRange(throttled, 0, 200);
    }

    private static List<double> Waits(CallRate rate, int count) => [.. Enumerable.Range(0, count).Select(_ => rate.Next().TotalMilliseconds)];
}
