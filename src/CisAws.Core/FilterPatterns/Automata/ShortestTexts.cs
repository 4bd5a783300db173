using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>
/// One text for each set of verdicts that automata can give together, as short as there is: a breadth-first search over their
/// product. What the texts do not show cannot happen.
/// </summary>
internal sealed class ShortestTexts
{
    // What a second or so allows.
    private const int MaxSteps = 4_000_000;

    // Which of the characters that are alike stands for all of them: one that can be read.
    private const string Readable = "xyzqkjXYZQKJ0123456789-_.";

    private readonly ValueGrammar _grammar;
    private readonly IReadOnlyList<Automaton> _automata;
    private readonly char[] _alphabet;
    private readonly Interned _states = new();
    private readonly List<(int From, char On)> _origins = [];
    private int _steps;

    private ShortestTexts(ValueGrammar grammar, IReadOnlyList<Automaton> automata)
    {
        _grammar = grammar;
        _automata = [grammar, .. automata];
        _alphabet = [.. Alphabet()];
    }

    /// <summary>The texts; where a sample shows as much as a shorter text, the sample, and these first.</summary>
    /// <exception cref="UndecidableException">There are too much to look at.</exception>
    public static IReadOnlyList<string> Of(ValueGrammar grammar, IReadOnlyList<Automaton> automata, IEnumerable<string> samples)
    {
        var search = new ShortestTexts(grammar, automata);
        var texts = new List<string>();
        var verdicts = new Interned();
        foreach (var sample in samples)
        {
            Keep(search.Read(sample), () => sample);
        }

        // The empty text is the shortest, but a person learns more from one that can be seen.
        search.Expand();
        foreach (var state in Enumerable.Range(1, search._states.Count - 1).Concat([0]))
        {
            Keep(search._states[state], () => search.TextOf(state));
        }

        return texts;

        void Keep(int[] reached, Func<string> text)
        {
            var known = verdicts.Count;
            if (grammar.Verdict(reached[0]) == 1 && verdicts.Add([.. reached.Select((s, i) => search._automata[i].Verdict(s))]) == known)
            {
                texts.Add(text());
            }
        }
    }

    /// <summary>Whether surrogates are to anything but the grammar more than characters like others.</summary>
    private bool KnowsSurrogates =>
        _automata.Skip(1).SelectMany(a => a.Sets).SelectMany(s => s.Boundaries).Any(c => c is >= '\ud800' and <= '\ue000');

    private void Expand()
    {
        Add([.. _automata.Select(_ => Automaton.Start)], (-1, default));
        for (var state = 0; state < _states.Count; state++)
        {
            foreach (var c in _alphabet)
            {
                if (!ValueGrammar.IsDead(_grammar.Next(_states[state][0], c)))
                {
                    Add(Next(_states[state], c), (state, c));
                }
            }
        }
    }

    private void Add(int[] state, (int From, char On) origin)
    {
        if (_states.Add(state) == _origins.Count)
        {
            _origins.Add(origin);
        }
    }

    private int[] Read(string text) => text.Aggregate(_automata.Select(_ => Automaton.Start).ToArray(), Next);

    private int[] Next(int[] state, char c)
    {
        _steps += state.Length;
        if (_steps > MaxSteps)
        {
            throw UndecidableException.TooManyTexts();
        }

        var next = new int[state.Length];
        for (var i = 0; i < next.Length; i++)
        {
            next[i] = _automata[i].Next(state[i], c);
        }

        return next;
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
        var sets = _automata.SelectMany(a => a.Sets).Distinct().ToList();
        var boundaries = sets.SelectMany(s => s.Boundaries).Distinct().OrderBy(c => c);
        var kinds = new Interned();
        foreach (var c in Readable.Concat(boundaries).Append(char.MinValue))
        {
            var known = kinds.Count;
            if (kinds.Add([.. sets.Select(s => s.Contains(c) ? 1 : 0)]) == known && (!char.IsSurrogate(c) || KnowsSurrogates))
            {
                yield return c;
            }
        }
    }
}
