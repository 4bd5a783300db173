using System.Collections.Generic;
using System.Linq;

namespace CisAws.Text;

/// <summary>
/// PowerShell's wildcards: <c>*</c> (any text), <c>?</c> (any one character), <c>[abc]</c> and <c>[a-z]</c> (one of these), and a backtick before a
/// character that stands for itself. They match whole texts, whatever the case and the culture.
/// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_wildcards
/// </summary>
internal static class Wildcard
{
    private const char Escape = '`';

    /// <summary>True when the text has wildcards. A text whose brackets are not those of a wildcard has none.</summary>
    public static bool IsIn(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '*' or '?' or '[' or ']')
            {
                return IsValid(text);
            }

            if (text[i] == Escape)
            {
                i++;
            }
        }

        return false;
    }

    /// <summary>The pattern that matches a text and nothing else.</summary>
    public static string Literal(string text) =>
        text.IndexOfAny(['*', '?', '[', ']', Escape]) < 0 ? text : string.Concat(text.Select(c => c is '*' or '?' or '[' or ']' or Escape ? $"{Escape}{c}" : $"{c}"));

    /// <summary>True when the pattern matches the whole text. A pattern whose brackets are not those of a wildcard matches itself.</summary>
    public static bool Matches(string pattern, string text)
    {
        if (pattern is "`")
        {
            return text.Length == 0;
        }

        if (!IsValid(pattern))
        {
            return pattern.Length == text.Length && pattern.Zip(text, IsSame).All(same => same);
        }

        // Greedy with one way back: to the last star. No pattern makes it slow, which a regular expression could not promise.
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && ReadOne(pattern, p, text[t], out var matches) is var end && matches)
            {
                (p, t) = (end, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.Substring(p).Trim('*').Length == 0;
    }

    private static bool IsValid(string pattern)
    {
        for (var i = 0; i < pattern.Length;)
        {
            i = ReadOne(pattern, i, '\0', out _);
            if (i < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads what stands for one character, and whether it stands for this one. Returns where it ends; -1 if brackets are not closed, or a range runs backwards.</summary>
    private static int ReadOne(string pattern, int at, char c, out bool matches)
    {
        switch (pattern[at])
        {
            case '[':
                return ReadSet(pattern, at + 1, c, out matches);
            case '?':
                matches = true;
                return at + 1;
            case Escape when at + 1 < pattern.Length:
                at++;
                break;
        }

        matches = IsSame(pattern[at], c);
        return at + 1;
    }

    private static int ReadSet(string pattern, int at, char c, out bool matches)
    {
        matches = false;
        var members = new List<(char Char, bool IsDash)>();
        for (var start = at; at < pattern.Length && (pattern[at] != ']' || at == start); at++)
        {
            var escaped = pattern[at] == Escape && at + 1 < pattern.Length;
            at += escaped ? 1 : 0;
            members.Add((pattern[at], pattern[at] == '-' && !escaped));
        }

        for (var i = 0; i < members.Count; i++)
        {
            var (low, high) = (members[i].Char, members[i].Char);
            if (i + 2 < members.Count && members[i + 1].IsDash)
            {
                high = members[i += 2].Char;
            }

            if (low > high)
            {
                return -1;
            }

            matches |= IsIn(c, low, high) || IsIn(char.ToLowerInvariant(c), low, high) || IsIn(char.ToUpperInvariant(c), low, high);
        }

        return at < pattern.Length ? at + 1 : -1;
    }

    private static bool IsIn(char c, char low, char high) => c >= low && c <= high;

    private static bool IsSame(char a, char b) => a == b || char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
