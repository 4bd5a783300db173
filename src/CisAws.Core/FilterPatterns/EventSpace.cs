using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>
/// All the events that some patterns can tell apart: the fields they ask for, each with the values that matter. A search in it is
/// exact, because conditions ask for one field each, and the values of each field show every answer it can give.
/// </summary>
internal sealed class EventSpace
{
    private const int MaxFields = 200;

    private readonly Dictionary<Condition, (int Field, int Index)> _places = [];

    /// <exception cref="UndecidableException">The fields and their values are too many.</exception>
    public EventSpace(IReadOnlyList<FilterExpression> patterns, EventDomain domain, FilterSemantics semantics)
    {
        var conditions = patterns.SelectMany(p => p.Conditions).ToLookup(c => c.Selector);
        var domains = domain.Of(conditions.Select(c => c.Key));
        if (domains.Count > MaxFields)
        {
            throw new UndecidableException("the fields that the patterns ask for are too many");
        }

        Fields = [.. domains.Select((d, field) => new Field(d, Distinct(conditions[d.Selector], field), semantics))];
    }

    /// <summary>The fields in the order in which the patterns ask for them.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>An event that one expression matches and none of the others; null when there is none.</summary>
    /// <exception cref="UndecidableException">The search would take too long.</exception>
    public EventSketch? Find(FilterExpression matched, IReadOnlyList<FilterExpression> unmatched)
    {
        var found = new EventSearch(this, matched, unmatched).Find();
        return found is null ? null : new EventSketch(this, found);
    }

    /// <summary>Whether a condition holds when fields have some of their values; null when its field has none yet.</summary>
    public bool? Truth(Condition condition, IReadOnlyDictionary<Field, FieldOption> chosen)
    {
        var (field, index) = _places[condition];
        return chosen.TryGetValue(Fields[field], out var option) ? option.Truths[index] : null;
    }

    /// <summary>The places of an expression's conditions among those of a field.</summary>
    public IReadOnlyList<int> PlacesIn(Field field, IEnumerable<FilterExpression> expressions) =>
    [
        .. expressions
            .SelectMany(e => e.Conditions)
            .Select(c => _places[c])
            .Where(p => Fields[p.Field] == field)
            .Select(p => p.Index)
            .Distinct(),
    ];

    /// <summary>The conditions on a field, each once, and where they are found from now on.</summary>
    private List<Condition> Distinct(IEnumerable<Condition> conditions, int field)
    {
        var distinct = new List<Condition>();
        foreach (var same in conditions.GroupBy(c => c.ToString(), StringComparer.Ordinal))
        {
            foreach (var condition in same)
            {
                _places[condition] = (field, distinct.Count);
            }

            distinct.Add(same.First());
        }

        return distinct;
    }
}
