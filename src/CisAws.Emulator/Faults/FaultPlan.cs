using System;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;
using System.Threading;

namespace CisAws.Emulator.Faults;

/// <summary>The faults of a server, with how many calls each has seen.</summary>
internal sealed class FaultPlan(IEnumerable<Fault> faults)
{
    private readonly List<(Fault Fault, Counter Seen)> _faults = faults.Select(f => (f, new Counter())).ToList();

    /// <summary>What is to happen to a call; null when nothing is.</summary>
    public FaultEffect? Next(string action, string region)
    {
        foreach (var (fault, seen) in _faults)
        {
            if (!Matches(fault, action, region))
            {
                continue;
            }

            var call = seen.Increment();
            if (call > fault.After && (fault.Times is not { } times || call <= fault.After + (long)times))
            {
                return fault.Effect;
            }
        }

        return null;
    }

    private static bool Matches(Fault fault, string action, string region) =>
        FileSystemName.MatchesSimpleExpression(fault.Action, action, ignoreCase: true) &&
        (fault.Region is null || string.Equals(fault.Region, region, StringComparison.OrdinalIgnoreCase));

    private sealed class Counter
    {
        private long _count;

        public long Increment() => Interlocked.Increment(ref _count);
    }
}
