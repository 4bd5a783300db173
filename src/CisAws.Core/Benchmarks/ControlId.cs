using System;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using CisAws.Text;

namespace CisAws.Benchmarks;

/// <summary>
/// A control's number, such as 1.10 or 2.1.1. It is text that compares by its numbers, so that 1.9 comes before 1.10, and it
/// never equals a number: PowerShell turns an unquoted 1.10 into 1.1, which is another control.
/// </summary>
[TypeConverter(typeof(FromText))]
public sealed class ControlId : TextValue, IComparable<ControlId>
{
    private const int MostParts = 4;

    private readonly int[] _parts;

    private ControlId(int[] parts) : base(string.Join(".", parts.Select(p => p.ToString(CultureInfo.InvariantCulture)))) => _parts = parts;

    /// <summary>The number of the benchmark's section, from 1.</summary>
    public int Section => _parts[0];

    /// <summary>The ID with two digits for each number, such as 01.10: as text too it sorts by its numbers.</summary>
    public string SortKey => string.Join(".", _parts.Select(p => p.ToString("00", CultureInfo.InvariantCulture)));

    /// <summary>Reads an ID.</summary>
    /// <exception cref="FormatException">The text is not two to four whole numbers with dots between.</exception>
    /// <remarks>Not public: PowerShell would use it to turn the number 1.1 into an ID in order to compare the two.</remarks>
    internal static ControlId Parse(string text) =>
        TryParse(text, out var id) ? id! : throw new FormatException($"'{text}' is not a control ID such as '1.10'.");

    /// <summary>Reads an ID; false when the text is not two to four whole numbers with dots between.</summary>
    public static bool TryParse(string? text, out ControlId? id)
    {
        var parts = (text ?? "").Trim().Split('.').Select(Number).ToArray();
        id = parts.Length is >= 2 and <= MostParts && parts.All(p => p >= 0) ? new ControlId(parts) : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(ControlId? other)
    {
        if (other is null)
        {
            return 1;
        }

        var different = _parts.Zip(other._parts, (a, b) => a.CompareTo(b)).FirstOrDefault(c => c != 0);
        return different != 0 ? different : _parts.Length.CompareTo(other._parts.Length);
    }

    /// <inheritdoc/>
    public override int CompareTo(object? obj) => obj switch
    {
        null => 1,
        ControlId other => CompareTo(other),
        string or ControlSelector when TryParse(obj.ToString(), out var other) => CompareTo(other),
        _ => throw new ArgumentException($"A control ID cannot be compared with {obj.GetType().Name} {obj}. Quote it: '{this}'.", nameof(obj)),
    };

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private sealed class FromText() : Converter(Parse);
}
