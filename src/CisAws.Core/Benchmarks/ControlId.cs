using System;
using System.Globalization;

namespace CisAws.Benchmarks;

/// <summary>
/// A control's number, such as 1.10. It is text that compares by its numbers, so that 1.9 comes before 1.10, and it
/// never equals a number: PowerShell turns an unquoted 1.10 into 1.1, which is another control.
/// </summary>
public sealed class ControlId : IComparable, IComparable<ControlId>, IEquatable<ControlId>
{
    private ControlId(int section, int number)
    {
        Section = section;
        Number = number;
    }

    /// <summary>The benchmark's section, 1 to 4.</summary>
    public int Section { get; }

    /// <summary>The control's number in its section.</summary>
    public int Number { get; }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">The text is not two whole numbers with a dot between.</exception>
    /// <remarks>Not public: PowerShell would use it to turn the number 1.1 into an id in order to compare the two.</remarks>
    internal static ControlId Parse(string text) =>
        TryParse(text, out var id) ? id! : throw new FormatException($"'{text}' is not a control id such as '1.10'.");

    /// <summary>Reads an id; false when the text is not two whole numbers with a dot between.</summary>
    public static bool TryParse(string? text, out ControlId? id)
    {
        var parts = (text ?? "").Trim().Split('.');
        id = parts.Length == 2 && TryNumber(parts[0], out var section) && TryNumber(parts[1], out var number) ? new ControlId(section, number) : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(ControlId? other) =>
        other is null ? 1 : Section != other.Section ? Section.CompareTo(other.Section) : Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        ControlId other => CompareTo(other),
        string or ControlSelector when TryParse(obj.ToString(), out var other) => CompareTo(other),
        _ => throw new ArgumentException($"A control id cannot be compared with {obj.GetType().Name} {obj}. Quote it: '{this}'.", nameof(obj)),
    };

    /// <inheritdoc/>
    public bool Equals(ControlId? other) => other is not null && CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ControlId id ? Equals(id) : obj is string or ControlSelector && TryParse(obj.ToString(), out var other) && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Section * 100) + Number;

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}.{1}", Section, Number);

    public static bool operator ==(ControlId? left, ControlId? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ControlId? left, ControlId? right) => !(left == right);

    public static bool operator <(ControlId left, ControlId right) => left.CompareTo(right) < 0;

    public static bool operator >(ControlId left, ControlId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ControlId left, ControlId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ControlId left, ControlId right) => left.CompareTo(right) >= 0;

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
