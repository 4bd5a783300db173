using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>Whether something is found in a text: the states of a nondeterministic automaton, taken together.</summary>
internal sealed class RegexAutomaton(Nfa nfa, WorkBudget budget) : LazyAutomaton([.. nfa.Initial(), AtStart], budget)
{
    // Keeps a later meeting of the same states from being taken for the start, where ^ holds.
    private const int AtStart = -1;

    public override IEnumerable<CharSet> Sets => nfa.Sets;

    protected override int Cost(int[] state) => nfa.Cost(state);

    protected override bool IsFinal(int[] state) => Nfa.IsFinal(state);

    protected override int[] Next(int[] state, char c) => nfa.Next(StatesOf(state), c);

    protected override int Verdict(int[] state) => nfa.Accepts(StatesOf(state), IsStart(state)) ? 1 : 0;

    private static bool IsStart(int[] state) => state.Length > 0 && state[state.Length - 1] == AtStart;

    private static int[] StatesOf(int[] state) => IsStart(state) ? [.. state.Take(state.Length - 1)] : state;
}
