using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Rules;

/// <summary>One thing a finding rests on.</summary>
public sealed record CisFact(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Value}";

    /// <summary>The same fact, safe to show.</summary>
    internal CisFact Escaped() => new(TerminalText.Escape(Name), TerminalText.Escape(Value));
}

/// <summary>What a finding rests on; prints as <c>a=1; b=2</c>.</summary>
public sealed class CisFactList : CisList<CisFact>
{
    /// <summary>A list of the given facts.</summary>
    public CisFactList(IEnumerable<CisFact> items) : base(items)
    {
    }

    /// <summary>The list with nothing in it.</summary>
    public static CisFactList None { get; } = new([]);
}
