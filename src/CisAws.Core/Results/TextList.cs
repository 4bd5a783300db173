using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace CisAws;

/// <summary>A list of texts that prints as <c>a; b; c</c>, in a table and in Export-Csv alike.</summary>
public sealed class TextList : ReadOnlyCollection<string>
{
    /// <summary>A list of the given texts.</summary>
    public TextList(IEnumerable<string> items) : base(items.ToArray())
    {
    }

    /// <summary>The list with nothing in it.</summary>
    public static TextList None { get; } = new([]);

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);
}
