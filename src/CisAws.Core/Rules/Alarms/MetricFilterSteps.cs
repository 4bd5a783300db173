using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>From the log group over its metric filters to the metrics they publish.</summary>
internal static class MetricFilterSteps
{
    public static IEnumerable<AlarmPath> FilterHasPattern(AlarmPath path, PatternRequirement requirement)
    {
        if (!path.Evidence.Get(EvidenceKinds.MetricFilters, path.LogGroup!.ToString()).TryGet(out var filters, out var why))
        {
            return [path.Stop(Gap.Of(why))];
        }

        if (filters.Count == 0)
        {
            return [path.Break("NoMatchingFilter", $"Log group {TrailSteps.NameOf(path.LogGroup!)} has no metric filter.")];
        }

        var contributing = filters.Where(requirement.CanContribute).ToList();
        if (!contributing.Any(requirement.IsMeantForIt))
        {
            var result = requirement.Evaluate(contributing);
            if (result.Broken is not null)
            {
                return [path.Break(requirement.NoneIsMeantForIt(filters))];
            }

            if (contributing.Count == 0 && result.Uncertainty is { } uncertainty)
            {
                return [path.Stop(uncertainty)];
            }
        }

        return contributing.Select(f => SeesEveryEvent(path with { Filter = f }));
    }

    /// <summary>Each metric the filter publishes; there is normally one.</summary>
    public static IEnumerable<AlarmPath> FilterPublishesMetric(AlarmPath path)
    {
        var filter = path.Filter!;
        return filter.Transformations.Count == 0
            ? [path.Break("NoMetric", $"Metric filter {filter.Name} publishes no metric.")]
            : filter.Transformations.Select(t => CountsEvents(path with { Metric = t }));
    }

    /// <summary>The dimensions a filter publishes its metric with.</summary>
    private static IReadOnlyList<string> DimensionsOf(MetricFilter filter, MetricTransformation metric) =>
        [.. metric.Dimensions.Select(d => d.Name), .. filter.EmitSystemFieldDimensions ?? []];

    private static AlarmPath SeesEveryEvent(AlarmPath path)
    {
        var filter = path.Filter!;
        if (!string.IsNullOrWhiteSpace(filter.FieldSelectionCriteria))
        {
            return path.Break(
                "FilterNarrowed",
                $"Metric filter {filter.Name} is limited by field selection criteria: {filter.FieldSelectionCriteria}.");
        }

        return filter.ApplyOnTransformedLogs
            ? path.Question(new Gap(
                "TransformedLogs",
                $"metric filter {filter.Name} applies to transformed log events, whose fields may not have CloudTrail's names"))
            : path;
    }

    private static AlarmPath CountsEvents(AlarmPath path)
    {
        var (filter, metric) = (path.Filter!, path.Metric!);
        if (DimensionsOf(filter, metric) is { Count: > 0 } dimensions)
        {
            // Each value of a dimension is a metric of its own. An alarm without dimensions gets no data, and one with them
            // watches one value.
            return path.Break(
                "DimensionMismatch",
                $"Metric filter {filter.Name} publishes its metric with dimensions {string.Join(", ", dimensions)}, and an alarm watches only one value of each.");
        }

        if (ValueOf(metric) is not { } value)
        {
            return path.Warn($"Metric filter {filter.Name} publishes {metric.MetricValue} for an event, which may be 0 or missing.");
        }

        return value > 0
            ? path
            : path.Break(
                "MetricNeverPositive", $"Metric filter {filter.Name} publishes {metric.MetricValue} for each event, which triggers no alarm.");
    }

    /// <summary>What one event adds; null when that is a field of the event.</summary>
    public static double? ValueOf(MetricTransformation metric) =>
        double.TryParse(metric.MetricValue, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static string Name(MetricTransformation metric) => $"{metric.MetricNamespace}/{metric.MetricName}";
}
