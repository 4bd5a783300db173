using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>What an automaton has to say of a text.</summary>
/// <param name="Automaton">The automaton.</param>
/// <param name="Accepts">Whether a verdict of it will do.</param>
internal sealed record TextTest(Automaton Automaton, Func<int, bool> Accepts);

/// <summary>
/// The shortest text that meets some tests: a breadth-first search over the product of their automata, which leaves a way as soon
/// as one of them can no longer be met. That is exact: without such a text the search comes to its end.
/// </summary>
internal sealed class ShortestText
{
    // Which of the characters that are alike stands for all of them: one that can be read.
    private const string Readable = "xyzqkjXYZQKJ0123456789-_.";

    private readonly ValueGrammar _grammar;
    private readonly IReadOnlyList<TextTest> _tests;
    private readonly WorkBudget _budget;
    private readonly Interned _states = new();
    private readonly List<(int From, char On)> _origins = [];

    private ShortestText(ValueGrammar grammar, IReadOnlyList<TextTest> tests, WorkBudget budget) =>
        (_grammar, _tests, _budget) = (grammar, tests, budget);

    /// <summary>The text; null when there is none.</summary>
    /// <exception cref="UndecidableException">The search takes more work than there is.</exception>
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

        // The empty text is the shortest, but a person learns more from one that can be seen.
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
            if (automaton.IsFinal(next[i + 1]) && !accepts(automaton.Verdict(next[i + 1])))
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

    /// <summary>One character of each kind that no automaton tells apart.</summary>
    private IEnumerable<char> Alphabet()
    {
        var sets = _tests.SelectMany(t => t.Automaton.Sets).Distinct().ToList();

        // Surrogates are to the grammar alone what they are: where no test tells them apart there is no need of them.
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
