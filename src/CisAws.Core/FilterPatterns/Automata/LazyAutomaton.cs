using System.Collections.Generic;

namespace CisAws.FilterPatterns.Automata;

/// <summary>An automaton whose states are sequences of numbers, numbered themselves as they are reached.</summary>
internal abstract class LazyAutomaton : Automaton
{
    // What a second or so allows: some regular expressions have states without number, each of them long.
    private const int MaxWork = 2_000_000;

    private readonly Interned _states = new();
    private readonly Dictionary<long, int> _moves = [];
    private readonly Dictionary<int, int> _verdicts = [];
    private int _work;

    protected LazyAutomaton(int[] start) => _states.Add(start);

    public sealed override int Next(int state, char c)
    {
        var move = ((long)state << 16) | c;
        if (!_moves.TryGetValue(move, out var next))
        {
            _work += _states[state].Length;
            if (_work > MaxWork)
            {
                throw UndecidableException.TooManyTexts();
            }

            next = _states.Add(Next(_states[state], c));
            _moves.Add(move, next);
        }

        return next;
    }

    public sealed override int Verdict(int state)
    {
        if (!_verdicts.TryGetValue(state, out var verdict))
        {
            verdict = Verdict(_states[state]);
            _verdicts.Add(state, verdict);
        }

        return verdict;
    }

    protected abstract int[] Next(int[] state, char c);

    protected abstract int Verdict(int[] state);
}
