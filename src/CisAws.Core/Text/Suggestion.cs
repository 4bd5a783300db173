using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Text;

/// <summary>Finds the word that was meant.</summary>
internal static class Suggestion
{
    /// <summary>"Did you mean X?" where a known word is near, else all of them.</summary>
    public static string For(string word, IReadOnlyCollection<string> known, string otherwise) => Nearest(word, known) is { } nearest
        ? $"Did you mean '{nearest}'?"
        : $"{otherwise}: {string.Join(", ", known)}.";

    /// <summary>The known word that is near; null where none is.</summary>
    public static string? Nearest(string word, IReadOnlyCollection<string> known)
    {
        var nearest = known.Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant()))).OrderBy(k => k.Distance).FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(2, nearest.Word.Length / 3) ? nearest.Word : null;
    }

    /// <summary>Levenshtein's distance: how many letters are to be put in, taken out or changed.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 100)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
