using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.FilterPatterns.Automata;

/// <summary>A set of characters, as ranges in order with gaps between them.</summary>
internal sealed class CharSet : IEquatable<CharSet>
{
    private readonly IReadOnlyList<(int First, int Last)> _ranges;

    private CharSet(IEnumerable<(int First, int Last)> ranges) => _ranges = Joined(ranges);

    public static CharSet None { get; } = new([]);

    public static CharSet Any { get; } = Between(char.MinValue, char.MaxValue);

    /// <summary>The only character in the set; null when there are others or none.</summary>
    public char? Single => _ranges.Count == 1 && _ranges[0].First == _ranges[0].Last ? (char)_ranges[0].First : null;

    /// <summary>The first character of each range, and the first after it: between two neighbours the set does not change.</summary>
    public IEnumerable<char> Boundaries =>
        _ranges.SelectMany(r => new[] { r.First, r.Last + 1 }).Where(c => c <= char.MaxValue).Select(c => (char)c);

    public static CharSet Of(char c) => Between(c, c);

    public static CharSet Between(char first, char last) => new([(first, last)]);

    /// <summary>The set that a letter after a backslash stands for.</summary>
    public static CharSet? Named(char letter) => letter switch
    {
        'd' => Between('0', '9'),
        's' => new CharSet([('\t', '\r'), (' ', ' ')]),
        'w' => new CharSet([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        'D' or 'S' or 'W' => Named(char.ToLowerInvariant(letter))!.Complement(),
        _ => null,
    };

    public bool Contains(char c)
    {
        foreach (var (first, last) in _ranges)
        {
            if (c <= last)
            {
                return c >= first;
            }
        }

        return false;
    }

    public CharSet Or(CharSet other) => new(_ranges.Concat(other._ranges));

    public CharSet Complement()
    {
        var gaps = new List<(int, int)>();
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            gaps.Add((next, first - 1));
            next = last + 1;
        }

        gaps.Add((next, char.MaxValue));
        return new CharSet(gaps.Where(g => g.Item1 <= g.Item2));
    }

    public bool Equals(CharSet? other) => other is not null && _ranges.SequenceEqual(other._ranges);

    public override bool Equals(object? obj) => Equals(obj as CharSet);

    public override int GetHashCode() => _ranges.Count == 0 ? 0 : (31 * _ranges[0].First) + _ranges[0].Last;

    private static List<(int First, int Last)> Joined(IEnumerable<(int First, int Last)> ranges)
    {
        var joined = new List<(int First, int Last)>();
        foreach (var range in ranges.OrderBy(r => r.First))
        {
            if (joined.Count > 0 && range.First <= joined[joined.Count - 1].Last + 1)
            {
                var previous = joined[joined.Count - 1];
                joined[joined.Count - 1] = (previous.First, Math.Max(previous.Last, range.Last));
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}
