using System;
using System.Collections.Generic;

namespace CisAws.FilterPatterns;

/// <summary>A condition on one field.</summary>
internal abstract class Condition(Selector selector) : FilterExpression
{
    public Selector Selector { get; } = selector;

    /// <summary>The normal spelling; equal conditions have the same.</summary>
    public string Key => ToString();

    public override bool? Truth(Func<Condition, bool?> known) => known(this);

    /// <summary>Whether the field's value meets it.</summary>
    public abstract bool Matches(FieldValue field, FilterSemantics semantics);

    protected override void AddTo(List<Condition> conditions) => conditions.Add(this);
}

/// <summary>A field compared with a value: <c>$.eventName = "CreateTrail"</c>.</summary>
internal sealed class Comparison(Selector selector, string comparator, FilterValue value) : Condition(selector)
{
    /// <summary>=, !=, &lt;, &gt;, &lt;= or &gt;=; the last four with numbers only.</summary>
    public string Comparator { get; } = comparator;

    public FilterValue Value { get; } = value;

    public override bool Matches(FieldValue field, FilterSemantics semantics) => field.Kind switch
    {
        // "If the selector points at an array or object, the pattern does not match": neither with = nor with !=.
        FieldKind.Object or FieldKind.Array => false,
        FieldKind.Absent => Comparator == "!=" && semantics.NotEqualMatchesAbsent,
        _ => Comparator switch
        {
            "=" => Value.IsEqualTo(field, semantics),
            "!=" => !Value.IsEqualTo(field, semantics),
            _ => field.Kind == FieldKind.Number && Value is NumberValue number && IsInOrder(field.Number.CompareTo(number.Number)),
        },
    };

    /// <summary>Whether a number that compares with the value in this way, as CompareTo does, meets the condition.</summary>
    public bool IsInOrder(int order) => Comparator switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    protected override string Spell() => $"{Selector} {Comparator} {Value}";
}

/// <summary>A condition on what a field is: <c>$.userIdentity.invokedBy NOT EXISTS</c>.</summary>
internal sealed class StateTest(Selector selector, FieldKind state) : Condition(selector)
{
    /// <summary>Null, True, False or Absent.</summary>
    public FieldKind State { get; } = state;

    public override bool Matches(FieldValue field, FilterSemantics semantics) => field.Kind == State;

    protected override string Spell() =>
        State == FieldKind.Absent ? $"{Selector} NOT EXISTS" : $"{Selector} IS {State.ToString().ToUpperInvariant()}";
}
