using System.Collections.Generic;

namespace CisAws.FilterPatterns.Automata;

/// <summary>An automaton whose states are sequences of numbers, created when they are reached.</summary>
internal abstract class LazyAutomaton : Automaton
{
    private readonly WorkBudget _budget;
    private readonly Interned _states = new();
    private readonly Dictionary<long, int> _moves = [];
    private readonly Dictionary<int, int> _outputs = [];

    /// <summary>An automaton that charges the budget for each new state: some regular expressions have very many.</summary>
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

    public sealed override int Output(int state)
    {
        if (!_outputs.TryGetValue(state, out var output))
        {
            output = Output(_states[state]);
            _outputs.Add(state, output);
        }

        return output;
    }

    public sealed override bool IsDecided(int state) => IsDecided(_states[state]);

    /// <summary>The steps that reading a character in a state costs.</summary>
    protected virtual int Cost(int[] state) => state.Length + 1;

    protected virtual bool IsDecided(int[] state) => false;

    protected abstract int[] Next(int[] state, char c);

    protected abstract int Output(int[] state);
}
