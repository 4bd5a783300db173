using System.Collections.Generic;

namespace CisAws.Text;

/// <summary>A list of texts that prints as <c>a; b; c</c>, in a table and in Export-Csv alike.</summary>
public sealed class TextList : CisList<string>
{
    /// <summary>A list of the given texts.</summary>
    public TextList(IEnumerable<string> items) : base(items)
    {
    }

    /// <summary>The list with nothing in it.</summary>
    public static TextList None { get; } = new([]);
}
