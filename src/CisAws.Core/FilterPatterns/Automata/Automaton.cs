using System.Collections.Generic;

namespace CisAws.FilterPatterns.Automata;

/// <summary>A deterministic finite automaton that reads a value character by character and can say at each what it thinks of it.</summary>
internal abstract class Automaton
{
    /// <summary>The state before the first character.</summary>
    public const int Start = 0;

    /// <summary>The state of a text that no further character can give another verdict.</summary>
    protected const int Dead = -1;

    /// <summary>The sets of characters that it tells apart.</summary>
    public abstract IEnumerable<CharSet> Sets { get; }

    public abstract int Next(int state, char c);

    /// <summary>What it says of a text that ends in a state. Texts of one verdict are alike to it.</summary>
    public abstract int Verdict(int state);

    /// <summary>Whether no further character can give another verdict.</summary>
    public virtual bool IsFinal(int state) => state == Dead;
}
