using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>
/// A nondeterministic finite automaton that accepts the texts in which something is found. It is in many states at once, so
/// that a text is read once, whatever the expression.
/// </summary>
internal sealed class Nfa
{
    private const int Start = 0;
    private const int Found = 1;

    private static readonly int[] OnlyFound = [Found];

    private readonly List<State> _states = [new(), new()];
    private bool[]? _live;

    public Nfa()
    {
        // What is looked for can begin anywhere, and what comes after it does not matter.
        _states[Start].Moves.Add((CharSet.Any, Start));
        _states[Found].Moves.Add((CharSet.Any, Found));
    }

    private enum When
    {
        Always,
        AtStart,
        AtEnd,
    }

    public int Size => _states.Count;

    /// <summary>The sets of characters that it distinguishes.</summary>
    public IEnumerable<CharSet> Sets => _states.SelectMany(s => s.Moves).Select(m => m.On);

    /// <summary>Begins an alternative and returns the state it is in; <see cref="End"/> ends it.</summary>
    public int Begin() => Epsilon(Start, When.Always);

    public void End(int from) => _states[from].Epsilons.Add((When.Always, Found));

    public int AtStart(int from) => Epsilon(from, When.AtStart);

    public int AtEnd(int from) => Epsilon(from, When.AtEnd);

    /// <summary>From <paramref name="min"/> to <paramref name="max"/> characters of a set; null for any number from the minimum on.</summary>
    public int Repeat(int from, CharSet set, int min, int? max)
    {
        var at = from;
        for (var i = 0; i < min; i++)
        {
            at = Move(at, set);
        }

        if (max is null)
        {
            at = Epsilon(at, When.Always);
            _states[at].Moves.Add((set, at));
            return at;
        }

        var skips = new List<int>();
        for (var i = min; i < max; i++)
        {
            skips.Add(at);
            at = Move(at, set);
        }

        skips.ForEach(s => _states[s].Epsilons.Add((When.Always, at)));
        return at;
    }

    public bool Matches(string text)
    {
        var states = Initial();
        foreach (var c in text)
        {
            states = Next(states, c);
            if (IsDecided(states))
            {
                return states.Length > 0;
            }
        }

        return Accepts(states, text.Length == 0);
    }

    /// <summary>The states before the first character, in order.</summary>
    public int[] Initial() => Closure([Start], atStart: true);

    /// <summary>The states after a character, in order: those from which something can still be found, and no others.</summary>
    public int[] Next(int[] states, char c)
    {
        var next = new List<int>();
        foreach (var state in states)
        {
            foreach (var (on, to) in _states[state].Moves)
            {
                if (on.Contains(c))
                {
                    next.Add(to);
                }
            }
        }

        var reached = Closure(next);
        var live = _live ??= Live();
        return Array.IndexOf(reached, Found) >= 0 ? OnlyFound : Array.TrueForAll(reached, s => live[s]) ? reached : Array.FindAll(reached, s => live[s]);
    }

    /// <summary>Whether a text that ends in these states is accepted.</summary>
    public bool Accepts(int[] states, bool isEmpty) => Array.IndexOf(Closure(states, isEmpty, atEnd: true), Found) >= 0;

    /// <summary>Whether more characters cannot change the result: something was found, or nothing can be.</summary>
    public static bool IsDecided(int[] states) => states.Length == 0 || (states.Length == 1 && states[0] == Found);

    /// <summary>The steps that it takes to read a character in some states: each costs as much as several comparisons.</summary>
    public int Cost(int[] states) => 8 * (1 + states.Length + (Size / 64));

    private int Move(int from, CharSet set)
    {
        _states.Add(new State());
        _states[from].Moves.Add((set, Size - 1));
        return Size - 1;
    }

    private int Epsilon(int from, When when)
    {
        _states.Add(new State());
        _states[from].Epsilons.Add((when, Size - 1));
        return Size - 1;
    }

    /// <summary>The states, in order, and those that are reached from them without a character.</summary>
    private int[] Closure(IReadOnlyList<int> states, bool atStart = false, bool atEnd = false)
    {
        var reached = new bool[Size];
        var all = new List<int>(states.Count);
        foreach (var state in states)
        {
            Reach(state);
        }

        for (var i = 0; i < all.Count; i++)
        {
            foreach (var (when, to) in _states[all[i]].Epsilons)
            {
                if (when == When.Always || (when == When.AtStart ? atStart : atEnd))
                {
                    Reach(to);
                }
            }
        }

        all.Sort();
        return [.. all];

        void Reach(int state)
        {
            if (!reached[state])
            {
                reached[state] = true;
                all.Add(state);
            }
        }
    }

    /// <summary>The states from which something can be found once a character was read.</summary>
    private bool[] Live()
    {
        var before = new List<int>[Size];
        for (var state = 0; state < Size; state++)
        {
            before[state] = [];
        }

        for (var state = 0; state < Size; state++)
        {
            _states[state].Moves.ForEach(m => before[m.To].Add(state));
            _states[state].Epsilons.FindAll(f => f.When != When.AtStart).ForEach(f => before[f.To].Add(state));
        }

        var live = new bool[Size];
        var found = new Stack<int>([Found]);
        live[Found] = true;
        while (found.Count > 0)
        {
            foreach (var state in before[found.Pop()])
            {
                if (!live[state])
                {
                    live[state] = true;
                    found.Push(state);
                }
            }
        }

        return live;
    }

    private sealed class State
    {
        public List<(CharSet On, int To)> Moves { get; } = [];

        /// <summary>Moves that read no character.</summary>
        public List<(When When, int To)> Epsilons { get; } = [];
    }
}
