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
public class CisList<T> : ReadOnlyCollection<T>, IEquatable<CisList<T>>
{
    // A cell of Excel holds 32,767 characters; some are left for the count.
    private const int Longest = 32_700;

    /// <summary>A list of the given items.</summary>
    public CisList(IEnumerable<T> items) : base(items.ToArray())
    {
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Count; i++)
        {
            var item = (i == 0 ? "" : "; ") + this[i];
            if (text.Length + item.Length > Longest)
            {
                return i == 0 ? item.Substring(0, Longest) + "..." : text + $"; +{Count - i} more";
            }

            text.Append(item);
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(CisList<T>? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CisList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;
}
