using System;
using System.ComponentModel;
using System.Linq;
using CisAws.Text;

namespace CisAws.Benchmarks;

/// <summary>
/// Names controls of a benchmark in a program: the ID of one, such as 1.10 or 2.1.1, or a wildcard such as 3.* or 3.1[0-4]. It prints as it was
/// written. Sorted, IDs come before wildcards, which is their precedence too: where both name a control, the ID decides.
/// </summary>
[TypeConverter(typeof(FromText))]
public sealed class ControlSelector : TextValue, IComparable<ControlSelector>
{
    private readonly ControlId? _id;

    private ControlSelector(string text, ControlId? id) : base(text) => _id = id;

    /// <summary>Names one control by its ID.</summary>
    public ControlSelector(ControlId id) : this(id.ToString(), id)
    {
    }

    /// <summary>Names every control.</summary>
    public static ControlSelector All { get; } = new("*", null);

    /// <summary>The ID or the wildcard, as it was written.</summary>
    public string Text => ToString();

    /// <summary>True for a wildcard, false for the ID of one control.</summary>
    public bool IsWildcard => _id is null;

    /// <summary>What an entry has whose control is not known: it names none.</summary>
    internal static ControlSelector None { get; } = new("", null);

    /// <summary>Reads an ID or a wildcard; false for any other text.</summary>
    public static bool TryParse(string? text, out ControlSelector? selector)
    {
        selector = text is null ? null
            : ControlId.TryParse(text, out var id) && id!.ToString() == text ? new ControlSelector(text, id)
            : Wildcard.IsIn(text) && text.All(c => "0123456789.*?[]-".Contains(c)) ? new ControlSelector(text, null)
            : null;
        return selector is not null;
    }

    /// <summary>Reads an ID or a wildcard.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    /// <remarks>Not public: PowerShell would use it to turn the number 1.1 into an ID in order to compare the two.</remarks>
    internal static ControlSelector Parse(string text) =>
        TryParse(text, out var selector) ? selector! : throw new FormatException($"'{text}' is not a control ID such as '1.10', or a wildcard such as '3.*' or '3.1[0-4]'.");

    /// <summary>True when it names the control.</summary>
    public bool Matches(ControlId id) => _id is null ? Wildcard.Matches(Text, id.ToString()) : _id == id;

    /// <inheritdoc/>
    public int CompareTo(ControlSelector? other) =>
        other is null ? 1
        : _id is not null && other._id is not null ? _id.CompareTo(other._id)
        : _id is null && other._id is null ? string.CompareOrdinal(Text, other.Text)
        : IsWildcard.CompareTo(other.IsWildcard);

    /// <inheritdoc/>
    public override int CompareTo(object? obj) => obj switch
    {
        null => 1,
        ControlSelector other => CompareTo(other),
        string or ControlId when TryParse(obj.ToString(), out var other) => CompareTo(other),
        _ => throw new ArgumentException($"A control ID cannot be compared with {obj.GetType().Name} {obj}. Quote it: '{this}'.", nameof(obj)),
    };

    private sealed class FromText() : Converter(Parse);
}
