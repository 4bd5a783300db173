using System.Collections.Generic;
using System.Linq;

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
    public static CoverageResult Decide(FilterPattern reference, IReadOnlyList<FilterPattern> filters, EventDomain domain)
    {
        var wildcard = new CoverageCase(reference, filters, domain, FilterSemantics.Observed).Decide();
        if (!filters.Append(reference).Any(HasInfixStar))
        {
            return wildcard;
        }

        var literal = new CoverageCase(reference, filters, domain, FilterSemantics.Observed with { InfixStarIsWildcard = false }).Decide();
        return Both(wildcard, literal);
    }

    private static bool HasInfixStar(FilterPattern pattern) =>
        pattern.Root is { } root && root.Conditions.Any(c => c is Comparison { Value: TextValue { HasInfixStar: true } });

    /// <summary>What holds under both readings of a star in the middle of a text.</summary>
    private static CoverageResult Both(CoverageResult wildcard, CoverageResult literal)
    {
        if (wildcard.Outcome == CoverageOutcome.Undecidable || wildcard.Outcome == literal.Outcome)
        {
            return wildcard;
        }

        if (literal.Outcome == CoverageOutcome.Undecidable || wildcard.Covers == literal.Covers)
        {
            // Of equal and broader, or dead and narrower, the one that says less.
            return literal.Outcome is CoverageOutcome.Equivalent or CoverageOutcome.Dead ? wildcard : literal;
        }

        var (doubt, other) = wildcard.Covers ? ("is not", literal) : ("is", wildcard);
        return new CoverageResult(
            CoverageOutcome.Undecidable,
            "It cannot be told: AWS's sources differ on whether a star in the middle of a text is a wildcard. " +
            $"If it {doubt}: {other.Explanation}")
        {
            Obstacle = CoverageObstacle.InfixStar,
        };
    }
}
