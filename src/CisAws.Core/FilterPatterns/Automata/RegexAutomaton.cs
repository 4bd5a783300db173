using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>Decides whether a regular expression is found in a text. A state is a set of states of its nondeterministic automaton.</summary>
internal sealed class RegexAutomaton(Nfa nfa, WorkBudget budget) : LazyAutomaton([.. nfa.Initial(), AtStart], budget)
{
    // Distinguishes the start, where ^ holds, from the same states later.
    private const int AtStart = -1;

    public override IEnumerable<CharSet> Sets => nfa.Sets;

    protected override int Cost(int[] state) => nfa.Cost(state);

    protected override bool IsDecided(int[] state) => Nfa.IsDecided(state);

    protected override int[] Next(int[] state, char c) => nfa.Next(StatesOf(state), c);

    protected override int Output(int[] state) => nfa.Accepts(StatesOf(state), IsStart(state)) ? 1 : 0;

    private static bool IsStart(int[] state) => state.Length > 0 && state[state.Length - 1] == AtStart;

    private static int[] StatesOf(int[] state) => IsStart(state) ? [.. state.Take(state.Length - 1)] : state;
}
