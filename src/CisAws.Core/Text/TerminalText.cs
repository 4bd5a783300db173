using System.Globalization;
using System.Text;

namespace CisAws.Text;

/// <summary>
/// Makes text from outside, such as the description of a KMS key or an error message, safe to show. A control character
/// can clear a screen, a line break can forge a row of a table, and a bidirectional control can reorder a line.
/// </summary>
internal static class TerminalText
{
    /// <summary>
    /// The text in one line: C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls and unpaired
    /// surrogates as visible escapes, such as <c>\n</c> and <c>\u001b</c>. Text without any of them is returned as it is,
    /// so that escaping twice changes nothing.
    /// </summary>
    public static string Escape(string? text) => Escape(text, keepLines: false);

    /// <summary>Like <see cref="Escape(string?)"/>, but line breaks stay: for messages that have several lines.</summary>
    public static string EscapeLines(string? text) => Escape(text, keepLines: true);

    /// <summary>Like <see cref="EscapeLines"/>, and also the two other characters that XML cannot have.</summary>
    public static string EscapeForXml(string? text) => EscapeLines(text).Replace("\ufffe", @"\ufffe").Replace("\uffff", @"\uffff");

    private static string Escape(string? text, bool keepLines)
    {
        if (text is null)
        {
            return "";
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!IsSafe(text, i, keepLines))
            {
                return EscapeFrom(text, i, keepLines);
            }
        }

        return text;
    }

    private static string EscapeFrom(string text, int first, bool keepLines)
    {
        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < text.Length; i++)
        {
            if (IsSafe(text, i, keepLines))
            {
                escaped.Append(text[i]);
                continue;
            }

            _ = text[i] switch
            {
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                var c => escaped.Append(@"\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        return escaped.ToString();
    }

    private static bool IsSafe(string text, int index, bool keepLines) => text[index] switch
    {
        '\n' => keepLines,
        '\r' => keepLines && index + 1 < text.Length && text[index + 1] == '\n',
        < ' ' or >= '\u007f' and <= '\u009f' => false,
        '\u2028' or '\u2029' => false,
        '\u061c' or '\u200e' or '\u200f' or >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' => false,
        var c when char.IsHighSurrogate(c) => index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]),
        var c when char.IsLowSurrogate(c) => index > 0 && char.IsHighSurrogate(text[index - 1]),
        _ => true,
    };
}
