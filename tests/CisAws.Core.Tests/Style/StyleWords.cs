using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace CisAws.Core.Tests.Style;

/// <summary>A word that texts should not have.</summary>
/// <param name="Word">The word.</param>
/// <param name="Instead">What to write instead.</param>
internal sealed record StyleWord(Regex Word, string Instead)
{
    /// <summary>The phrases in which the word is right, each in the files that a pattern matches.</summary>
    public List<(Regex File, Regex Phrase)> Exceptions { get; } = [];

    /// <summary>Where the word is in a text, with no exception for it.</summary>
    public IEnumerable<Match> In(string file, string text) => Word.Matches(text).Where(m => !Exceptions.Exists(e =>
        e.File.IsMatch(file) && e.Phrase.Matches(text).Any(p => p.Index <= m.Index && p.Index + p.Length >= m.Index + m.Length)));
}

/// <summary>The table of words, <c>words.txt</c>, which says how it is written.</summary>
internal static class StyleWords
{
    private const string Arrow = " -> ";
    private const string Except = "except ";

    public static IReadOnlyList<StyleWord> Read(string path)
    {
        var words = new List<StyleWord>();
        foreach (var line in File.ReadLines(path).Where(l => l.Trim().Length > 0 && l[0] != '#'))
        {
            var text = line.Trim();
            if (text.StartsWith(Except, System.StringComparison.Ordinal))
            {
                var (file, phrase) = Split(text[Except.Length..], ": ");
                words[^1].Exceptions.Add((new Regex("^" + Regex.Escape(file).Replace(@"\*", ".*") + "$"), Pattern(phrase)));
            }
            else
            {
                var (word, instead) = Split(text, Arrow);
                words.Add(new StyleWord(Pattern(word), instead));
            }
        }

        return words;
    }

    private static (string Before, string After) Split(string text, string separator)
    {
        var at = text.IndexOf(separator, System.StringComparison.Ordinal);
        return at < 0 ? throw new InvalidDataException($"'{text}' has no '{separator}'.") : (text[..at].Trim(), text[(at + separator.Length)..].Trim());
    }

    private static Regex Pattern(string text) => new(text.Replace(" ", @"\s+"), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
