using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>What is known of a field of the events.</summary>
/// <param name="Selector">The field.</param>
/// <param name="Kinds">What it can be, the most usual first.</param>
internal sealed record FieldDomain(Selector Selector, IReadOnlyList<FieldKind> Kinds)
{
    private static readonly FieldKind[] Anything =
    [
        FieldKind.Absent, FieldKind.Text, FieldKind.Number, FieldKind.True, FieldKind.False, FieldKind.Null, FieldKind.Object,
        FieldKind.Array,
    ];

    /// <summary>The only texts it can be; null when it can be others.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Texts from real events, which examples use rather than others that are equal to a pattern.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Whether CloudTrail documents that an event may be without the field, although none of these events is known to be.</summary>
    public bool IsDocumentedOptional { get; init; }

    /// <summary>The value in every event; null when there are several.</summary>
    public FieldValue? Only => Kinds.Count > 1 ? null
        : Kinds[0] != FieldKind.Text ? Kinds[0] is FieldKind.True or FieldKind.False or FieldKind.Object ? new FieldValue(Kinds[0]) : null
        : Values is { Count: 1 } ? new FieldValue(FieldKind.Text, Values[0])
        : null;

    /// <summary>Whether an event can be without it.</summary>
    public bool IsOptional => Kinds.Contains(FieldKind.Absent);

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
}
