using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>A deterministic finite automaton that reads a value character by character and has a result for what it has read.</summary>
internal abstract class Automaton
{
    /// <summary>The state before the first character.</summary>
    public const int Start = 0;

    /// <summary>The state in which more characters cannot change the result.</summary>
    protected const int Dead = -1;

    /// <summary>The sets of characters that it distinguishes.</summary>
    public virtual IEnumerable<CharSet> Sets => Characters!.Distinct().Select(CharSet.Of);

    /// <summary>The characters that it distinguishes, each from all others, in any order; null where it distinguishes sets of them.</summary>
    public virtual string? Characters => null;

    public abstract int Next(int state, char c);

    /// <summary>The result for a text that ends in a state.</summary>
    public abstract int Output(int state);

    /// <summary>Whether more characters cannot change the result.</summary>
    public virtual bool IsDecided(int state) => state == Dead;
}
