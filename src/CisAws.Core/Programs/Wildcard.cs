using System;

namespace CisAws.Programs;

/// <summary>Matches text with <c>*</c> (any text) and <c>?</c> (any one character), whatever the case and the culture.</summary>
internal static class Wildcard
{
    /// <summary>True when the text holds a wildcard.</summary>
    public static bool IsIn(string text) => text.IndexOfAny(['*', '?']) >= 0;

    /// <summary>True when the pattern matches the whole text.</summary>
    public static bool Matches(string pattern, string text)
    {
        // Greedy with one way back: to the last star. No pattern makes it slow, which a regular expression could not promise.
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t])))
            {
                (p, t) = (p + 1, t + 1);
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

    private static bool Same(char a, char b) => a == b || char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
