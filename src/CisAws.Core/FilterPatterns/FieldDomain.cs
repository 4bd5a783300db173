using System;
using System.Collections.Generic;

namespace CisAws.FilterPatterns;

/// <summary>What is known of a field of the events.</summary>
internal sealed class FieldDomain
{
    private static readonly FieldKind[] Anything =
    [
        FieldKind.Absent, FieldKind.Text, FieldKind.Number, FieldKind.True, FieldKind.False, FieldKind.Null, FieldKind.Object,
        FieldKind.Array,
    ];

    /// <param name="selector">The field.</param>
    /// <param name="kinds">What it can be, the most usual first.</param>
    /// <param name="values">The only texts it can be; null when it can be others.</param>
    public FieldDomain(Selector selector, FieldKind[] kinds, IReadOnlyList<string>? values = null)
    {
        (Selector, Kinds, Values) = (selector, kinds, values);
        Shapes = ShapesOf(kinds);
        Only = kinds.Length > 1 ? null
            : kinds[0] != FieldKind.Text ? kinds[0] is FieldKind.True or FieldKind.False or FieldKind.Object ? FieldValue.Of(kinds[0]) : null
            : values is { Count: 1 } ? new FieldValue(FieldKind.Text, values[0])
            : null;
    }

    public Selector Selector { get; }

    /// <summary>What it can be, the most usual first.</summary>
    public FieldKind[] Kinds { get; }

    /// <summary>The shapes it can have, the most usual first.</summary>
    public FieldShape[] Shapes { get; }

    /// <summary>The only texts it can be; null when it can be others.</summary>
    public IReadOnlyList<string>? Values { get; }

    /// <summary>Texts from real events, which examples use rather than others that are equal to a pattern.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Whether CloudTrail documents that an event may be without the field, although none of these events is known to be.</summary>
    public bool IsDocumentedOptional { get; init; }

    /// <summary>The value in every event; null when there are several.</summary>
    public FieldValue? Only { get; }

    /// <summary>Whether nearly every event has it.</summary>
    public bool IsUsual => Kinds[0] != FieldKind.Absent;

    /// <summary>A field of which nothing is known. An event is an object, so that none of its fields has an index.</summary>
    public static FieldDomain Unknown(Selector selector) => new(selector, selector.Steps[0].IsIndex ? [FieldKind.Absent] : Anything);

    /// <summary>A field that every event has, with a text in it.</summary>
    public static FieldDomain Required(string selector, params string[] samples) =>
        new(Selector.Parse(selector), [FieldKind.Text]) { Samples = samples };

    /// <summary>A text that nearly every event has.</summary>
    public static FieldDomain Usual(string selector, params string[] samples) =>
        new(Selector.Parse(selector), [FieldKind.Text, FieldKind.Absent]) { Samples = samples };

    /// <summary>A field that is a text where an event has it.</summary>
    public static FieldDomain Optional(string selector, params string[] samples) =>
        new(Selector.Parse(selector), [FieldKind.Absent, FieldKind.Text]) { Samples = samples };

    /// <summary>The same field, which an event may be without.</summary>
    public FieldDomain OrAbsent() =>
        new(Selector, [.. Kinds, FieldKind.Absent], Values) { Samples = Samples, IsDocumentedOptional = IsDocumentedOptional };

    /// <summary>Whether it can be of a kind.</summary>
    public bool CanBe(FieldKind kind)
    {
        foreach (var one in Kinds)
        {
            if (one == kind)
            {
                return true;
            }
        }

        return false;
    }

    private static FieldShape[] ShapesOf(FieldKind[] kinds)
    {
        var shapes = new FieldShape[kinds.Length];
        var (count, known) = (0, 0);
        foreach (var kind in kinds)
        {
            var shape = FieldValue.ShapeOf(kind);
            if ((known & (1 << (int)shape)) == 0)
            {
                known |= 1 << (int)shape;
                shapes[count++] = shape;
            }
        }

        Array.Resize(ref shapes, count);
        return shapes;
    }
}
