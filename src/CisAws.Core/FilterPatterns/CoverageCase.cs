using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.FilterPatterns.Automata;
using CisAws.Rules.Alarms;

namespace CisAws.FilterPatterns;

/// <summary>What was found out about filters and a reference under one reading of what AWS leaves open.</summary>
/// <param name="Missed">An event that the reference matches and no filter does; null when there is none, or none is known.</param>
/// <param name="Way">How the reference matches it.</param>
/// <param name="Obstacle">Why it is not known whether there is one.</param>
/// <param name="Why">The obstacle, to follow "because".</param>
internal sealed record CaseResult(ExampleEvent? Missed = null, Alternative? Way = null, CoverageObstacle Obstacle = CoverageObstacle.None, string Why = "")
{
    public bool Covers => Missed is null && Obstacle == CoverageObstacle.None;

    /// <summary>As few of the filters as are seen to be enough, when they cover.</summary>
    public IReadOnlyList<FilterPattern> Needed { get; init; } = [];
}

/// <summary>
/// Compares filters with a reference under one reading of what AWS leaves open. Each way to match the reference is a question of its
/// own: it is put to each filter alone, and to several only where none alone is enough. What was found out of one filter is kept, and
/// each question has a budget of its own, so that neither the order of filters nor others beside them bear on a proof.
/// </summary>
internal sealed class CoverageCase
{
    // Steps. A filter at AWS's limit takes some thousands.
    private const int AloneBudget = 100_000;
    private const int TogetherBudget = 3_000_000;
    private const int WordingBudget = 300_000;

    private readonly FilterPattern _reference;
    private readonly EventDomain _domain;
    private readonly FilterSemantics _semantics;
    private readonly WorkBudget _whole;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<(FilterPattern Filter, Alternative Way), bool?> _alone = [];

    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public CoverageCase(FilterPattern reference, EventDomain domain, FilterSemantics semantics, WorkBudget whole, CancellationToken cancellationToken)
    {
        (_reference, _domain, _semantics, _whole, _cancellationToken) = (reference, domain, semantics, whole, cancellationToken);
        var ways = Alternative.Of(reference.Root!, domain, semantics);
        var budget = Math.Max(AloneBudget, TogetherBudget / ways.Count);
        Ways = [.. ways.Where(w => IsPossible(w, budget))];
    }

    /// <summary>The ways to match the reference that there are events for.</summary>
    public IReadOnlyList<Alternative> Ways { get; }

    public CaseResult Decide(IReadOnlyList<FilterPattern> filters)
    {
        var doubt = new CaseResult();
        var together = new List<(Alternative Way, IReadOnlyList<FilterPattern> Filters)>();
        foreach (var way in Ways.Where(w => !filters.Any(f => CoversAlone(f, w) == true)))
        {
            var result = Together(way, filters);
            if (result.Missed is not null)
            {
                return result;
            }

            doubt = doubt.Covers ? result : doubt;
            together.Add((way, result.Needed));
        }

        return doubt.Covers ? new CaseResult { Needed = Needed(filters, together) } : doubt;
    }

    /// <summary>
    /// Whether some event can be matched by the reference and the filter; true as well when that cannot be told, as for any text that
    /// an event may have somewhere.
    /// </summary>
    public bool Overlaps(FilterPattern filter) => filter.Root is not { } root || Ways.Any(w =>
        Truth(w, root) ?? (w.Example?.IsMatchedBy(root, _semantics) == true || MayExist([new(w.Expression, true), new(root, true)])));

    /// <summary>Whether some event can be matched by the filter; true as well when that cannot be told.</summary>
    public bool CanMatch(FilterPattern filter) => filter.Root is not { } root || MayExist([new(root, true)]);

    /// <summary>
    /// An event that the filter matches and the reference does not. Null with true for none, and with false when that is not known.
    /// </summary>
    public (ExampleEvent? Event, bool IsKnown) Beyond(FilterPattern filter)
    {
        if (filter.Root is not { } root || filter.Equals(_reference))
        {
            return (null, filter.Root is not null);
        }

        try
        {
            return (Find([new(root, true), new(_reference.Root!, false)], WordingBudget), true);
        }
        catch (UndecidableException)
        {
            return (null, false);
        }
    }

    /// <summary>
    /// The event that one expression matches and no other does, made as like one that another matches as it can be: then it shows what
    /// sets it apart, and no more. Also the fields that do, and which of the others comes so near; null when none does.
    /// </summary>
    public (ExampleEvent Event, IReadOnlyList<Selector> Decisive, int? Nearest) Approach(
        ExampleEvent found, FilterExpression matched, Func<Selector, bool> isKnown, IReadOnlyList<FilterExpression?> unmatched)
    {
        var budget = Budget(WordingBudget);
        var roots = unmatched.OfType<FilterExpression>().ToList();
        var candidates = unmatched
            .Select((root, index) => (root, index, Shared: root?.Conditions.Select(c => c.Selector).Distinct().Count(isKnown) ?? 0))
            .Where(u => u.root is not null && (u.Shared > 0 || unmatched.Count == 1))
            .OrderByDescending(u => u.Shared).ThenBy(u => u.root!.ToString(), StringComparer.Ordinal)
            .Take(10);
        (ExampleEvent Event, IReadOnlyList<Selector> Decisive, int? Nearest, int Shared)? best = null;
        try
        {
            foreach (var (root, index, shared) in candidates)
            {
                if (best is { } known && (known.Shared > shared || known.Decisive.Count == 1))
                {
                    break;
                }

                if (Find([new(matched, true), new(root!, true)], budget) is { } both)
                {
                    var (near, decisive) = Approach(found, both, matched, root!, roots, budget);
                    if (best is null || decisive.Count < best.Value.Decisive.Count)
                    {
                        best = (near, decisive, index, shared);
                    }
                }
            }
        }
        catch (UndecidableException)
        {
            // It is only about words: what was found will do.
        }

        return best is { } b ? (b.Event, b.Decisive, b.Nearest) : (found, [], null);
    }

    private (ExampleEvent Event, IReadOnlyList<Selector> Decisive) Approach(
        ExampleEvent found, ExampleEvent both, FilterExpression matched, FilterExpression near, IReadOnlyList<FilterExpression> unmatched, WorkBudget budget)
    {
        // A wrong value in what nearly every event has is easier to believe than a missing field elsewhere.
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

        // It takes several fields: as few of those in which the two events differ as this shows.
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

    private bool IsPossible(Alternative way, int budget)
    {
        try
        {
            way.Example = Find([new(way.Expression, true)], budget);
            return way.Example is not null;
        }
        catch (UndecidableException)
        {
            return true;
        }
    }

    /// <summary>Whether the filter alone matches every event of the way; null when that is not known.</summary>
    private bool? CoversAlone(FilterPattern filter, Alternative way)
    {
        if (!_alone.TryGetValue((filter, way), out var covers))
        {
            _alone[(filter, way)] = covers = DecideAlone(filter, way);
        }

        return covers;
    }

    private bool? DecideAlone(FilterPattern filter, Alternative way)
    {
        if (filter.Root is not { } root)
        {
            return filter.Terms?.Matches(way.Values) == true ? true : null;
        }

        if (filter.Equals(_reference))
        {
            return true;
        }

        if (Truth(way, root) is { } truth)
        {
            return truth;
        }

        if (way.Example?.IsMatchedBy(root, _semantics) == false)
        {
            return false;
        }

        try
        {
            return Find([new(way.Expression, true), new(root, false)], AloneBudget) is null;
        }
        catch (UndecidableException)
        {
            return null;
        }
    }

    /// <summary>Whether filters that each alone are not enough cover a way together.</summary>
    private CaseResult Together(Alternative way, IReadOnlyList<FilterPattern> filters)
    {
        // Sorted, so that what the search looks at first does not depend on the filters' order.
        var near = filters.Where(f => f.Root is not null && Truth(way, f.Root) != false).Distinct()
            .OrderBy(f => f.ToString(), StringComparer.Ordinal).ToList();
        var budget = Math.Max(AloneBudget, TogetherBudget / Ways.Count);
        try
        {
            return Together(way, filters, near, budget);
        }
        catch (UndecidableException e)
        {
            // The filters that are easy to compare may be enough.
            var easy = near.Where(f => !f.Root!.Conditions.Any(c => c is Comparison { Value: RegexValue or TextValue { HasInfixStar: true } })).ToList();
            try
            {
                if (easy.Count < near.Count && Together(way, [], easy, budget) is { Covers: true } result)
                {
                    return result;
                }
            }
            catch (UndecidableException)
            {
                // What stood in the way of all stands in the way of these.
            }

            return new CaseResult(Obstacle: CoverageObstacle.TooComplex, Why: e.Message);
        }
    }

    private CaseResult Together(Alternative way, IReadOnlyList<FilterPattern> filters, IReadOnlyList<FilterPattern> near, int budget)
    {
        var missed = way.Example is { } example && !near.Any(f => example.IsMatchedBy(f.Root!, _semantics))
            ? example
            : Find([new(way.Expression, true), .. near.Select(f => new Demand(f.Root!, false))], budget);
        if (missed is null)
        {
            return new CaseResult { Needed = near };
        }

        var json = missed.ToJson();
        return filters.FirstOrDefault(f => f.Root is null && f.Terms?.Misses(json) != true) is { } unread
            ? new CaseResult(Obstacle: CoverageObstacle.NotJsonForm, Why: $"{unread} looks at the text of events, and AWS does not document what it matches there")
            : new CaseResult(missed, way);
    }

    /// <summary>As few as possible of filters that cover: those first that alone are enough for most.</summary>
    private IReadOnlyList<FilterPattern> Needed(
        IReadOnlyList<FilterPattern> filters, IReadOnlyList<(Alternative Way, IReadOnlyList<FilterPattern> Filters)> together)
    {
        var needed = together.SelectMany(t => Fewest(t.Way, t.Filters)).Distinct().ToList();
        var left = Ways.Where(w => together.All(t => t.Way != w) && !needed.Any(f => CoversAlone(f, w) == true)).ToList();
        while (left.Count > 0)
        {
            var best = filters.OrderByDescending(_reference.Equals).Select(f => (Filter: f, Count: left.Count(w => CoversAlone(f, w) == true))).Aggregate((a, b) => b.Count > a.Count ? b : a).Filter;
            needed.Add(best);
            left.RemoveAll(w => CoversAlone(best, w) == true);
        }

        return [.. filters.Where(needed.Contains)];
    }

    private IReadOnlyList<FilterPattern> Fewest(Alternative way, IReadOnlyList<FilterPattern> filters)
    {
        var budget = Budget(WordingBudget);
        var kept = filters.ToList();
        try
        {
            foreach (var filter in filters)
            {
                var rest = kept.Where(f => f != filter).ToList();
                if (Find([new(way.Expression, true), .. rest.Select(f => new Demand(f.Root!, false))], budget) is null)
                {
                    kept = rest;
                }
            }
        }
        catch (UndecidableException)
        {
            // More than are needed are still enough.
        }

        return kept;
    }

    private bool? Truth(Alternative way, FilterExpression root) => way.Truth(root, Budget(long.MaxValue));

    private WorkBudget Budget(long steps) => new(steps, _cancellationToken, _whole);

    private bool MayExist(IReadOnlyList<Demand> demands)
    {
        try
        {
            return Find(demands, AloneBudget) is not null;
        }
        catch (UndecidableException)
        {
            return true;
        }
    }

    private ExampleEvent? Find(IReadOnlyList<Demand> demands, int steps) => Find(demands, Budget(steps));

    private ExampleEvent? Find(IReadOnlyList<Demand> demands, WorkBudget budget) => EventSearch.Find(demands, _domain, _semantics, budget);
}
