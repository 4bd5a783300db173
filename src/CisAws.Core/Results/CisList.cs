using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace CisAws;

/// <summary>A list that prints as <c>a; b; c</c>, in a table and in Export-Csv alike, and that equals another with the same items.</summary>
/// <typeparam name="T">What it holds; its ToString is what is printed.</typeparam>
public class CisList<T> : ReadOnlyCollection<T>, IEquatable<CisList<T>>
{
    /// <summary>A list of the given items.</summary>
    public CisList(IEnumerable<T> items) : base(items.ToArray())
    {
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);

    /// <inheritdoc/>
    public bool Equals(CisList<T>? other) => other is not null && this.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CisList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;
}
