using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>Decides which of a list of texts was read, by a tree of their characters.</summary>
internal sealed class LiteralAutomaton : Automaton
{
    private const int None = -1;

    private readonly List<int> _verdicts = [None];
    private readonly Dictionary<(int State, char On), int> _moves = [];

    public LiteralAutomaton(IReadOnlyList<string> texts)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            _verdicts[Add(texts[i])] = i;
        }
    }

    public override IEnumerable<CharSet> Sets => _moves.Keys.Select(m => m.On).Distinct().Select(CharSet.Of);

    public override int Next(int state, char c) => _moves.TryGetValue((state, c), out var next) ? next : Dead;

    public override int Verdict(int state) => state == Dead ? None : _verdicts[state];

    private int Add(string text)
    {
        var state = Start;
        foreach (var c in text)
        {
            if (!_moves.TryGetValue((state, c), out var next))
            {
                next = _verdicts.Count;
                _moves.Add((state, c), next);
                _verdicts.Add(None);
            }

            state = next;
        }

        return state;
    }
}
