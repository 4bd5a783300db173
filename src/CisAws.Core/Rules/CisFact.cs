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
