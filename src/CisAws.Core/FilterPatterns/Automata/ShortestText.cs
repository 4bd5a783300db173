using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CisAws.FilterPatterns.Automata;

/// <summary>A test of a text by an automaton.</summary>
/// <param name="Automaton">The automaton.</param>
/// <param name="Accepts">Whether a result passes the test.</param>
internal sealed record TextTest(Automaton Automaton, Func<int, bool> Accepts)
{
    private static readonly Func<int, bool> IsMatch = output => output == 1;
    private static readonly Func<int, bool> IsNoMatch = output => output != 1;

    /// <summary>A test by an automaton whose result is 1 for the texts that it matches.</summary>
    /// <param name="automaton">The automaton.</param>
    /// <param name="matches">Whether it is to match, or not to match.</param>
    public static TextTest Of(Automaton automaton, bool matches) => new(automaton, matches ? IsMatch : IsNoMatch);
}

/// <summary>
/// The shortest text that meets some tests: a breadth-first search over the product of their automata, which drops a state as soon
/// as a test can no longer pass. It is exact: where there is no such text the search ends.
/// </summary>
internal sealed class ShortestText
{
    // Of characters that no test distinguishes, the first of these represents all: examples should be readable.
    private const string Readable = "xyzqkjXYZQKJ0123456789-_.";

    private const int AsciiEnd = 128;

    private readonly ValueGrammar _grammar;
    private readonly IReadOnlyList<TextTest> _tests;
    private readonly WorkBudget _budget;
    private readonly Interned _states = new();

    // By state: the one before it, and the character that leads to it.
    private readonly List<int> _origins = [];
    private readonly StringBuilder _characters = new();

    private ShortestText(ValueGrammar grammar, IReadOnlyList<TextTest> tests, WorkBudget budget) =>
        (_grammar, _tests, _budget) = (grammar, tests, budget);

    /// <summary>The text; null when there is none.</summary>
    /// <exception cref="UndecidableException">The budget is used up.</exception>
    public static string? Find(ValueGrammar grammar, IReadOnlyList<TextTest> tests, WorkBudget budget) =>
        tests.Count == 0 ? grammar.Simplest : Search(grammar, tests, budget);

    /// <summary>The same by a search, even without tests.</summary>
    public static string? Search(ValueGrammar grammar, IReadOnlyList<TextTest> tests, WorkBudget budget) =>
        new ShortestText(grammar, tests, budget).Find();

    private string? Find()
    {
        var alphabet = AsciiAlphabet() ?? string.Concat(Alphabet());
        Add(new int[_tests.Count + 1], -1, default);
        for (var state = 0; state < _states.Count; state++)
        {
            foreach (var c in alphabet)
            {
                var known = _states.Count;
                if (Next(_states[state], c) is { } next && Add(next, state, c) == known && IsMet(next))
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
        if (_grammar.Output(state[0]) != 1)
        {
            return false;
        }

        for (var i = 0; i < _tests.Count; i++)
        {
            if (!_tests[i].Accepts(_tests[i].Automaton.Output(state[i + 1])))
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
            var test = _tests[i];
            var reached = next[i + 1] = test.Automaton.Next(state[i + 1], c);
            if (test.Automaton.IsDecided(reached) && !test.Accepts(test.Automaton.Output(reached)))
            {
                return null;
            }
        }

        return next;
    }

    private int Add(int[] state, int from, char on)
    {
        var number = _states.Add(state);
        if (number == _origins.Count)
        {
            _origins.Add(from);
            _characters.Append(on);
        }

        return number;
    }

    private string TextOf(int state)
    {
        var characters = new StringBuilder();
        for (var at = state; at > 0; at = _origins[at])
        {
            characters.Insert(0, _characters[at]);
        }

        return characters.ToString();
    }

    /// <summary>The alphabet where nothing but single characters of ASCII is distinguished, as in most patterns; else null.</summary>
    private string? AsciiAlphabet()
    {
        if (_grammar == ValueGrammar.Number)
        {
            return null;
        }

        var isKnown = new bool[AsciiEnd + 1];
        foreach (var test in _tests)
        {
            if (test.Automaton.Characters is not { } characters)
            {
                return null;
            }

            foreach (var c in characters)
            {
                if (c >= AsciiEnd)
                {
                    return null;
                }

                isKnown[c] = true;
            }
        }

        _budget.Spend(AsciiEnd / 8);
        var alphabet = new StringBuilder();
        var representsOthers = false;
        foreach (var c in Readable)
        {
            if (isKnown[c] || !representsOthers)
            {
                alphabet.Append(c);
                representsOthers |= !isKnown[c];
            }
        }

        for (var c = '\0'; c <= AsciiEnd; c++)
        {
            if (isKnown[c] ? Readable.IndexOf(c) < 0 : !representsOthers)
            {
                alphabet.Append(c);
                representsOthers |= !isKnown[c];
            }
        }

        return alphabet.ToString();
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
