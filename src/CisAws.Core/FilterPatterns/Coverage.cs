using System.Collections.Generic;
using System.Threading;

namespace CisAws.FilterPatterns;

/// <summary>
/// Decides whether filters together match every event that a reference matches. The result is exact for the events of a domain:
/// filters that do not are shown an event that they miss, and what would take too much work is undecidable, never guessed.
/// </summary>
internal static class Coverage
{
    /// <summary>Compares filters with a reference.</summary>
    /// <param name="reference">The pattern whose events are to be matched.</param>
    /// <param name="filters">The patterns of the filters, which are taken together.</param>
    /// <param name="domain">The events that can occur.</param>
    public static CoverageResult Decide(FilterPattern reference, IReadOnlyList<FilterPattern> filters, EventDomain domain) =>
        new ReferenceCoverage(reference, domain, CancellationToken.None).Decide(filters);
}
