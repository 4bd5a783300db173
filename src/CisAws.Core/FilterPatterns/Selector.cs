using System;
using System.Collections.Generic;
using System.Globalization;

namespace CisAws.FilterPatterns;

/// <summary>Where a field is in an event: <c>$.userIdentity.type</c>, <c>$.resources[0].ARN</c>.</summary>
internal sealed class Selector : IEquatable<Selector>
{
    private static readonly char[] EndsStep = ['.', '[', ']'];

    private readonly string _text;
    private readonly int _hash;

    private Selector(List<SelectorStep> steps)
    {
        Steps = steps;
        _text = "$" + string.Concat(steps);
        _hash = StringComparer.Ordinal.GetHashCode(_text);
    }

    /// <summary>The path from the event to the field.</summary>
    public IReadOnlyList<SelectorStep> Steps { get; }

    /// <summary>Reads a text that the lexer has found to be a selector.</summary>
    public static Selector Parse(string text)
    {
        var steps = new List<SelectorStep>();
        for (var at = 1; at < text.Length;)
        {
            var end = text.IndexOfAny(EndsStep, at + 1);
            end = end < 0 ? text.Length : end;
            var step = text.Substring(at + 1, end - at - 1);
            steps.Add(text[at] == '.' ? new SelectorStep(step) : new SelectorStep(null, int.Parse(step, CultureInfo.InvariantCulture)));
            at = end < text.Length && text[end] == ']' ? end + 1 : end;
        }

        return new Selector(steps);
    }

    /// <summary>How many first steps both have in common.</summary>
    public int CommonSteps(Selector other)
    {
        var common = 0;
        while (common < Steps.Count && common < other.Steps.Count && Steps[common].IsSameAs(other.Steps[common]))
        {
            common++;
        }

        return common;
    }

    /// <summary>Whether the other field is inside this one.</summary>
    public bool Holds(Selector other) => Steps.Count < other.Steps.Count && CommonSteps(other) == Steps.Count;

    /// <summary>Whether the shape of one of the two fields restricts the shape of the other.</summary>
    public bool BearsOn(Selector other)
    {
        var common = CommonSteps(other);
        return Holds(other) || other.Holds(this) || Steps[common].IsIndex || other.Steps[common].IsIndex;
    }

    /// <summary>Whether an event can have this field in one shape and another field in another.</summary>
    public bool CanBe(FieldShape shape, Selector other, FieldShape otherShape)
    {
        if (Steps.Count > other.Steps.Count)
        {
            return other.CanBe(otherShape, this, shape);
        }

        var common = CommonSteps(other);
        if (common == Steps.Count)
        {
            // The other is inside this.
            return otherShape == FieldShape.Absent || shape == (other.Steps[common].IsIndex ? FieldShape.Array : FieldShape.Object);
        }

        return (shape, otherShape) switch
        {
            (FieldShape.Absent, FieldShape.Absent) => true,
            (FieldShape.Absent, _) => !IsElementBefore(other, common),
            (_, FieldShape.Absent) => !other.IsElementBefore(this, common),
            _ => Steps[common].IsIndex == other.Steps[common].IsIndex,
        };
    }

    /// <summary>Whether this is an element of the array in which, at that step, the path to the other leads to a later one.</summary>
    private bool IsElementBefore(Selector other, int step) => Steps.Count == step + 1
        && Steps[step].IsIndex && other.Steps[step].IsIndex && Steps[step].Index < other.Steps[step].Index;

    /// <summary>Whether this is an element of an array in which the path to the other leads to a later one.</summary>
    public bool IsBefore(Selector other)
    {
        var common = CommonSteps(other);
        return common < Steps.Count && common < other.Steps.Count && IsElementBefore(other, common);
    }

    public bool Equals(Selector? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _text == other._text);

    public override bool Equals(object? obj) => Equals(obj as Selector);

    public override int GetHashCode() => _hash;

    public override string ToString() => _text;
}

/// <summary>One step: to a property of an object, or to an element of an array.</summary>
internal sealed class SelectorStep(string? name, int index = 0)
{
    public string? Name { get; } = name;

    public int Index { get; } = index;

    public bool IsIndex => Name is null;

    public bool IsSameAs(SelectorStep other) => Index == other.Index && Name == other.Name;

    public override string ToString() => Name is null ? string.Format(CultureInfo.InvariantCulture, "[{0}]", Index) : "." + Name;
}
