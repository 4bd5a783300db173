using System;
using System.ComponentModel;
using System.Globalization;

namespace CisAws.Text;

/// <summary>
/// A value that scripts use as its text, and that compares by what it means: an ID for instance, which sorts by its numbers. It derives from
/// Uri for one reason: ConvertTo-Json of Windows PowerShell 5.1 and PowerShell 7 writes a Uri as its text, and every other class as an object
/// of its properties. Nothing else of Uri is used.
/// </summary>
public abstract class TextValue : Uri, IComparable
{
    private protected TextValue(string text) : base(text, UriKind.Relative)
    {
    }

    /// <summary>Compares with a value of the same type, or with its text.</summary>
    /// <exception cref="ArgumentException">The other is something else, such as the number that PowerShell makes of an unquoted 1.10.</exception>
    public abstract int CompareTo(object? obj);

    /// <summary>Whether the other has the same text. It may be a string: a script looks for IDs by their text.</summary>
    public sealed override bool Equals(object? comparand) => comparand is TextValue or string && ToString() == comparand.ToString();

    /// <summary>
    /// The hash code that the hashtables of Group-Object -AsHashTable use for strings, so that <c>$table['1.10']</c> finds an ID. They compare by the
    /// current culture; for IDs it gives the same as the invariant one, except in Thai.
    /// </summary>
    public sealed override int GetHashCode() => StringComparer.InvariantCultureIgnoreCase.GetHashCode(ToString());

    /// <summary>The text.</summary>
    public sealed override string ToString() => OriginalString;

    /// <summary>The text of a value with more text after it.</summary>
    public static string operator +(TextValue? left, string? right) => $"{left}{right}";

    /// <summary>
    /// Lets PowerShell make a value of text, and of nothing else. It takes a number too, in order to refuse it: otherwise PowerShell would make text of
    /// it first, and 1.10 would be the ID 1.1.
    /// </summary>
    /// <param name="parse">Reads the text; throws a FormatException.</param>
    private protected abstract class Converter(Func<string, TextValue> parse) : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => true;

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value is string or TextValue
            ? parse(value.ToString()!)
            : throw new FormatException($"{value} is a {value.GetType().Name}, not text. Quote it, as in '1.10'.");
    }
}
