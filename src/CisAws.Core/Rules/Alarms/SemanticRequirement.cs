using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.Evidence;
using CisAws.FilterPatterns;
using CisAws.Text;

namespace CisAws.Rules.Alarms;

/// <summary>Filters together match every event that the pattern asked for matches, however they are written.</summary>
/// <param name="reference">The pattern asked for.</param>
/// <param name="laterVariants">Forms that later versions of the benchmark print, which will do as well.</param>
/// <param name="domain">The events that there are.</param>
/// <param name="cancellationToken">Ends any of the questions.</param>
internal sealed class SemanticRequirement(
    ReferencePattern reference, IReadOnlyList<FilterPattern> laterVariants, EventDomain domain, CancellationToken cancellationToken) : PatternRequirement
{
    private const int MostNamed = 3;

    private const int LongestExample = 120;

    private readonly IReadOnlyList<ReferenceCoverage> _later = [.. laterVariants.Select(v => new ReferenceCoverage(v, domain, cancellationToken))];
    private readonly ReferenceCoverage _coverage = new(reference.Parsed, domain, cancellationToken);

    public override ReferencePattern Reference => reference;

    public override bool CanContribute(MetricFilter filter) => PatternOf(filter) is not { } pattern || _coverage.Overlaps(pattern);

    public override bool IsMeantForIt(MetricFilter filter) => PatternOf(filter) is { } pattern && _coverage.IsMeantFor(pattern);

    public override Gap NoneIsMeantForIt(IReadOnlyList<MetricFilter> filters)
    {
        if (filters.FirstOrDefault(f => IsMeantForIt(f) && _coverage.NeverMatches(PatternOf(f)!)) is { } dead)
        {
            return new Gap("FilterNeverMatches", $"Metric filter {dead.Name} cannot match any of this control's events.")
            {
                Facts = [new CisFact("FilterPattern", dead.Pattern)],
            };
        }

        var events = Assess([]).ExampleInWords is { Length: <= LongestExample } example ? $"this control's events, such as {example}" : "this control's events";
        return new Gap("NoMatchingFilter", filters.Count == 1
            ? $"Metric filter {filters[0].Name}, the only one, is not for {events}."
            : $"None of the {filters.Count} metric filters is for {events}.");
    }

    protected override CoverageResult Decide(IReadOnlyList<FilterPattern> patterns, Func<ReferenceCoverage, IReadOnlyList<FilterPattern>, CoverageResult> compare)
    {
        var result = compare(_coverage, patterns);
        if (result.Covers || _later.Select(v => compare(v, patterns)).FirstOrDefault(r => r.Covers) is not { } later)
        {
            return result;
        }

        const string Form = "the form of CIS AWS Foundations 1.4.0 and later, which AcceptLaterVariants accepts";
        var misses = result is { IsCatchAll: false, ExampleInWords: { } missed } ? $"Does not match {missed}: this is {Form}." : $"This is {Form}.";
        return result with { Acceptance = true, Needed = later.Needed, Notes = [misses, .. later.Notes], Explanation = $"{result.Explanation} It is {Form}." };
    }

    /// <summary>An example that no Reason has room for is among the facts.</summary>
    private static string? Shortened(string? example) => example is { Length: > LongestExample } ? "an event that the fact MissedEvent shows" : example;

    private static string CauseOf(CoverageResult result) => result.UndecidableReason switch
    {
        UndecidableReason.InfixStar => "AWS's documentation and tools differ on whether a star in the middle of a text is a wildcard",
        UndecidableReason.UnquotedDigits => "AWS does not document whether digits without quotes are a number or text",
        _ => result.Why,
    };

    protected override PatternResult Refuse(IReadOnlyList<MetricFilter> filters, CoverageResult result)
    {
        var named = result.Nearest is { } nearest ? [filters[nearest]]
            : filters.Where(IsMeantForIt).ToList() is { Count: > 0 } meant ? meant
            : filters;
        var one = named.Count == 1;
        var names = Quantity.List([.. named.Select(f => f.Name)], MostNamed);
        var who = one ? $"etric filter {names}" : $"etric filters {names}";
        return result switch
        {
            { Outcome: CoverageOutcome.Undecidable } => new PatternResult(Uncertainty: new Gap(
                "PatternUndecidable", CauseOf(result) + (named.Count == 0 ? "" : $" (m{who})"))
            {
                Facts = [new CisFact("Note", Quantity.Capitalized(result.Why) + ".")],
            }),
            { IsCatchAll: true } => new PatternResult(new Gap(
                "CatchAllFilter", $"M{who} {(one ? "matches" : "together match")} nearly every event, so {(one ? "its alarm" : "their alarms")} cannot show this control's events.")),
            _ => new PatternResult(new Gap("FilterTooNarrow", $"M{who} {(one ? "misses" : "together miss")} {Shortened(result.ExampleInWords)}."))
            {
                Facts = [new CisFact("MissedEvent", result.ExampleEvent ?? ""), .. Notes(result)],
            },
        };
    }
}
