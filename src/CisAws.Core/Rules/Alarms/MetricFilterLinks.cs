using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>From the log group over its metric filters to the metrics they publish.</summary>
internal static class MetricFilterLinks
{
    public static IEnumerable<Candidate> FilterHasPattern(RuleContext context, Candidate candidate, PatternDemand demand)
    {
        if (!context.Evidence.Get(Kinds.MetricFilters, candidate.LogGroup!.ToString()).TryGet(out var filters, out var why))
        {
            return [candidate.Stop(Obstacle.Of(why))];
        }

        var name = TrailLinks.NameOf(candidate.LogGroup!);
        if (filters.Count == 0)
        {
            return [candidate.Break("NoMatchingFilter", $"Log group {name} of trail {candidate.Trail.Name} has no metric filter.")];
        }

        var contributing = filters.Where(demand.CanContribute).ToList();
        if (!contributing.Any(demand.IsMeantForIt))
        {
            var verdict = demand.Judge(contributing);
            if (verdict.Broken is not null)
            {
                return [candidate.Break(demand.NoneIsMeantForIt(filters, $"log group {name}"))];
            }

            if (contributing.Count == 0 && verdict.Doubt is { } doubt)
            {
                return [candidate.Stop(doubt)];
            }
        }

        return contributing.Select(f => SeesEveryEvent(candidate with { Filter = f }));
    }

    /// <summary>Each metric the filter publishes; there is normally one.</summary>
    public static IEnumerable<Candidate> FilterPublishesMetric(Candidate candidate)
    {
        var filter = candidate.Filter!;
        return filter.Transformations.Count == 0
            ? [candidate.Break("NoMetric", $"Metric filter {filter.Name} publishes no metric.")]
            : filter.Transformations.Select(t => CountsEvents(candidate with { Metric = t }));
    }

    /// <summary>The dimensions a filter publishes its metric with.</summary>
    private static IReadOnlyList<string> DimensionsOf(MetricFilter filter, MetricTransformation metric) =>
        [.. metric.Dimensions.Select(d => d.Name), .. filter.EmitSystemFieldDimensions ?? []];

    private static Candidate SeesEveryEvent(Candidate candidate)
    {
        var filter = candidate.Filter!;
        if (!string.IsNullOrWhiteSpace(filter.FieldSelectionCriteria))
        {
            return candidate.Break(
                "FilterNarrowed",
                $"Metric filter {filter.Name} is limited by field selection criteria: {filter.FieldSelectionCriteria}.");
        }

        return filter.ApplyOnTransformedLogs
            ? candidate.Question(new Obstacle(
                "TransformedLogs",
                $"Metric filter {filter.Name} applies to transformed log events, whose fields may not have CloudTrail's names."))
            : candidate;
    }

    private static Candidate CountsEvents(Candidate candidate)
    {
        var (filter, metric) = (candidate.Filter!, candidate.Metric!);
        if (DimensionsOf(filter, metric) is { Count: > 0 } dimensions)
        {
            // Each value of a dimension is a metric of its own. An alarm without dimensions gets no data, and one with them
            // watches one value.
            return candidate.Break(
                "DimensionMismatch",
                $"Metric filter {filter.Name} publishes metric {Name(metric)} with dimensions {string.Join(", ", dimensions)}, " +
                "and an alarm watches only one value of a dimension.");
        }

        if (ValueOf(metric) is not { } value)
        {
            return candidate.Warn($"Metric filter {filter.Name} publishes {metric.MetricValue} for an event, which may be 0 or missing.");
        }

        return value > 0
            ? candidate
            : candidate.Break(
                "MetricNeverPositive", $"Metric filter {filter.Name} publishes {metric.MetricValue} for each event, which triggers no alarm.");
    }

    /// <summary>What one event adds; null when that is a field of the event.</summary>
    public static double? ValueOf(MetricTransformation metric) =>
        double.TryParse(metric.MetricValue, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static string Name(MetricTransformation metric) => $"{metric.MetricNamespace}/{metric.MetricName}";
}
