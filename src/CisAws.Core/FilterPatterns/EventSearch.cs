using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace CisAws.FilterPatterns;

/// <summary>
/// The search for an event that one expression matches and none of others: fields get their values one after another, and a
/// value is given up as soon as what is known decides against it.
/// </summary>
internal sealed class EventSearch
{
    // What a second or two allow.
    private const int MaxSteps = 10_000_000;

    private readonly EventSpace _space;
    private readonly FilterExpression _matched;
    private readonly IReadOnlyList<FilterExpression> _unmatched;
    private readonly List<Choice> _choices = [];
    private readonly Dictionary<Field, FieldOption> _chosen = [];
    private int _steps;

    public EventSearch(EventSpace space, FilterExpression matched, IReadOnlyList<FilterExpression> unmatched)
    {
        (_space, _matched, _unmatched) = (space, matched, unmatched);

        // What is to be matched narrows more than what is not.
        var wantedFirst = space.Fields
            .Select(f => (Field: f, Wanted: space.PlacesIn(f, [matched]), Unwanted: space.PlacesIn(f, unmatched)))
            .OrderByDescending(f => f.Wanted.Count > 0);
        foreach (var (field, wanted, unwanted) in wantedFirst)
        {
            var related = space.Fields.Where(f => f != field && f.Selector.BearsOn(field.Selector)).ToList();
            var options = Best(field.Options, wanted, unwanted, related.Count > 0);
            _choices.Add(new Choice(field, options, [.. _choices.Select(c => c.Field).Where(related.Contains)]));
        }
    }

    /// <summary>The values of such an event's fields; null when there is none.</summary>
    /// <exception cref="UndecidableException">The search would take too long.</exception>
    public IReadOnlyDictionary<Field, FieldOption>? Find()
    {
        if (!Find(0))
        {
            return null;
        }

        Approach();
        return _chosen;
    }

    /// <summary>
    /// Makes the event as like one that should not be matched as it can be, so that it shows what sets it apart and no more.
    /// What every event has is changed last: a wrong value there is easier to believe than a missing field elsewhere.
    /// </summary>
    private void Approach()
    {
        foreach (var field in _space.Fields.Reverse().OrderByDescending(f => f.Domain.IsOptional))
        {
            var unwanted = _space.PlacesIn(field, _unmatched).Except(_space.PlacesIn(field, [_matched])).ToList();
            var found = _chosen[field];
            foreach (var option in field.Options.OrderByDescending(o => unwanted.Count(i => o.Truths[i])))
            {
                _chosen[field] = option;
                if (!IsRefuted() && _space.Fields.All(f => f == field || AreTogether(field, f)))
                {
                    found = option;
                    break;
                }
            }

            _chosen[field] = found;
        }
    }

    private bool IsRefuted() => _matched.Truth(Known) == false || _unmatched.Any(u => u.Truth(Known) == true);

    private bool AreTogether(Field one, Field other) =>
        one.Selector.CanBe(_chosen[one].Value.Shape, other.Selector, _chosen[other].Value.Shape);

    private bool Find(int at)
    {
        if (IsRefuted())
        {
            return false;
        }

        if (at == _choices.Count)
        {
            return true;
        }

        var (field, options, related) = _choices[at];
        foreach (var option in options)
        {
            _chosen[field] = option;
            if (related.All(r => AreTogether(field, r)) && Find(at + 1))
            {
                return true;
            }
        }

        _chosen.Remove(field);
        return false;
    }

    private bool? Known(Condition condition)
    {
        _steps++;
        return _steps <= MaxSteps
            ? _space.Truth(condition, _chosen)
            : throw new UndecidableException("the ways in which the patterns' conditions can be met together are too many");
    }

    /// <summary>
    /// The values worth trying: not those beside which another meets all the wanted conditions that they meet, and only the
    /// unwanted ones that they meet. Expressions have no NOT, so that more conditions met never match less.
    /// </summary>
    private static List<FieldOption> Best(
        IReadOnlyList<FieldOption> options, IReadOnlyList<int> wanted, IReadOnlyList<int> unwanted, bool shapeMatters)
    {
        var best = new List<(FieldOption Option, BigInteger Wanted, BigInteger Unwanted)>();
        foreach (var option in options)
        {
            var next = (Option: option, Wanted: Met(option, wanted), Unwanted: Met(option, unwanted));
            if (!best.Any(b => IsAsGood(b, next)))
            {
                best.RemoveAll(b => IsAsGood(next, b));
                best.Add(next);
            }
        }

        return [.. best.Select(b => b.Option)];

        bool IsAsGood(
            (FieldOption Option, BigInteger Wanted, BigInteger Unwanted) one,
            (FieldOption Option, BigInteger Wanted, BigInteger Unwanted) other) =>
            (!shapeMatters || one.Option.Value.Shape == other.Option.Value.Shape)
            && (one.Wanted & other.Wanted) == other.Wanted
            && (one.Unwanted & other.Unwanted) == one.Unwanted;
    }

    /// <summary>Which of some conditions a value meets, a bit for each.</summary>
    private static BigInteger Met(FieldOption option, IReadOnlyList<int> conditions)
    {
        var bits = new byte[(conditions.Count / 8) + 1];
        for (var i = 0; i < conditions.Count; i++)
        {
            if (option.Truths[conditions[i]])
            {
                bits[i / 8] |= (byte)(1 << (i % 8));
            }
        }

        return new BigInteger(bits);
    }

    private sealed record Choice(Field Field, IReadOnlyList<FieldOption> Options, IReadOnlyList<Field> Related);
}
