using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>A test of a text by an automaton.</summary>
/// <param name="Automaton">The automaton.</param>
/// <param name="Accepts">Whether a result passes the test.</param>
internal sealed record TextTest(Automaton Automaton, Func<int, bool> Accepts);

/// <summary>
/// The shortest text that meets some tests: a breadth-first search over the product of their automata, which drops a state as soon
/// as a test can no longer pass. It is exact: where there is no such text the search ends.
/// </summary>
internal sealed class ShortestText
{
    // Of characters that no test distinguishes, the first of these represents all: examples should be readable.
    private const string Readable = "xyzqkjXYZQKJ0123456789-_.";

    private readonly ValueGrammar _grammar;
    private readonly IReadOnlyList<TextTest> _tests;
    private readonly WorkBudget _budget;
    private readonly Interned _states = new();
    private readonly List<(int From, char On)> _origins = [];

    private ShortestText(ValueGrammar grammar, IReadOnlyList<TextTest> tests, WorkBudget budget) =>
        (_grammar, _tests, _budget) = (grammar, tests, budget);

    /// <summary>The text; null when there is none.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public static string? Find(ValueGrammar grammar, IReadOnlyList<TextTest> tests, WorkBudget budget) =>
        new ShortestText(grammar, tests, budget).Find();

    private string? Find()
    {
        var alphabet = Alphabet().ToList();
        Add(new int[_tests.Count + 1], (-1, default));
        for (var state = 0; state < _states.Count; state++)
        {
            foreach (var c in alphabet)
            {
                var known = _states.Count;
                if (Next(_states[state], c) is { } next && Add(next, (state, c)) == known && IsMet(next))
                {
                    return TextOf(known);
                }
            }
        }

        // The empty text is the shortest, but a visible one is a better example.
        return IsMet(_states[0]) ? "" : null;
    }

    private bool IsMet(int[] state)
    {
        if (_grammar.Verdict(state[0]) != 1)
        {
            return false;
        }

        for (var i = 0; i < _tests.Count; i++)
        {
            if (!_tests[i].Accepts(_tests[i].Automaton.Verdict(state[i + 1])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The state after a character; null when no text that goes on from there can meet the tests.</summary>
    private int[]? Next(int[] state, char c)
    {
        _budget.Spend();
        var at = _grammar.Next(state[0], c);
        if (ValueGrammar.NeverMatches(at))
        {
            return null;
        }

        var next = new int[state.Length];
        next[0] = at;
        for (var i = 0; i < _tests.Count; i++)
        {
            _budget.Spend();
            var (automaton, accepts) = (_tests[i].Automaton, _tests[i].Accepts);
            next[i + 1] = automaton.Next(state[i + 1], c);
            if (automaton.IsDecided(next[i + 1]) && !accepts(automaton.Verdict(next[i + 1])))
            {
                return null;
            }
        }

        return next;
    }

    private int Add(int[] state, (int From, char On) origin)
    {
        var number = _states.Add(state);
        if (number == _origins.Count)
        {
            _origins.Add(origin);
        }

        return number;
    }

    private string TextOf(int state)
    {
        var characters = new List<char>();
        for (var at = state; at > 0; at = _origins[at].From)
        {
            characters.Add(_origins[at].On);
        }

        characters.Reverse();
        return new string([.. characters]);
    }

    /// <summary>One character for each set of characters that no automaton distinguishes.</summary>
    private IEnumerable<char> Alphabet()
    {
        var sets = _tests.SelectMany(t => t.Automaton.Sets).Distinct().ToList();

        // Only the grammar distinguishes surrogates, unless a test does.
        var knowsSurrogates = sets.SelectMany(s => s.Boundaries).Any(c => c is >= '\ud800' and <= '\ue000');
        sets.AddRange(_grammar.Sets.Distinct().Where(s => !sets.Contains(s)));
        var boundaries = sets.SelectMany(s => s.Boundaries).Distinct().OrderBy(c => c);
        var kinds = new Interned();
        foreach (var c in Readable.Concat(boundaries).Append(char.MinValue))
        {
            _budget.Spend(1 + (sets.Count / 8));
            var known = kinds.Count;
            if (kinds.Add([.. sets.Select(s => s.Contains(c) ? 1 : 0)]) == known && (!char.IsSurrogate(c) || knowsSurrogates))
            {
                yield return c;
            }
        }
    }
}
