using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Rules.Policies;

/// <summary>
/// What the wildcards of a policy match together. In an Action and in a Resource <c>*</c> is any text and <c>?</c> any one
/// character (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html), so that <c>?*</c>,
/// <c>*:?*</c> and the list <c>a*</c> to <c>z*</c> are as much as <c>*</c>.
/// </summary>
internal sealed class PolicyWildcards
{
    // Sets of positions. Lists that people write need some hundreds at most.
    private const int MaxStates = 5_000;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    // Stands for every character that no pattern names.
    private const char Other = '\ue000';

    private readonly IReadOnlyList<string> _patterns;
    private readonly IReadOnlyList<Part> _form;
    private readonly IReadOnlyList<char> _alphabet;

    // All patterns in one row, so that a position is one number.
    private readonly int[] _starts;

    private PolicyWildcards(IReadOnlyList<string> patterns, IReadOnlyList<Part> form, string named)
    {
        _patterns = patterns;
        _form = form;
        var written = new HashSet<char>(patterns.SelectMany(p => p).Where(c => c is not ('*' or '?')).Concat(named));

        // Characters that no pattern names behave alike: one of each kind stands for all.
        foreach (var kind in new[] { Letters, Digits, Other.ToString() })
        {
            written.UnionWith(kind.Where(c => !written.Contains(c)).Take(1).ToList());
        }

        _alphabet = [.. written.OrderBy(c => c)];
        _starts = new int[patterns.Count + 1];
        for (var i = 0; i < patterns.Count; i++)
        {
            _starts[i + 1] = _starts[i] + patterns[i].Length + 1;
        }
    }

    /// <summary>Whether every action matches one of the patterns; null when that is too complex to decide. Case does not matter.</summary>
    public static bool? MatchEveryAction(IEnumerable<string> patterns)
    {
        Part[] form =
        [
            new(Letters, false), new(Letters + Digits + "-", true), new(":", false), new(Letters, false), new(Letters + Digits, true),
        ];
        string[] lower = [.. patterns.Select(p => p.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        return MatchEveryFirst(lower, Letters) ? new PolicyWildcards(lower, form, ":-").MatchAll() : false;
    }

    /// <summary>Whether every ARN of a partition matches one of the patterns; null when that is too complex to decide.</summary>
    public static bool? MatchEveryArn(IEnumerable<string> patterns, string partition)
    {
        var prefix = $"arn:{partition}:";
        const string word = Letters + Digits + "-";
        Part[] form =
        [
            .. prefix.Select(c => new Part(c.ToString(), false)),
            new(word, false), new(word, true), new(":", false), new(word, true), new(":", false), new(word, true), new(":", false),
            new(null, false), new(null, true),
        ];
        string[] distinct = [.. patterns.Distinct(StringComparer.Ordinal)];
        return MatchEveryFirst(distinct, "a") ? new PolicyWildcards(distinct, form, prefix + "-").MatchAll() : false;
    }

    /// <summary>
    /// Whether for each character that a text can begin with there is a pattern that can begin with it. Of most policies there is none, and the
    /// search for a text that they leave out is spared.
    /// </summary>
    private static bool MatchEveryFirst(string[] patterns, string characters) =>
        Array.Exists(patterns, p => p.Length > 0 && p[0] is '*' or '?') || characters.All(c => Array.Exists(patterns, p => p.Length > 0 && p[0] == c));

    /// <summary>Looks for a text of the form that no pattern matches, over the sets of positions that texts lead to.</summary>
    private bool? MatchAll()
    {
        var start = Closure(Enumerable.Range(0, _patterns.Count).Select(p => _starts[p]));
        if (start is null)
        {
            return true;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<(int Part, SortedSet<int> Positions)>();
        open.Enqueue((0, start));
        while (open.Count > 0)
        {
            var (part, positions) = open.Dequeue();
            foreach (var c in _alphabet)
            {
                if (NextPart(part, c) is not { } next || Step(positions, c) is not { } reached)
                {
                    continue;
                }

                if (reached.Count == 0 || (IsWhole(next) && !reached.Any(IsEnd)))
                {
                    return false;
                }

                if (seen.Add($"{next}:{string.Join(",", reached)}"))
                {
                    if (seen.Count > MaxStates)
                    {
                        return null;
                    }

                    open.Enqueue((next, reached));
                }
            }
        }

        return true;
    }

    /// <summary>The place in the form after a character; null where the form has no such text.</summary>
    private int? NextPart(int part, char c)
    {
        for (; part < _form.Count; part++)
        {
            var (characters, repeats) = _form[part];
            if (characters is null || characters.Contains(c))
            {
                return repeats ? part : part + 1;
            }

            if (!repeats)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>True when the form may end here.</summary>
    private bool IsWhole(int part) => _form.Skip(part).All(p => p.Repeats);

    /// <summary>The positions after a character; null when a pattern ends in a wildcard there, which matches whatever follows.</summary>
    private SortedSet<int>? Step(SortedSet<int> positions, char c) => Closure(positions.Where(p => !IsEnd(p)).SelectMany(p => At(p) switch
    {
        '*' => [p],
        '?' => [p + 1],
        var own => own == c ? new[] { p + 1 } : [],
    }));

    /// <summary>The positions and those behind wildcards that may stand for nothing; null when one of these is the last of its pattern.</summary>
    private SortedSet<int>? Closure(IEnumerable<int> positions)
    {
        var all = new SortedSet<int>();
        foreach (var position in positions)
        {
            var p = position;
            all.Add(p);
            while (!IsEnd(p) && At(p) == '*')
            {
                p++;
                all.Add(p);
                if (IsEnd(p))
                {
                    return null;
                }
            }
        }

        return all;
    }

    private bool IsEnd(int position) => position - _starts[PatternOf(position)] == _patterns[PatternOf(position)].Length;

    private char At(int position) => _patterns[PatternOf(position)][position - _starts[PatternOf(position)]];

    private int PatternOf(int position)
    {
        var found = Array.BinarySearch(_starts, position);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>One character of a form, or any number of them; the characters are null for any.</summary>
    private sealed record Part(string? Characters, bool Repeats);
}
