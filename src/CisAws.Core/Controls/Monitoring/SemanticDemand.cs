using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.FilterPatterns;

namespace CisAws.Controls.Monitoring;

/// <summary>Filters together catch every event that the pattern asked for catches, however they are written.</summary>
/// <param name="pattern">The pattern asked for.</param>
/// <param name="laterVariants">Forms that later versions of the benchmark print, which will do as well.</param>
/// <param name="domain">The events that there are.</param>
internal sealed class SemanticDemand(FilterPattern pattern, IReadOnlyList<FilterPattern> laterVariants, EventDomain domain) : PatternDemand
{
    // The same question comes up at several links of the chain, and an answer is a search.
    private readonly Dictionary<string, bool> _overlaps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _meant = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CoverageResult> _coverage = new(StringComparer.Ordinal);

    public override bool CanContribute(MetricFilter filter) =>
        IsNotUnderstood(filter) || Remember(_overlaps, filter.Pattern, () => Read(filter) is { } p && Resemblance.Overlaps(pattern, p, domain));

    public override bool IsMeantForIt(MetricFilter filter) =>
        Remember(_meant, filter.Pattern, () => Read(filter) is { } p && Resemblance.IsMeantFor(pattern, p, domain));

    public override Obstacle NoneIsMeantForIt(IReadOnlyList<MetricFilter> filters, string whose)
    {
        if (filters.FirstOrDefault(f => IsMeantForIt(f) && Resemblance.IsDead(Read(f)!, domain)) is { } dead)
        {
            return new Obstacle("FilterNeverMatches", $"Metric filter {dead.Name} of {whose} can match none of the control's events: {dead.Pattern}");
        }

        var missed = Coverage.Decide(pattern, [], domain).WitnessInWords;
        var none = filters.Count == 1
            ? $"Metric filter {filters[0].Name}, the only one of {whose}, does not catch"
            : $"None of the {filters.Count} metric filters of {whose} catches";

        // Terms would match the text of such events. That cannot be proven, so the reader is told that they do not count.
        var unread = filters.Where(f => Read(f) is null).Select(f => f.Name).ToList();
        var also = unread.Count == 0 ? "" : $" A pattern that is not of the JSON form does not count: {string.Join(", ", unread)}.";
        return new Obstacle("NoMatchingFilter", $"{none} the control's events, such as {missed}.{also}");
    }

    public override PatternVerdict Judge(IReadOnlyList<MetricFilter> filters)
    {
        var patterns = filters.Select(Read).OfType<FilterPattern>().ToList();
        var coverage = Remember(_coverage, string.Join("\n", patterns), () => Coverage.Decide(pattern, patterns, domain));
        if (coverage.Covers)
        {
            return new PatternVerdict { Facts = Notes(coverage) };
        }

        if (laterVariants.Any(v => Coverage.Decide(v, patterns, domain).Covers))
        {
            return new PatternVerdict { Facts = [new CisFact("Note", $"later-CIS variant: misses {coverage.WitnessInWords}")] };
        }

        if (filters.FirstOrDefault(IsNotUnderstood) is { } unknown)
        {
            return new PatternVerdict(Doubt: new Obstacle(
                "PatternNotUnderstood", $"Metric filter {unknown.Name} has a pattern that CisAws does not understand: {unknown.Pattern}"));
        }

        var named = filters.Where(IsMeantForIt).ToList() is { Count: > 0 } meant ? meant : filters;
        var (names, one) = (string.Join(", ", named.Select(f => f.Name)), named.Count == 1);
        var who = one ? $"Metric filter {names}" : $"Metric filters {names}";
        return coverage switch
        {
            { Outcome: CoverageOutcome.Undecidable } => new PatternVerdict(Doubt: new Obstacle("PatternUndecidable", $"{who}: {coverage.Explanation}")),
            { IsCatchAll: true } => new PatternVerdict(new Obstacle(
                "CatchAllFilter", $"{who} {(one ? "matches" : "match")} whatever happens, so that the alarm is always on and says nothing.")),
            _ => new PatternVerdict(new Obstacle("FilterTooNarrow", $"{who} {(one ? "misses" : "together miss")} {coverage.WitnessInWords}."))
            {
                Facts = [new CisFact("MissedEvent", coverage.Witness ?? ""), .. Notes(coverage)],
            },
        };
    }

    private static IReadOnlyList<CisFact> Notes(CoverageResult coverage) => [.. coverage.Notes.Select(n => new CisFact("Note", n))];

    private static T Remember<T>(Dictionary<string, T> answers, string question, Func<T> answer)
    {
        if (!answers.TryGetValue(question, out var known))
        {
            answers[question] = known = answer();
        }

        return known;
    }

    /// <summary>AWS took the pattern, so one that cannot be read here may catch anything.</summary>
    private static bool IsNotUnderstood(MetricFilter filter) => !FilterPattern.TryParse(filter.Pattern, out _, out _);

    /// <summary>The filter's pattern; null when it looks at an event's text, or is none.</summary>
    private static FilterPattern? Read(MetricFilter filter) =>
        FilterPattern.TryParse(filter.Pattern, out var p, out _) && p.Form is FilterPatternForm.Json or FilterPatternForm.Everything ? p : null;
}
