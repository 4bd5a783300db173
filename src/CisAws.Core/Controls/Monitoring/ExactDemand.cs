using System.Collections.Generic;
using CisAws.Evidence;
using CisAws.FilterPatterns;

namespace CisAws.Controls.Monitoring;

/// <summary>One filter's pattern equals the one asked for, but for white space, quotes and redundant parentheses.</summary>
internal sealed class ExactDemand(FilterPattern pattern) : PatternDemand
{
    public override bool CanContribute(MetricFilter filter) => FilterPattern.TryParse(filter.Pattern, out var p, out _) && p.Equals(pattern);

    public override bool IsMeantForIt(MetricFilter filter) => CanContribute(filter);

    public override Obstacle NoneIsMeantForIt(IReadOnlyList<MetricFilter> filters, string whose) => new(
        "NoMatchingFilter",
        filters.Count == 1
            ? $"Metric filter {filters[0].Name}, the only one of {whose}, does not have the pattern that is asked for."
            : $"None of the {filters.Count} metric filters of {whose} has the pattern that is asked for.");

    public override PatternVerdict Judge(IReadOnlyList<MetricFilter> filters) =>
        filters.Count > 0 ? new PatternVerdict() : new PatternVerdict(new Obstacle("NoMatchingFilter", "No metric filter has the pattern that is asked for."));
}
