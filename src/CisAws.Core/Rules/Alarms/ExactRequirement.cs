using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.Evidence;
using CisAws.FilterPatterns;

namespace CisAws.Rules.Alarms;

/// <summary>One filter's pattern equals the one asked for, but for white space, quotes and redundant parentheses.</summary>
internal sealed class ExactRequirement(ReferencePattern reference, string partition, CancellationToken cancellationToken) : PatternRequirement
{
    public override ReferencePattern Reference => reference;

    public override bool CanContribute(MetricFilter filter) => reference.Parsed.Equals(PatternOf(filter));

    public override bool IsMeantForIt(MetricFilter filter) => CanContribute(filter);

    public override Gap NoneIsMeantForIt(IReadOnlyList<MetricFilter> filters) => new(
        "NoMatchingFilter",
        filters.Count == 1
            ? $"Metric filter {filters[0].Name}, the only one, does not have the required pattern."
            : $"None of the {filters.Count} metric filters has the required pattern.");

    protected override CoverageResult Decide(IReadOnlyList<FilterPattern> patterns, Func<ReferenceCoverage, IReadOnlyList<FilterPattern>, CoverageResult> compare)
    {
        var result = compare(new ReferenceCoverage(reference.Parsed, reference.Events(partition, []), cancellationToken), patterns);
        return patterns.FirstOrDefault(reference.Parsed.Equals) is { } equal
            ? result with { Needed = [equal], Acceptance = true }
            : result with { Acceptance = false, Explanation = $"{result.Explanation} PatternMatch is Exact, and no filter has exactly the required pattern." };
    }

    protected override PatternResult Refuse(IReadOnlyList<MetricFilter> filters, CoverageResult result) =>
        new(new Gap("NoMatchingFilter", "No metric filter has the required pattern."));
}
