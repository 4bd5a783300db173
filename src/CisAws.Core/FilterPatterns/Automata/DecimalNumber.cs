using System;
using System.Globalization;

namespace CisAws.FilterPatterns.Automata;

/// <summary>
/// A decimal number of any size, so that nothing is lost to rounding: ±0.Digits × 10^Exponent. Digits neither begin nor end
/// with a zero, and zero has none.
/// </summary>
internal readonly struct DecimalNumber : IComparable<DecimalNumber>
{
    // A number with a larger exponent is treated as infinite or zero.
    private const int MaxExponentDigits = 9;

    private DecimalNumber(bool isNegative, string digits, long exponent) =>
        (IsNegative, Digits, Exponent) = (isNegative && digits.Length > 0, digits, digits.Length > 0 ? exponent : 0);

    public bool IsNegative { get; }

    public string Digits { get; }

    public long Exponent { get; }

    /// <summary>Reads a text known to be a number: <c>-1.50e3</c>.</summary>
    public static DecimalNumber Parse(string text)
    {
        var unsigned = text.TrimStart('+', '-');
        var exponentAt = unsigned.IndexOfAny(['e', 'E']);
        var mantissa = exponentAt < 0 ? unsigned : unsigned.Substring(0, exponentAt);
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "");
        var significant = digits.TrimStart('0');
        var exponent = whole - (digits.Length - significant.Length) + (exponentAt < 0 ? 0 : ExponentOf(unsigned.Substring(exponentAt + 1)));
        return new DecimalNumber(text[0] == '-', significant.TrimEnd('0'), exponent);
    }

    public int CompareTo(DecimalNumber other) =>
        Sign != other.Sign ? Sign.CompareTo(other.Sign) : Sign * CompareMagnitude(other);

    private int Sign => Digits.Length == 0 ? 0 : IsNegative ? -1 : 1;

    private int CompareMagnitude(DecimalNumber other) =>
        Exponent != other.Exponent ? Exponent.CompareTo(other.Exponent) : string.CompareOrdinal(Digits, other.Digits);

    private static long ExponentOf(string text)
    {
        var digits = text.TrimStart('+', '-').TrimStart('0');
        var size = digits.Length > MaxExponentDigits
            ? 2_000_000_000
            : digits.Length == 0 ? 0 : long.Parse(digits, CultureInfo.InvariantCulture);
        return text[0] == '-' ? -size : size;
    }
}
