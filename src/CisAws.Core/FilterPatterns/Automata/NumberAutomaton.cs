using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>
/// Decides whether the number that was read is less than (-1), equal to (0) or greater than (1) a given one. The number is written as
/// <see cref="ValueGrammar.Number"/> says: without an exponent and without needless zeros before it.
/// </summary>
internal sealed class NumberAutomaton(DecimalNumber number, WorkBudget budget) : LazyAutomaton(default(Reading).ToItems(), budget)
{
    private readonly string _whole = WholeOf(number);
    private readonly string _fraction = FractionOf(number);
    private readonly int _sign = number.Digits.Length == 0 ? 0 : number.IsNegative ? -1 : 1;

    /// <summary>Whether a number can be written without an exponent in some hundred digits.</summary>
    public static bool CanRead(DecimalNumber number) => number.Exponent is >= -100 and <= 100;

    /// <summary>Each digit that others are compared with, and those up to it.</summary>
    public override IEnumerable<CharSet> Sets =>
        ("0" + _whole + _fraction).Distinct().SelectMany(d => new[] { CharSet.Of(d), CharSet.Between('0', d) });

    protected override int[] Next(int[] state, char c)
    {
        var read = Reading.From(state);
        read = c switch
        {
            '-' => read with { IsNegative = true },
            '.' => new Reading(read.IsNegative, true, 0, OrderOfWhole(read)),
            _ when read.InFraction => Compared(read, c, _fraction),
            _ => Compared(read, c, _whole),
        };
        return read.ToItems();
    }

    protected override int Output(int[] state)
    {
        var read = Reading.From(state);
        var order = read.InFraction ? read.Order : OrderOfWhole(read);
        if (order == 0 && (read.InFraction ? read.Digits : 0) < _fraction.Length)
        {
            // What is left of the fraction does not end with a zero, so it is more than nothing.
            order = -1;
        }

        return read.IsNegative
            ? _sign > 0 ? -1 : -order
            : _sign < 0 ? 1 : order;
    }

    private static string WholeOf(DecimalNumber number) => number.Exponent <= 0
        ? "0"
        : number.Digits.PadRight((int)number.Exponent, '0').Substring(0, (int)number.Exponent);

    private static string FractionOf(DecimalNumber number) => number.Exponent <= 0
        ? new string('0', (int)-number.Exponent) + number.Digits
        : number.Digits.Length > number.Exponent ? number.Digits.Substring((int)number.Exponent) : "";

    /// <summary>Digits are counted to one more than there are to compare with; more make no difference.</summary>
    private static Reading Compared(Reading read, char digit, string with)
    {
        var order = read.Order != 0 ? read.Order
            : read.Digits < with.Length ? digit.CompareTo(with[read.Digits])
            : read.InFraction ? digit.CompareTo('0')
            : 0;
        return read with { Order = order < 0 ? -1 : order > 0 ? 1 : 0, Digits = Math.Min(read.Digits + 1, with.Length + 1) };
    }

    private int OrderOfWhole(Reading read) =>
        read.Digits == _whole.Length ? read.Order : read.Digits < _whole.Length ? -1 : 1;

    /// <summary>What was read: the digits of the part it is in, and how that part compares so far.</summary>
    private readonly record struct Reading(bool IsNegative, bool InFraction, int Digits, int Order)
    {
        public static Reading From(int[] items) => new(items[0] == 1, items[1] == 1, items[2], items[3]);

        public int[] ToItems() => [IsNegative ? 1 : 0, InFraction ? 1 : 0, Digits, Order];
    }
}
