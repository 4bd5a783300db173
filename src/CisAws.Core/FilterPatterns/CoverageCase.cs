using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace CisAws.FilterPatterns;

/// <summary>A comparison of filters with a reference, under one reading of what AWS leaves open.</summary>
internal sealed class CoverageCase(
    FilterPattern reference, IReadOnlyList<FilterPattern> filters, EventDomain domain, FilterSemantics semantics)
{
    /// <summary>The filters that look at fields. The others can only match more.</summary>
    private readonly IReadOnlyList<FilterPattern> _read = [.. filters.Where(f => f.Root is not null)];

    public CoverageResult Decide()
    {
        if (reference.Root is not { } wanted)
        {
            return Undecidable(CoverageObstacle.NotJsonForm, $"the reference {reference} looks at an event's text and not at its fields.");
        }

        try
        {
            var result = Decide(wanted);
            return HangsOnUnequal(wanted, result) ? result with { Notes = [OppositeNote(!result.Covers)] } : result;
        }
        catch (UndecidableException e)
        {
            return Undecidable(CoverageObstacle.TooComplex, $"{e.Message}.");
        }
    }

    private CoverageResult Decide(FilterExpression wanted)
    {
        if (Find(wanted, [], semantics) is null)
        {
            return Undecidable(CoverageObstacle.ReferenceIsDead, $"the reference {reference} matches no event at all.");
        }

        if (FindMissed(wanted, _read, semantics) is var (missed, near))
        {
            return filters.FirstOrDefault(f => f.Root is null) is { } unread
                ? Undecidable(CoverageObstacle.NotJsonForm, $"the filter {unread} looks at an event's text and not at its fields.")
                : Missed(missed, wanted, near);
        }

        var result = _read.Select(f => Broader(f.Root!, wanted)).FirstOrDefault(r => r is not null) ?? SameAsFarAsRead();
        if (!HangsOnCatchAll(wanted))
        {
            return result;
        }

        var explanation = $"{Filters("covers", "cover")} the reference only by matching all that happens.";
        return result with { IsCatchAll = true, Explanation = explanation };
    }

    private EventSketch? Find(FilterExpression matched, IReadOnlyList<FilterExpression> unmatched, FilterSemantics under) =>
        new EventSpace([matched, .. unmatched], domain, under).Find(matched, unmatched);

    /// <summary>
    /// An event that the reference matches and no filter does, and the filters that come near it. Filters are taken into account
    /// as they turn out to match what was found without them: of a hundred filters few bear on one reference, and all of them
    /// together can tell more texts apart than can be counted.
    /// </summary>
    private (EventSketch Missed, IReadOnlyList<FilterExpression> Near)? FindMissed(
        FilterExpression wanted, IReadOnlyList<FilterPattern> among, FilterSemantics under)
    {
        List<FilterPattern> near = among.Count == 1 ? [among[0]] : [];
        while (true)
        {
            IReadOnlyList<FilterExpression> roots = [.. near.Select(f => f.Root!)];
            if (Find(wanted, roots, under) is not { } sketch)
            {
                return null;
            }

            using var document = JsonDocument.Parse(sketch.ToJson());
            if (among.FirstOrDefault(f => !near.Contains(f) && f.Matches(document.RootElement, under)) is not { } next)
            {
                return (sketch, roots);
            }

            near.Add(next);
        }
    }

    private CoverageResult Missed(EventSketch missed, FilterExpression wanted, IReadOnlyList<FilterExpression> near)
    {
        var isDead = _read.All(f => Find(f.Root!, [], semantics) is null);
        var words = missed.Describe(wanted, near);
        var explanation = isDead
            ? $"{Filters("can", "can")} never match an event, not even {words}."
            : $"{Filters("misses", "miss")} {words}.";
        return new CoverageResult(isDead ? CoverageOutcome.Dead : CoverageOutcome.Narrower, explanation)
        {
            Witness = Confirmed(missed, [reference], _read),
            WitnessInWords = words,
        };
    }

    private CoverageResult? Broader(FilterExpression got, FilterExpression wanted)
    {
        if (Find(got, [wanted], semantics) is not { } other)
        {
            return null;
        }

        var words = other.Describe(got, [wanted]);
        return new CoverageResult(
            CoverageOutcome.Broader,
            $"{Filters("matches", "match")} every event that the reference matches, and others such as {words}.")
        {
            Witness = Confirmed(other, [], [reference]),
            WitnessInWords = words,
        };
    }

    private CoverageResult SameAsFarAsRead() => _read.Count == filters.Count
        ? new CoverageResult(CoverageOutcome.Equivalent, $"{Filters("matches", "match")} the same events as the reference.")
        : new CoverageResult(
            CoverageOutcome.Broader, $"{Filters("matches", "match")} every event that the reference matches, and may match others.");

    /// <summary>The event as JSON, once it is sure that the patterns themselves say of it what the search says.</summary>
    private string Confirmed(EventSketch sketch, IReadOnlyList<FilterPattern> matched, IReadOnlyList<FilterPattern> unmatched)
    {
        var json = sketch.ToJson();
        using var document = JsonDocument.Parse(json);
        var record = document.RootElement;
        return matched.All(p => p.Matches(record, semantics)) && !unmatched.Any(p => p.Matches(record, semantics))
            ? json
            : throw new InvalidOperationException($"The event {json} was found to tell the patterns apart, and does not.");
    }

    private bool HangsOnCatchAll(FilterExpression wanted)
    {
        var specific = _read.Where(f => !CatchAll.Is(f)).ToList();
        return specific.Count < _read.Count && !CatchAll.Is(reference) && FindMissed(wanted, specific, semantics) is not null;
    }

    /// <summary>Whether the answer would be another if <c>!=</c> matched what is absent, which no documentation excludes.</summary>
    private bool HangsOnUnequal(FilterExpression wanted, CoverageResult result)
    {
        var opposite = semantics with { NotEqualMatchesAbsent = !semantics.NotEqualMatchesAbsent };
        return result.Outcome != CoverageOutcome.Undecidable
            && _read.Select(f => f.Root!).Append(wanted).SelectMany(p => p.Conditions).Any(c => c is Comparison { Comparator: "!=" })
            && FindMissed(wanted, _read, opposite) is null != result.Outcome is CoverageOutcome.Equivalent or CoverageOutcome.Broader;
    }

    private static string OppositeNote(bool covers) =>
        "A comparison by != is taken not to match an event without the field, as was seen on live filters. AWS does not say so; " +
        (covers ? "if it matched, every event would be caught." : "if it matched, some event would be missed.");

    /// <summary>A verb with its subject: "The filter misses", "The filters together miss".</summary>
    private string Filters(string one, string several) => filters.Count == 1 ? $"The filter {one}" : $"The filters together {several}";

    private static CoverageResult Undecidable(CoverageObstacle obstacle, string why) =>
        new(CoverageOutcome.Undecidable, $"It cannot be told: {why}") { Obstacle = obstacle };
}
