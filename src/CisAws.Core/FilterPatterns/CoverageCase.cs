using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>The result of a comparison under one reading of what AWS does not document.</summary>
/// <param name="Missed">An event that the reference matches and no filter does; null when there is none, or none is known.</param>
/// <param name="Alternative">How the reference matches it.</param>
/// <param name="UndecidableReason">Why it is not known whether there is one.</param>
/// <param name="Why">The same as text, to follow "because".</param>
internal sealed record CaseResult(ExampleEvent? Missed = null, Alternative? Alternative = null, UndecidableReason UndecidableReason = UndecidableReason.None, string Why = "")
{
    public bool Covers => Missed is null && UndecidableReason == UndecidableReason.None;

    /// <summary>The alternatives that only several filters together cover, when they cover.</summary>
    public IReadOnlyList<CoveredTogether> Together { get; init; } = [];
}

/// <summary>An alternative that no filter covers alone.</summary>
/// <param name="Alternative">The alternative.</param>
/// <param name="Filters">Filters that together cover it; more of them than necessary, it may be.</param>
internal sealed record CoveredTogether(Alternative Alternative, IReadOnlyList<FilterPattern> Filters);

/// <summary>
/// Compares filters with a reference under one reading of what AWS does not document. Each alternative of the reference is decided on
/// its own: first by each filter alone, then, where none is enough, by the filters together. The result for a single filter is kept,
/// and each decision has its own budget, so that a result depends neither on the order of the filters nor on the number of others.
/// </summary>
internal sealed class CoverageCase
{
    // In steps. A filter of the greatest length that AWS allows takes some thousands.
    private const int SingleFilterBudget = 100_000;
    private const int CombinedBudget = 3_000_000;
    private const int ExampleBudget = 300_000;

    private readonly FilterPattern _reference;
    private readonly EventDomain _domain;
    private readonly FilterSemantics _semantics;
    private readonly WorkBudget _whole;
    private readonly CancellationToken _cancellationToken;
    private readonly int _ways;
    private readonly Dictionary<FilterPattern, Alone[]> _alone = [];

    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public CoverageCase(FilterPattern reference, EventDomain domain, FilterSemantics semantics, WorkBudget whole, CancellationToken cancellationToken)
    {
        (_reference, _domain, _semantics, _whole, _cancellationToken) = (reference, domain, semantics, whole, cancellationToken);
        var ways = Alternative.Of(reference, domain, semantics, Budget(long.MaxValue));
        _ways = ways.Count;
        var budget = Math.Max(SingleFilterBudget, CombinedBudget / ways.Count);
        var possible = new List<Alternative>(ways.Count);
        foreach (var way in ways)
        {
            if (IsPossible(way, budget))
            {
                possible.Add(way);
            }
        }

        Alternatives = possible;
    }

    /// <summary>Whether a filter alone covers an alternative.</summary>
    private enum Alone : byte
    {
        NotAsked,
        Covers,
        DoesNotCover,
        NotKnown,
    }

    /// <summary>The alternatives of the reference that some event matches.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; }

    public CaseResult Decide(IReadOnlyList<FilterPattern> filters)
    {
        if (ExactOf(filters) is not null)
        {
            return new CaseResult();
        }

        var undecided = new CaseResult();
        var together = new List<CoveredTogether>();
        foreach (var alternative in Alternatives)
        {
            if (IsCoveredAlone(alternative, filters))
            {
                continue;
            }

            var result = Together(alternative, filters);
            if (result.Missed is not null)
            {
                return result;
            }

            undecided = undecided.Covers ? result : undecided;
            together.AddRange(result.Together);
        }

        return undecided.Covers ? new CaseResult { Together = together } : undecided;
    }

    /// <summary>As few as possible of filters that cover: those first that alone are enough for most.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="covered">What Decide found of them.</param>
    public IReadOnlyList<FilterPattern> Needed(IReadOnlyList<FilterPattern> filters, CaseResult covered)
    {
        var needed = ExactOf(filters) is { } exact ? [exact] : NeededOf(filters, covered.Together);
        return [.. filters.Where(needed.Contains)];
    }

    /// <summary>
    /// Whether some event can be matched by the reference and the filter; true as well when that is not known, as for terms that may
    /// be anywhere in an event.
    /// </summary>
    public bool Overlaps(FilterPattern filter)
    {
        if (filter.Root is not { } root)
        {
            return true;
        }

        foreach (var way in Alternatives)
        {
            if (way.Truth(root) ?? (way.Example?.IsMatchedBy(root, _semantics) == true || MayExist([new(way.Expression, true), new(root, true)])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether some event can be matched by the filter; true as well when that is not known.</summary>
    public bool CanMatch(FilterPattern filter) => filter.Root is not { } root || MayExist([new(root, true)]);

    /// <summary>
    /// An event that the filter matches and the reference does not. Null with true for none, and with false when that is not known.
    /// </summary>
    public (ExampleEvent? Event, bool IsKnown) Surplus(FilterPattern filter)
    {
        if (filter.Root is not { } root || filter.Equals(_reference))
        {
            return (null, filter.Root is not null);
        }

        try
        {
            return (Find([new(root, true), new(_reference.Root!, false)], ExampleBudget), true);
        }
        catch (UndecidableException)
        {
            return (null, false);
        }
    }

    /// <summary>
    /// Changes an event that one expression matches and no other does until it differs as little as possible from an event that one of
    /// the others matches too, so that it shows the decisive difference only. Also returns the decisive fields, and the place of the
    /// expression that comes nearest; null when none does.
    /// </summary>
    /// <param name="found">The event.</param>
    /// <param name="matched">The expression that matches it.</param>
    /// <param name="isKnown">Whether a field counts as shared.</param>
    /// <param name="unmatched">The expressions that do not match it; null for one that is not of fields.</param>
    /// <param name="comparable">Which of them the event may come near to; null for all.</param>
    public (ExampleEvent Event, IReadOnlyList<Selector> Decisive, int? Nearest) Simplify(
        ExampleEvent found, FilterExpression matched, Func<Selector, bool> isKnown, IReadOnlyList<FilterExpression?> unmatched, IReadOnlyList<bool>? comparable = null)
    {
        var budget = Budget(ExampleBudget);
        var roots = unmatched.OfType<FilterExpression>().ToList();
        Neighbour? best = null;
        try
        {
            foreach (var other in NeighboursOf(unmatched, isKnown, comparable))
            {
                if (best is not null && (best.Shared > other.Shared || best.Decisive.Count == 1))
                {
                    break;
                }

                if (Find([new(matched, true), new(other.Root, true)], budget) is { } both)
                {
                    (other.Event, other.Decisive) = Simplify(found, both, matched, other.Root, roots, budget);
                    best = best is null || other.Decisive.Count < best.Decisive.Count ? other : best;
                }
            }
        }
        catch (UndecidableException)
        {
            // The example is correct as it is, only less clear.
        }

        return best is null ? (found, [], null) : (best.Event!, best.Decisive, best.Place);
    }

    /// <summary>The expressions that share fields with what is matched, those with most fields first.</summary>
    private static IEnumerable<Neighbour> NeighboursOf(IReadOnlyList<FilterExpression?> expressions, Func<Selector, bool> isKnown, IReadOnlyList<bool>? comparable)
    {
        var all = new List<Neighbour>();
        for (var place = 0; place < expressions.Count; place++)
        {
            if (expressions[place] is { } root && comparable?[place] != false)
            {
                var shared = root.Conditions.Select(c => c.Selector).Distinct().Count(isKnown);
                if (shared > 0 || expressions.Count == 1)
                {
                    all.Add(new Neighbour(root, place, shared));
                }
            }
        }

        return all.OrderByDescending(n => n.Shared).ThenBy(n => n.Root.ToString(), StringComparer.Ordinal).Take(10);
    }

    private (ExampleEvent Event, IReadOnlyList<Selector> Decisive) Simplify(
        ExampleEvent found, ExampleEvent both, FilterExpression matched, FilterExpression near, IReadOnlyList<FilterExpression> unmatched, WorkBudget budget)
    {
        // A difference in a field that nearly every event has is easier to understand than a missing field elsewhere.
        List<Demand> demands = [new(matched, true), .. unmatched.Select(u => new Demand(u, false))];
        var selectors = matched.Conditions.Concat(near.Conditions).Select(c => c.Selector).Distinct()
            .OrderByDescending(s => _domain.Of(s).IsUsual);
        foreach (var selector in selectors.Where(s => _domain.Of(s).Only is null))
        {
            if (new EventSearch(demands, _domain, _semantics, budget, both, selector).Find() is { } changed)
            {
                return (changed, [selector]);
            }
        }

        // One field is not enough: undo the differences one by one while the event still is an example.
        foreach (var selector in found.DifferencesFrom(both).Where(s => !found.Selectors.Any(o => !o.Equals(s) && o.BearsOn(s))))
        {
            var changed = found.With(selector, both.ValueOf(selector));
            if (changed.IsMatchedBy(matched, _semantics) && !unmatched.Any(u => changed.IsMatchedBy(u, _semantics)))
            {
                found = changed;
            }
        }

        return (found, found.DifferencesFrom(both));
    }

    private FilterPattern? ExactOf(IReadOnlyList<FilterPattern> filters)
    {
        foreach (var filter in filters)
        {
            if (filter.Equals(_reference))
            {
                return filter;
            }
        }

        return null;
    }

    private bool IsPossible(Alternative alternative, int budget)
    {
        try
        {
            alternative.Example = Find([new(alternative.Expression, true)], budget);
            return alternative.Example is not null;
        }
        catch (UndecidableException)
        {
            return true;
        }
    }

    private bool IsCoveredAlone(Alternative alternative, IReadOnlyList<FilterPattern> filters)
    {
        foreach (var filter in filters)
        {
            if (CoversAlone(filter, alternative))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the filter alone is known to match every event of the alternative.</summary>
    private bool CoversAlone(FilterPattern filter, Alternative alternative)
    {
        if (!_alone.TryGetValue(filter, out var alone))
        {
            _alone[filter] = alone = new Alone[_ways];
        }

        if (alone[alternative.Place] == Alone.NotAsked)
        {
            alone[alternative.Place] = DecideAlone(filter, alternative) switch
            {
                true => Alone.Covers,
                false => Alone.DoesNotCover,
                null => Alone.NotKnown,
            };
        }

        return alone[alternative.Place] == Alone.Covers;
    }

    private bool? DecideAlone(FilterPattern filter, Alternative alternative)
    {
        if (filter.Root is not { } root)
        {
            return filter.Terms?.Matches(alternative.Values) == true ? true : null;
        }

        if (filter.Equals(_reference))
        {
            return true;
        }

        if (alternative.Truth(root) is { } truth)
        {
            return truth;
        }

        if (alternative.Example?.IsMatchedBy(root, _semantics) == false)
        {
            return false;
        }

        try
        {
            return !Exists([new(alternative.Expression, true), new(root, false)], Budget(SingleFilterBudget));
        }
        catch (UndecidableException)
        {
            return null;
        }
    }

    /// <summary>Whether filters that each alone are not enough cover an alternative together.</summary>
    private CaseResult Together(Alternative alternative, IReadOnlyList<FilterPattern> filters)
    {
        // Sorted, so that what the search looks at first does not depend on the filters' order.
        var near = filters.Where(f => f.Root is not null && alternative.Truth(f.Root) != false).Distinct()
            .OrderBy(f => f.ToString(), StringComparer.Ordinal).ToList();
        var budget = Math.Max(SingleFilterBudget, CombinedBudget / Alternatives.Count);
        try
        {
            return Together(alternative, filters, near, budget);
        }
        catch (UndecidableException e)
        {
            // The filters that are easy to compare may be enough.
            var easy = near.Where(f => !f.Root!.Conditions.Any(c => c is Comparison { Value: RegexValue or TextValue { HasInfixStar: true } })).ToList();
            try
            {
                if (easy.Count < near.Count && Together(alternative, [], easy, budget) is { Covers: true } result)
                {
                    return result;
                }
            }
            catch (UndecidableException)
            {
                // These are undecidable too, for the same reason.
            }

            return new CaseResult(UndecidableReason: UndecidableReason.TooComplex, Why: e.Message);
        }
    }

    private CaseResult Together(Alternative alternative, IReadOnlyList<FilterPattern> filters, IReadOnlyList<FilterPattern> near, int budget)
    {
        var missed = alternative.Example is { } example && !near.Any(f => example.IsMatchedBy(f.Root!, _semantics))
            ? example
            : Find([new(alternative.Expression, true), .. near.Select(f => new Demand(f.Root!, false))], budget);
        if (missed is null)
        {
            return new CaseResult { Together = [new(alternative, near)] };
        }

        var json = missed.ToJson();
        return filters.FirstOrDefault(f => f.Root is null && f.Terms?.Misses(json) != true) is { } unread
            ? new CaseResult(UndecidableReason: UndecidableReason.NotJsonForm, Why: $"{unread} matches the text of events, and AWS does not document how")
            : new CaseResult(missed, alternative);
    }

    private List<FilterPattern> NeededOf(IReadOnlyList<FilterPattern> filters, IReadOnlyList<CoveredTogether> together)
    {
        var needed = together.SelectMany(t => Fewest(t.Alternative, t.Filters)).Distinct().ToList();
        var left = Alternatives.Where(w => together.All(t => t.Alternative != w) && !IsCoveredAlone(w, needed)).ToList();
        while (left.Count > 0)
        {
            FilterPattern? best = null;
            var most = -1;
            foreach (var filter in filters)
            {
                var count = left.Count(w => CoversAlone(filter, w));
                if (count > most)
                {
                    (best, most) = (filter, count);
                }
            }

            needed.Add(best!);
            left.RemoveAll(w => CoversAlone(best!, w));
        }

        return needed;
    }

    private IReadOnlyList<FilterPattern> Fewest(Alternative alternative, IReadOnlyList<FilterPattern> filters)
    {
        var budget = Budget(ExampleBudget);
        var kept = filters.ToList();
        try
        {
            foreach (var filter in filters)
            {
                var rest = kept.Where(f => f != filter).ToList();
                if (!Exists([new(alternative.Expression, true), .. rest.Select(f => new Demand(f.Root!, false))], budget))
                {
                    kept = rest;
                }
            }
        }
        catch (UndecidableException)
        {
            // Too many filters are still enough.
        }

        return kept;
    }

    private WorkBudget Budget(long steps) => new(steps, _cancellationToken, _whole);

    private bool MayExist(IReadOnlyList<Demand> demands)
    {
        try
        {
            return Exists(demands, Budget(SingleFilterBudget));
        }
        catch (UndecidableException)
        {
            return true;
        }
    }

    private bool Exists(IReadOnlyList<Demand> demands, WorkBudget budget) => EventSearch.Exists(demands, _domain, _semantics, budget);

    private ExampleEvent? Find(IReadOnlyList<Demand> demands, int steps) => Find(demands, Budget(steps));

    private ExampleEvent? Find(IReadOnlyList<Demand> demands, WorkBudget budget) => EventSearch.Find(demands, _domain, _semantics, budget);

    /// <summary>An expression that may come near to what is matched.</summary>
    private sealed class Neighbour(FilterExpression root, int place, int shared)
    {
        public FilterExpression Root { get; } = root;

        public int Place { get; } = place;

        /// <summary>How many fields both have conditions on.</summary>
        public int Shared { get; } = shared;

        /// <summary>The event that differs as little as possible from one that both match; null until it was searched for.</summary>
        public ExampleEvent? Event { get; set; }

        public IReadOnlyList<Selector> Decisive { get; set; } = [];
    }
}
