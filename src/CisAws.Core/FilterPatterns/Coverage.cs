using System.Collections.Generic;
using System.Threading;

namespace CisAws.FilterPatterns;

/// <summary>
/// Decides whether filters together match every event that a reference matches. The answer is exact for the events of a domain:
/// when it is no, there is an event to show for it, and what would take too much work is called undecidable and not guessed.
/// </summary>
public static class Coverage
{
    /// <summary>Compares filters with a reference.</summary>
    /// <param name="reference">What is to be matched.</param>
    /// <param name="filters">The patterns of the filters, which count together.</param>
    /// <param name="domain">The events that there are.</param>
    public static CoverageResult Decide(FilterPattern reference, IReadOnlyList<FilterPattern> filters, EventDomain domain) =>
        new ReferenceCoverage(reference, domain, CancellationToken.None).Decide(filters);
}
