using System.Collections.Generic;

namespace CisAws.FilterPatterns.Automata;

/// <summary>
/// Decides whether a text consists of some parts with anything between them. Each part is looked for where it comes first, which
/// leaves the most for those after it, so that a state is a place in the parts.
/// </summary>
internal sealed class WildcardAutomaton : Automaton
{
    // The parts one after the other. In the state n, those before the place n were read.
    private readonly string _parts;

    // Where a part that does not go on with a character may have begun later: the place to try instead; Dead for none.
    private readonly int[] _retreats;

    private readonly bool _endsOpen;

    /// <param name="parts">The first begins the text and the last ends it; at least two.</param>
    public WildcardAutomaton(IReadOnlyList<string> parts)
    {
        _parts = string.Concat(parts);
        _endsOpen = parts[parts.Count - 1].Length == 0;
        _retreats = new int[_parts.Length + 1];
        for (var place = 0; place < parts[0].Length; place++)
        {
            _retreats[place] = Dead;
        }

        var start = parts[0].Length;
        for (var i = 1; i < parts.Count; i++)
        {
            AddRetreats(parts[i], start);
            start += parts[i].Length;
        }
    }

    public override string Characters => _parts;

    public override int Next(int state, char c)
    {
        for (var at = state; at != Dead; at = _retreats[at])
        {
            if (at < _parts.Length ? _parts[at] == c : _endsOpen)
            {
                return at < _parts.Length ? at + 1 : at;
            }

            if (_retreats[at] == at)
            {
                return at;
            }
        }

        return Dead;
    }

    /// <summary>1 for a text that consists of the parts.</summary>
    public override int Output(int state) => state == _parts.Length ? 1 : 0;

    public override bool IsDecided(int state) => state == Dead || (_endsOpen && state == _parts.Length);

    /// <summary>Where a part begins, what is read is skipped: that place retreats to itself.</summary>
    private void AddRetreats(string part, int start)
    {
        _retreats[start] = start;
        var border = 0;
        for (var length = 1; length <= part.Length; length++)
        {
            // The longest end of what was read that is a beginning of the part.
            _retreats[start + length] = start + border;
            if (length < part.Length)
            {
                while (border > 0 && part[length] != part[border])
                {
                    border = _retreats[start + border] - start;
                }

                border = part[length] == part[border] ? border + 1 : 0;
            }
        }
    }
}
