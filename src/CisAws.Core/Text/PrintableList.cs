using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Text;

namespace CisAws.Text;

/// <summary>
/// A list that prints as <c>a; b; c</c>, in a table and in Export-Csv alike, and that equals another with the same items.
/// What would not go into a cell of Excel is counted: <c>a; b; +98 more</c>.
/// </summary>
/// <typeparam name="T">What it holds; its ToString is what is printed.</typeparam>
public sealed class PrintableList<T> : ReadOnlyCollection<T>, IEquatable<PrintableList<T>>
{
    // A cell of Excel holds 32,767 characters; some are left for the count.
    private const int Longest = 32_700;

    private readonly Func<PrintableList<T>, string> _print;

    /// <summary>A list of the given items.</summary>
    public PrintableList(IEnumerable<T> items) : this(items, Joined)
    {
    }

    /// <summary>A list that prints in a way of its own, such as how many items it has.</summary>
    internal PrintableList(IEnumerable<T> items, Func<PrintableList<T>, string> print) : base(items.ToArray()) => _print = print;

    /// <summary>The list with nothing in it.</summary>
    public static PrintableList<T> None { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString() => _print(this);

    /// <inheritdoc/>
    public bool Equals(PrintableList<T>? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PrintableList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => Count == 0 ? 0 : (Count * 397) ^ (this[0]?.GetHashCode() ?? 0);

    private static string Joined(PrintableList<T> list)
    {
        var text = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            var item = (i == 0 ? "" : "; ") + list[i];
            if (text.Length + item.Length > Longest)
            {
                return i == 0 ? item.Substring(0, Longest) + "..." : text + $"; +{list.Count - i} more";
            }

            text.Append(item);
        }

        return text.ToString();
    }
}
