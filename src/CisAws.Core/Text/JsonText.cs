using System.Globalization;
using System.IO;
using System.Linq;

namespace CisAws.Text;

/// <summary>
/// Writes strings of JSON in ASCII: every other character is an escape. So the text is the same with every version of .NET, whose own encoders
/// follow the Unicode tables that it came with, and it survives every encoding that a file is written with.
/// </summary>
internal static class JsonText
{
    /// <summary>
    /// Writes a string. Half of a surrogate pair, which no JSON can contain, is written as the text of its escape, the way
    /// <see cref="TerminalText"/> shows it.
    /// </summary>
    public static void Write(TextWriter writer, string text)
    {
        writer.Write('"');
        var plain = 0;
        while (plain < text.Length && IsPlain(text[plain]))
        {
            plain++;
        }

        writer.Write(plain == text.Length ? text : text.Substring(0, plain));
        for (var i = plain; i < text.Length; i++)
        {
            writer.Write(IsPlain(text[i]) ? text[i].ToString() : Escape(text, i));
        }

        writer.Write('"');
    }

    /// <summary>The text with half of a surrogate pair as the text of its escape, for writers that refuse or replace it.</summary>
    public static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHalf(text, i))
            {
                return string.Concat(text.Select((c, at) => IsHalf(text, at) ? @"\u" + Hex(c) : c.ToString()));
            }
        }

        return text;
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~' and not ('"' or '\\');

    private static string Escape(string text, int index) => text[index] switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        var c when IsHalf(text, index) => @"\\u" + Hex(c),
        var c => @"\u" + Hex(c),
    };

    private static bool IsHalf(string text, int index) =>
        (char.IsHighSurrogate(text[index]) && !(index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))) ||
        (char.IsLowSurrogate(text[index]) && !(index > 0 && char.IsHighSurrogate(text[index - 1])));

    private static string Hex(char c) => ((int)c).ToString("x4", CultureInfo.InvariantCulture);
}
