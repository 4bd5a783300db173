using System.Collections.Generic;
using System.Threading;

namespace CisAws.FilterPatterns.Automata;

/// <summary>The grammar of values.</summary>
internal abstract class ValueGrammar : Automaton
{
    private string? _simplest;

    /// <summary>
    /// A number as CloudTrail's records have them: -12.50. JSON allows exponents too, but every number can be written without.
    /// </summary>
    public static ValueGrammar Number { get; } = new Numbers();

    /// <summary>Text, in which surrogates come in pairs.</summary>
    public static ValueGrammar Text { get; } = new Texts(mayBeEmpty: true);

    /// <summary>Text of at least one character.</summary>
    public static ValueGrammar NonEmptyText { get; } = new Texts(mayBeEmpty: false);

    /// <summary>The shortest value, of which nothing else is asked.</summary>
    public string Simplest => _simplest ??= ShortestText.Search(this, [], new WorkBudget(long.MaxValue, CancellationToken.None))!;

    public static bool NeverMatches(int state) => state == Dead;

    /// <summary>Whether a text is of this grammar.</summary>
    public bool Reads(string text)
    {
        var state = Start;
        foreach (var c in text)
        {
            state = NeverMatches(state) ? state : Next(state, c);
        }

        return Output(state) == 1;
    }

    private sealed class Texts(bool mayBeEmpty) : ValueGrammar
    {
        private const int InPair = 1;
        private const int Complete = 2;

        public override IEnumerable<CharSet> Sets
        {
            get
            {
                var (high, low) = (CharSet.Between('\ud800', '\udbff'), CharSet.Between('\udc00', '\udfff'));
                return [high, low, high.Or(low).Complement()];
            }
        }

        public override int Next(int state, char c) => state == InPair
            ? char.IsLowSurrogate(c) ? Complete : Dead
            : char.IsHighSurrogate(c) ? InPair : char.IsLowSurrogate(c) ? Dead : Complete;

        /// <summary>1 for a value that is complete.</summary>
        public override int Output(int state) => state == Complete || (state == Start && mayBeEmpty) ? 1 : 0;
    }

    private sealed class Numbers : ValueGrammar
    {
        private const int Negative = 1;
        private const int Zero = 2;
        private const int Whole = 3;
        private const int Point = 4;
        private const int Fraction = 5;

        public override IEnumerable<CharSet> Sets =>
            [CharSet.Of('-'), CharSet.Of('0'), CharSet.Between('1', '9'), CharSet.Between('0', '9'), CharSet.Of('.')];

        public override int Next(int state, char c) => (state, c) switch
        {
            (Start, '-') => Negative,
            (Start or Negative, '0') => Zero,
            (Start or Negative, >= '1' and <= '9') => Whole,
            (Whole, >= '0' and <= '9') => Whole,
            (Zero or Whole, '.') => Point,
            (Point or Fraction, >= '0' and <= '9') => Fraction,
            _ => Dead,
        };

        /// <summary>1 for a value that is complete.</summary>
        public override int Output(int state) => state is Zero or Whole or Fraction ? 1 : 0;
    }
}
