using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>The grammar of values.</summary>
internal sealed class ValueGrammar : Automaton
{
    private static readonly CharSet Digits = CharSet.Between('0', '9');
    private static readonly CharSet HighSurrogates = CharSet.Between('\ud800', '\udbff');
    private static readonly CharSet LowSurrogates = CharSet.Between('\udc00', '\udfff');
    private static readonly CharSet NoSurrogates = HighSurrogates.Or(LowSurrogates).Complement();

    private readonly (CharSet On, int To)[][] _moves;
    private readonly int[] _complete;

    private ValueGrammar(int[] complete, params (int From, CharSet On, int To)[] moves) =>
        (_complete, _moves) = (
            complete,
            [.. Enumerable.Range(0, moves.Max(m => Math.Max(m.From, m.To)) + 1).Select(s => moves.Where(m => m.From == s).Select(m => (m.On, m.To)).ToArray())]);

    /// <summary>
    /// A number as CloudTrail's records have them: -12.50. JSON allows exponents too, but every number can be written without.
    /// </summary>
    public static ValueGrammar Number { get; } = new(
        [2, 3, 5],
        (Start, CharSet.Of('-'), 1),
        (Start, CharSet.Of('0'), 2),
        (Start, CharSet.Between('1', '9'), 3),
        (1, CharSet.Of('0'), 2),
        (1, CharSet.Between('1', '9'), 3),
        (3, Digits, 3),
        (2, CharSet.Of('.'), 4),
        (3, CharSet.Of('.'), 4),
        (4, Digits, 5),
        (5, Digits, 5));

    /// <summary>Text, in which surrogates come in pairs.</summary>
    public static ValueGrammar Text { get; } = TextThatEndsIn(Start, 2);

    /// <summary>Text of at least one character.</summary>
    public static ValueGrammar NonEmptyText { get; } = TextThatEndsIn(2);

    public override IEnumerable<CharSet> Sets => _moves.SelectMany(m => m).Select(m => m.On);

    public override int Next(int state, char c)
    {
        foreach (var (on, to) in _moves[state])
        {
            if (on.Contains(c))
            {
                return to;
            }
        }

        return Dead;
    }

    /// <summary>1 for a value that is complete.</summary>
    public override int Verdict(int state) => _complete.Contains(state) ? 1 : 0;

    public static bool NeverMatches(int state) => state == Dead;

    /// <summary>Whether a text is of this grammar.</summary>
    public bool Reads(string text)
    {
        var state = Start;
        foreach (var c in text)
        {
            state = NeverMatches(state) ? state : Next(state, c);
        }

        return Verdict(state) == 1;
    }

    private static ValueGrammar TextThatEndsIn(params int[] complete) => new(
        complete,
        (Start, NoSurrogates, 2),
        (Start, HighSurrogates, 1),
        (1, LowSurrogates, 2),
        (2, NoSurrogates, 2),
        (2, HighSurrogates, 1));
}
