using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>
/// One way to match a reference: conditions that are all met. Where they allow only one text for a field, as most references do for
/// eventName, that text decides every other condition on the field.
/// </summary>
internal sealed class Alternative
{
    // A pattern with more is not split.
    private const int MaxAlternatives = 2_000;

    private readonly FilterSemantics _semantics;
    private readonly Dictionary<Selector, FieldValue> _fixed = [];
    private readonly Func<Condition, bool?> _known;
    private readonly WorkBudget _budget;

    private Alternative(FilterExpression expression, int place, EventDomain domain, FilterSemantics semantics, WorkBudget budget)
    {
        (Expression, Place, _semantics, _budget) = (expression, place, semantics, budget);
        _known = Known;
        foreach (var field in domain.Fixed)
        {
            _fixed[field.Selector] = field.Only!;
        }

        var texts = new List<string>();
        foreach (var term in expression is AllOf all ? all.Terms : [expression])
        {
            if (term is Comparison { Comparator: "=" } comparison && comparison.Value.Parts(semantics) is { Count: 1 } parts
                && (!FieldValue.MayBeNumber(parts[0]) || !domain.Of(comparison.Selector).CanBe(FieldKind.Number)))
            {
                _fixed[comparison.Selector] = new FieldValue(FieldKind.Text, parts[0]);
                texts.Add(parts[0]);
            }
        }

        Texts = texts;
    }

    public FilterExpression Expression { get; }

    /// <summary>An event that matches; null when none was found within the budget.</summary>
    public ExampleEvent? Example { get; set; }

    /// <summary>Its place among the ways to match the reference.</summary>
    public int Place { get; }

    /// <summary>The texts of the fields for which the conditions allow only one.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>All texts that every event of the alternative has as values.</summary>
    public IReadOnlyCollection<string> Values => [.. _fixed.Values.Where(v => v.Kind == FieldKind.Text).Select(v => v.Text)];

    /// <summary>The ways to match a pattern.</summary>
    public static IReadOnlyList<Alternative> Of(FilterPattern pattern, EventDomain domain, FilterSemantics semantics, WorkBudget budget)
    {
        var ways = new List<Alternative>();
        foreach (var way in pattern.Ways)
        {
            ways.Add(new Alternative(way, ways.Count, domain, semantics, budget));
        }

        return ways;
    }

    /// <summary>Conjunctions, of which at least one matches each event that a pattern matches; only the pattern itself when they would be too many.</summary>
    public static IReadOnlyList<FilterExpression> WaysOf(FilterExpression pattern) => Split(pattern) ?? [pattern];

    /// <summary>Whether the alternative has a condition on a field, or allows it only one value.</summary>
    public bool Knows(Selector selector) => _fixed.ContainsKey(selector) || Expression.Conditions.Any(c => c.Selector.Equals(selector));

    /// <summary>Whether an expression matches all events of the alternative (true) or none (false); null when that takes a search.</summary>
    public bool? Truth(FilterExpression expression) => expression.Truth(_known);

    private bool? Known(Condition condition)
    {
        _budget.Spend();
        return _fixed.TryGetValue(condition.Selector, out var value) ? condition.Matches(value, _semantics) : null;
    }

    /// <summary>Conjunctions of conditions without duplicates.</summary>
    private static IReadOnlyList<FilterExpression> Distinct(IEnumerable<FilterExpression> all) =>
    [
        .. all.Select(e => AllOf.Of(e.Conditions.GroupBy(c => c.Key, StringComparer.Ordinal).Select(c => c.First())))
            .GroupBy(e => string.Join(" ", e.Conditions.Select(c => c.Key).OrderBy(k => k, StringComparer.Ordinal)), StringComparer.Ordinal)
            .Select(g => g.First()),
    ];

    private static IReadOnlyList<FilterExpression>? Split(FilterExpression expression)
    {
        switch (expression)
        {
            case AnyOf any:
                var all = new List<FilterExpression>();
                foreach (var term in any.Terms)
                {
                    if (Split(term) is not { } ways || all.Count + ways.Count > MaxAlternatives)
                    {
                        return null;
                    }

                    all.AddRange(ways);
                }

                return Distinct(all);
            case AllOf { Terms.Count: > 0 } every:
                IReadOnlyList<FilterExpression> products = [new AllOf([])];
                foreach (var term in every.Terms)
                {
                    if (Split(term) is not { } ways || (long)products.Count * ways.Count > MaxAlternatives)
                    {
                        return null;
                    }

                    products = Distinct(products.SelectMany(p => ways.Select(w => AllOf.Of([p, w]))));
                }

                return products;
            default:
                return [expression];
        }
    }
}
