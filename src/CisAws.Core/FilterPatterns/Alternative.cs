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

    private Alternative(FilterExpression expression, EventDomain domain, FilterSemantics semantics)
    {
        (Expression, _semantics) = (expression, semantics);
        foreach (var (selector, value) in domain.Fixed)
        {
            _fixed[selector] = value;
        }

        foreach (var condition in expression is AllOf all ? all.Terms.OfType<Condition>() : [.. new[] { expression }.OfType<Condition>()])
        {
            if (condition is Comparison { Comparator: "=" } comparison && comparison.Value.Parts(semantics) is { Count: 1 } parts
                && (!FieldValue.MayBeNumber(parts[0]) || !domain.Of(condition.Selector).Kinds.Contains(FieldKind.Number)))
            {
                _fixed[condition.Selector] = new FieldValue(FieldKind.Text, parts[0]);
                Texts = [.. Texts, parts[0]];
            }
        }
    }

    public FilterExpression Expression { get; }

    /// <summary>An event that matches; null when none was found within the budget.</summary>
    public ExampleEvent? Example { get; set; }

    /// <summary>The texts of the fields for which the conditions allow only one.</summary>
    public IReadOnlyList<string> Texts { get; } = [];

    /// <summary>All texts that every event of the alternative has as values.</summary>
    public IReadOnlyCollection<string> Values => [.. _fixed.Values.Where(v => v.Kind == FieldKind.Text).Select(v => v.Text)];

    /// <summary>The ways to match a pattern.</summary>
    public static IReadOnlyList<Alternative> Of(FilterExpression pattern, EventDomain domain, FilterSemantics semantics) =>
        [.. (Split(pattern) ?? [pattern]).Select(e => new Alternative(e, domain, semantics))];

    /// <summary>Whether the alternative has a condition on a field, or allows it only one value.</summary>
    public bool Knows(Selector selector) => _fixed.ContainsKey(selector) || Expression.Conditions.Any(c => c.Selector.Equals(selector));

    /// <summary>Whether an expression matches all events of the alternative (true) or none (false); null when that takes a search.</summary>
    public bool? Truth(FilterExpression expression, WorkBudget budget) => expression.Truth(c =>
    {
        budget.Spend();
        return _fixed.TryGetValue(c.Selector, out var value) ? c.Matches(value, _semantics) : null;
    });

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
