using System.Collections.Generic;

namespace CisAws.FilterPatterns.Automata;

/// <summary>An automaton whose states are sequences of numbers, numbered themselves as they are reached.</summary>
internal abstract class LazyAutomaton : Automaton
{
    private readonly WorkBudget _budget;
    private readonly Interned _states = new();
    private readonly Dictionary<long, int> _moves = [];
    private readonly Dictionary<int, int> _verdicts = [];

    /// <summary>An automaton that pays for each state it reaches: some regular expressions have states without number.</summary>
    protected LazyAutomaton(int[] start, WorkBudget budget)
    {
        _budget = budget;
        _states.Add(start);
    }

    public sealed override int Next(int state, char c)
    {
        var move = ((long)state << 16) | c;
        if (!_moves.TryGetValue(move, out var next))
        {
            _budget.Spend(Cost(_states[state]));
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

    public sealed override bool IsFinal(int state) => IsFinal(_states[state]);

    /// <summary>The steps that it takes to read a character in a state.</summary>
    protected virtual int Cost(int[] state) => state.Length + 1;

    protected virtual bool IsFinal(int[] state) => false;

    protected abstract int[] Next(int[] state, char c);

    protected abstract int Verdict(int[] state);
}
