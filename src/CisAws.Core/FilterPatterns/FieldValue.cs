using System;
using System.Text.Json;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>What a field of an event can be.</summary>
internal enum FieldKind
{
    Absent,
    Null,
    True,
    False,
    Number,
    Text,
    Object,
    Array,
}

/// <summary>What of a field the fields around it depend on.</summary>
internal enum FieldShape
{
    Absent,
    Scalar,
    Object,
    Array,
}

/// <summary>A field of an event; a number is kept as it is written.</summary>
internal sealed class FieldValue(FieldKind kind, string text = "") : IEquatable<FieldValue>
{
    private static readonly FieldValue[] WithoutText = NewWithoutText();

    public FieldKind Kind { get; } = kind;

    /// <summary>The text or number; empty for the other kinds.</summary>
    public string Text { get; } = text;

    /// <summary>The value of a number.</summary>
    public DecimalNumber Number => DecimalNumber.Parse(Text);

    public FieldShape Shape => ShapeOf(Kind);

    /// <summary>Whether a number can be written like this.</summary>
    public static bool MayBeNumber(string text) => text.Length > 0 && text[0] is '-' or (>= '0' and <= '9');

    /// <summary>The value of a kind that has no text.</summary>
    public static FieldValue Of(FieldKind kind) => WithoutText[(int)kind];

    public static FieldShape ShapeOf(FieldKind kind) => kind switch
    {
        FieldKind.Absent => FieldShape.Absent,
        FieldKind.Object => FieldShape.Object,
        FieldKind.Array => FieldShape.Array,
        _ => FieldShape.Scalar,
    };

    /// <summary>The field that a selector points at.</summary>
    public static FieldValue Of(JsonElement record, Selector selector)
    {
        var at = record;
        foreach (var step in selector.Steps)
        {
            if (!TryStep(at, step, out at))
            {
                return Of(FieldKind.Absent);
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.Null => Of(FieldKind.Null),
            JsonValueKind.True => Of(FieldKind.True),
            JsonValueKind.False => Of(FieldKind.False),
            JsonValueKind.Number => new FieldValue(FieldKind.Number, at.GetRawText()),
            JsonValueKind.String => new FieldValue(FieldKind.Text, TextOf(at)),
            JsonValueKind.Array => Of(FieldKind.Array),
            _ => Of(FieldKind.Object),
        };
    }

    public bool Equals(FieldValue? other) => other is not null && Kind == other.Kind && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as FieldValue);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text) ^ (int)Kind;

    private static FieldValue[] NewWithoutText()
    {
        var values = new FieldValue[(int)FieldKind.Array + 1];
        for (var kind = FieldKind.Absent; kind <= FieldKind.Array; kind++)
        {
            values[(int)kind] = new FieldValue(kind);
        }

        return values;
    }

    private static bool TryStep(JsonElement from, SelectorStep step, out JsonElement to)
    {
        to = default;
        if (step.Name is { } name)
        {
            return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out to);
        }

        if (from.ValueKind != JsonValueKind.Array || step.Index >= from.GetArrayLength())
        {
            return false;
        }

        to = from[step.Index];
        return true;
    }

    private static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half of a surrogate pair (\ud83d), which a .NET string from JSON cannot hold. The escaped form is taken instead.
            return text.GetRawText().Trim('"');
        }
    }
}
