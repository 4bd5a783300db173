using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CisAws.Testing;

/// <summary>Changes texts by chance, from a fixed seed. Part of every test project.</summary>
/// <param name="tokens">Words of the language of the texts.</param>
internal sealed partial class TextMutator(IReadOnlyList<string> tokens)
{
    /// <summary>No text becomes longer: what is bounded cannot hang.</summary>
    private const int MaxLength = 32 * 1024;

    /// <summary>The longest part of a text that one change takes.</summary>
    private const int MaxPart = 64;

    private static readonly int[] Depths = [2, 20, 70, 300, 5000];

    private static readonly string[] Openings = ["[", "{", "(", "{\"a\":", "[[1],", "<a>", "<item>", "NOT ", "\"", "\\"];

    private static readonly string[] Oddities =
    [
        "\ud800", "\udc00", "\\ud800", "\\udfff", "\\u0000", "\0", "\u001b[2J", "\u202e", "\ufeff", "\ufffd", "\u0130", "\r", "\n", "\t", " ", "", "\"", "'", "\\", "%", "*", "?", "&", "&amp;",
        "&#0;", "&#xd800;", "&unknown;", "<![CDATA[", "]]>", "<!--", "<?a?>", "<a/>", "null", "true", "[]", "{}", "\"\"", ",", ":", "=", "0", "-0", "-1", "1e999", "-1e-999", "1E400",
        "99999999999999999999999999", "2147483648", "-9223372036854775809", "0.1", "NaN", "Infinity", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2026-02-30", "../..", "$ref",
    ];

    private readonly Random _chance = new(20261128);

    /// <summary>One to four changes to one of the texts.</summary>
    public string Change(IReadOnlyList<string> texts)
    {
        var text = texts[Below(texts.Count)];
        for (var changes = 1 + Below(4); changes > 0; changes--)
        {
            text = ChangeOnce(text, texts);
            text = text.Length <= MaxLength ? text : text[..MaxLength];
        }

        return text;
    }

    /// <summary>A number from 0, below another.</summary>
    public int Below(int limit) => _chance.Next(limit);

    private string ChangeOnce(string text, IReadOnlyList<string> texts)
    {
        var at = Below(text.Length + 1);
        var length = Below(Math.Min(MaxPart, text.Length - at) + 1);
        switch (Below(12))
        {
            case 0: // another character
                return at == text.Length ? text : string.Concat(text.AsSpan(0, at), ((char)(text[at] ^ (1 << Below(16)))).ToString(), text.AsSpan(at + 1));
            case 1:
                return at == text.Length ? text : string.Concat(text.AsSpan(0, at), ((char)(' ' + Below(95))).ToString(), text.AsSpan(at + 1));
            case 2: // less
                return text.Remove(at, length);
            case 3:
                return Below(2) == 0 ? text[..at] : text[at..];
            case 4: // the same again
                return text.Insert(Below(text.Length + 1), text.Substring(at, length));
            case 5:
                var copies = Math.Min(1 << Below(10), MaxLength / (length + 1));
                return text.Insert(at, string.Concat(Enumerable.Repeat(text.Substring(at, length), copies)));
            case 6: // a part of another text
                var other = texts[Below(texts.Count)];
                var from = Below(other.Length + 1);
                return string.Concat(text.AsSpan(0, at), other.AsSpan(from, Below(other.Length - from + 1)), text.AsSpan(at + length));
            case 7:
                return text.Insert(at, Oddities[Below(Oddities.Length)]);
            case 8:
                return string.Concat(text.AsSpan(0, at), Oddities[Below(Oddities.Length)], text.AsSpan(at + length));
            case 9:
                return text.Insert(at, Token());
            case 10: // another value, or something odd within one
                return Values().Matches(text) is { Count: > 0 } values && values[Below(values.Count)] is { Index: var start } value
                    ? Below(3) switch
                    {
                        0 => string.Concat(text.AsSpan(0, start), Token(), text.AsSpan(start + value.Length)),
                        1 => string.Concat(text.AsSpan(0, start), Oddities[Below(Oddities.Length)], text.AsSpan(start + value.Length)),
                        _ => text.Insert(start + 1 + Below(value.Length), Oddities[Below(Oddities.Length)]),
                    }
                    : text;
            default:
                var opening = Openings[Below(Openings.Length)];
                return text.Insert(at, string.Concat(Enumerable.Repeat(opening, Math.Min(Depths[Below(Depths.Length)], MaxLength / opening.Length))));
        }
    }

    private string Token() => tokens.Count == 0 ? "" : tokens[Below(tokens.Count)];

    /// <summary>A string in quotation marks, a word or a number.</summary>
    [GeneratedRegex("\"[^\"]*\"|[A-Za-z0-9_.:/-]+")]
    private static partial Regex Values();
}
