using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns;

/// <summary>What is known of a field of the events.</summary>
/// <param name="Selector">The field.</param>
/// <param name="Kinds">What it can be.</param>
internal sealed record FieldDomain(Selector Selector, IReadOnlyList<FieldKind> Kinds)
{
    private static readonly FieldKind[] Anything =
    [
        FieldKind.Absent, FieldKind.Text, FieldKind.Number, FieldKind.True, FieldKind.False, FieldKind.Null, FieldKind.Object,
        FieldKind.Array,
    ];

    /// <summary>The only texts it can be; null when it can be others.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Texts that people know from real events, to show rather than those that say the same to a pattern.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Whether it is the same in every event, so that it tells none from another.</summary>
    public bool IsFixed => Values is { Count: 1 } && !IsOptional;

    /// <summary>Whether an event can be without it.</summary>
    public bool IsOptional => Kinds.Contains(FieldKind.Absent);

    /// <summary>A field of which nothing is known. An event is an object, so that none of its fields has an index.</summary>
    public static FieldDomain Unknown(Selector selector) => new(selector, selector.Steps[0].IsIndex ? [FieldKind.Absent] : Anything);

    /// <summary>A field that every event has, with a text in it.</summary>
    public static FieldDomain Required(string selector, params string[] samples) =>
        new(Selector.Parse(selector), [FieldKind.Text]) { Samples = samples };

    /// <summary>A field that is a text where an event has it.</summary>
    public static FieldDomain Optional(string selector, params string[] samples) =>
        new(Selector.Parse(selector), [FieldKind.Absent, FieldKind.Text]) { Samples = samples };
}
