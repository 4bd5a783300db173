using System;
using System.Collections.Generic;

namespace CisAws.Emulator.Faults;

/// <summary>
/// Limits the rate of calls to each service in each region, as AWS does: by a bucket of tokens that holds those of a second and is
/// filled at the rate.
/// </summary>
/// <param name="perSecond">Calls a second; null for no limit.</param>
/// <param name="time">The time.</param>
internal sealed class RateLimit(int? perSecond, TimeProvider time)
{
    private readonly Dictionary<(string Service, string Region), (double Tokens, long Filled)> _buckets = [];

    /// <summary>Takes a token for a call; false if there is none, so that the call is to be throttled.</summary>
    public bool TryTake(string service, string region)
    {
        if (perSecond is not { } rate)
        {
            return true;
        }

        lock (_buckets)
        {
            var now = time.GetTimestamp();
            var bucket = _buckets.GetValueOrDefault((service, region), (rate, now));
            var tokens = Math.Min(rate, bucket.Tokens + (time.GetElapsedTime(bucket.Filled, now).TotalSeconds * rate));
            var isAllowed = tokens >= 1;
            _buckets[(service, region)] = (isAllowed ? tokens - 1 : tokens, now);
            return isAllowed;
        }
    }
}
