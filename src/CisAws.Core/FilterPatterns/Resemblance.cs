using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CisAws.FilterPatterns;

/// <summary>
/// How much a pattern has to do with a reference. It decides what is worth saying about a pattern, and never whether it covers.
/// </summary>
internal static class Resemblance
{
    private static readonly FilterSemantics[] Readings =
        [FilterSemantics.Observed, FilterSemantics.Observed with { InfixStarIsWildcard = false }];

    /// <summary>Whether some event matches both, under any reading; true as well when that would take too long to tell.</summary>
    public static bool Overlaps(FilterPattern reference, FilterPattern pattern, EventDomain domain) =>
        reference.Root is { } wanted && pattern.Root is { } root && CanMatch(AllOf.Of([wanted, root]), domain);

    /// <summary>Whether no event matches the pattern, under any reading.</summary>
    public static bool IsDead(FilterPattern pattern, EventDomain domain) => pattern.Root is { } root && !CanMatch(root, domain);

    /// <summary>
    /// Whether the pattern looks as if it were meant for the reference: it matches an ordinary event of it, or asks a field for
    /// the same value. A filter for denied calls overlaps every reference, because any call can be denied; it is meant for none.
    /// </summary>
    public static bool IsMeantFor(FilterPattern reference, FilterPattern pattern, EventDomain domain) =>
        reference.Root is { } wanted && pattern.Root is { } root && (SharesValue(wanted, root) || MatchesExample(wanted, pattern, domain));

    private static bool CanMatch(FilterExpression expression, EventDomain domain) =>
        Readings.Any(semantics => Tell(() => new EventSpace([expression], domain, semantics).Find(expression, []) is not null));

    private static bool SharesValue(FilterExpression wanted, FilterExpression root)
    {
        var values = new HashSet<string>(wanted.Conditions.OfType<Comparison>().Select(c => c.ToString()), StringComparer.Ordinal);
        return root.Conditions.OfType<Comparison>().Any(c => values.Contains(c.ToString()));
    }

    private static bool MatchesExample(FilterExpression wanted, FilterPattern pattern, EventDomain domain) =>
        Alternatives(wanted).Any(alternative => Tell(() =>
        {
            if (new EventSpace([alternative], domain, FilterSemantics.Observed).Find(alternative, []) is not { } example)
            {
                return false;
            }

            using var record = JsonDocument.Parse(example.ToJson());
            return pattern.Matches(record.RootElement);
        }));

    /// <summary>The alternatives an expression offers at its top: the events of a list of event names.</summary>
    private static IEnumerable<FilterExpression> Alternatives(FilterExpression expression) => expression switch
    {
        AnyOf any => any.Terms,
        AllOf all when all.Terms.OfType<AnyOf>().FirstOrDefault() is { } any =>
            any.Terms.Select(t => AllOf.Of(all.Terms.Select(a => a == any ? t : a))),
        _ => [expression],
    };

    private static bool Tell(Func<bool> decide)
    {
        try
        {
            return decide();
        }
        catch (UndecidableException)
        {
            return true;
        }
    }
}
