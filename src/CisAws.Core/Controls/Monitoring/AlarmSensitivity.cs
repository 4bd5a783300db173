using System;
using System.Globalization;
using System.Text.RegularExpressions;
using CisAws.Evidence;

namespace CisAws.Controls.Monitoring;

/// <summary>
/// Whether one matching event sets an alarm off, and whether none is needed. A metric filter publishes its value for a
/// matching event, and its default value for a minute in which log events came and none of them matched.
/// </summary>
internal static class AlarmSensitivity
{
    private static readonly Regex Percentile = new(@"\Ap[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant);

    /// <summary>True or false, and why not; null when it cannot be told.</summary>
    public static (bool? Fires, string Because) Of(WatchingAlarm watching, MetricTransformation metric)
    {
        var alarm = watching.Alarm;
        if (alarm.ThresholdMetricId is not null || alarm.Threshold is not { } threshold)
        {
            return (null, "its threshold is an anomaly detection band");
        }

        if (MetricFilterLinks.ValueOf(metric) is not { } value)
        {
            return (null, $"an event counts as its {metric.MetricValue}");
        }

        if ((alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods) is var datapoints && datapoints > 1)
        {
            return (false, $"it waits for {datapoints} periods of {watching.Period} seconds with such events");
        }

        if (OneEvent(watching, value, metric.DefaultValue) is not { } statistic)
        {
            return (null, $"its statistic is {watching.Statistic}");
        }

        return Exceeds(alarm, statistic, threshold) is { } exceeds
            ? (exceeds, Text($"{watching.Statistic} is {statistic} then, and must be {Sign(alarm)} {threshold}"))
            : (null, $"its comparison is {alarm.ComparisonOperator}");
    }

    /// <summary>Why the alarm is on even when nothing happens; null when it is not.</summary>
    public static string? StuckBecause(WatchingAlarm watching, MetricTransformation metric)
    {
        var alarm = watching.Alarm;
        if (metric.DefaultValue is not { } idle)
        {
            return alarm.TreatMissingData == "breaching" ? "it treats missing data as breaching" : null;
        }

        var statistic = watching.Statistic switch
        {
            "Sum" => idle * Minutes(watching),
            "SampleCount" => Minutes(watching),
            _ => idle,
        };
        return alarm.Threshold is { } threshold && Exceeds(alarm, statistic, threshold) == true
            ? Text($"metric filter default value {idle} reaches the threshold {threshold}")
            : null;
    }

    /// <summary>The least that the statistic of a period with one event can be: its other minutes may report the default value.</summary>
    private static double? OneEvent(WatchingAlarm watching, double value, double? idle)
    {
        var idleMinutes = idle is null ? 0 : Minutes(watching) - 1;
        var alone = idleMinutes == 0;
        return watching.Statistic switch
        {
            "Sum" => value + Math.Min(0, idleMinutes * (idle ?? 0)),
            "Maximum" => value,
            "SampleCount" => 1,
            "Average" => alone ? value : Math.Min(value, (value + (idleMinutes * idle!.Value)) / (idleMinutes + 1)),
            "Minimum" => alone ? value : Math.Min(value, idle!.Value),
            var s when Percentile.IsMatch(s) && alone => value,
            _ => null,
        };
    }

    private static bool? Exceeds(MetricAlarm alarm, double value, double threshold) => alarm.ComparisonOperator switch
    {
        "GreaterThanThreshold" => value > threshold,
        "GreaterThanOrEqualToThreshold" => value >= threshold,
        _ => null,
    };

    private static string Sign(MetricAlarm alarm) => alarm.ComparisonOperator == "GreaterThanThreshold" ? "greater than" : "at least";

    private static int Minutes(WatchingAlarm watching) => Math.Max(1, watching.Period / 60);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
