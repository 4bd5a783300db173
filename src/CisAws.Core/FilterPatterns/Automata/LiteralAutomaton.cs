using System.Collections.Generic;

namespace CisAws.FilterPatterns.Automata;

/// <summary>Decides whether one of a list of texts was read, by a tree of their characters.</summary>
internal sealed class LiteralAutomaton : Automaton
{
    private readonly HashSet<int> _ends = [];
    private readonly Dictionary<long, int> _moves = [];

    public LiteralAutomaton(IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            _ends.Add(Add(text));
        }

        Characters = string.Concat(texts);
    }

    public override string Characters { get; }

    public override int Next(int state, char c) => state != Dead && _moves.TryGetValue(Move(state, c), out var next) ? next : Dead;

    /// <summary>1 for a text of the list.</summary>
    public override int Output(int state) => _ends.Contains(state) ? 1 : 0;

    private static long Move(int state, char c) => ((long)state << 16) | c;

    private int Add(string text)
    {
        var state = Start;
        foreach (var c in text)
        {
            if (!_moves.TryGetValue(Move(state, c), out var next))
            {
                next = _moves.Count + 1;
                _moves.Add(Move(state, c), next);
            }

            state = next;
        }

        return state;
    }
}
