using System;
using System.Globalization;
using System.Text.RegularExpressions;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>
/// Whether one matching event triggers an alarm, and whether none is needed. A metric filter publishes its value for a
/// matching event, and its default value for a minute in which log events came and none of them matched.
/// </summary>
internal static class AlarmSensitivity
{
    private static readonly Regex Percentile = new(@"\Ap[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant);

    private static readonly MetricValue Anything = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>
    /// True when the alarm compares in the direction of few events. Metric math may turn the direction round: <c>-m1</c> falls with
    /// each event.
    /// </summary>
    public static bool IsForFewEvents(WatchingAlarm watching) => watching.Alarm.ComparisonOperator switch
    {
        "LessThanLowerThreshold" => true,
        "LessThanThreshold" or "LessThanOrEqualToThreshold" =>
            !watching.IsMath || Crosses(watching.Alarm, watching.Value(_ => new MetricValue(0, 0))) != false,
        _ => false,
    };

    /// <summary>True when metric math keeps every value of the metric from the threshold: <c>m1 * 0</c>.</summary>
    public static bool IsNeverTriggered(WatchingAlarm watching, MetricTransformation metric) =>
        watching.IsMath && Crosses(watching.Alarm, watching.Value(_ => AtLeastOneEvent(metric))) == false;

    /// <summary>True when other metrics decide whether the alarm is triggered: <c>m1 / m2</c>.</summary>
    public static bool DependsOnOtherMetrics(WatchingAlarm watching, MetricTransformation metric) =>
        watching.IsMath && MetricFilterSteps.ValueOf(metric) is { } value && OneEvent(watching.Stat, value, metric.DefaultValue) is not null &&
        watching.Alarm is { ThresholdMetricId: null, Threshold: not null };

    /// <summary>True or false, and why not; null when it is not known.</summary>
    public static (bool? Fires, string Because) Of(WatchingAlarm watching, MetricTransformation metric)
    {
        var alarm = watching.Alarm;
        if (alarm.ThresholdMetricId is not null || alarm.Threshold is null)
        {
            return (null, "its threshold is an anomaly detection band");
        }

        if (MetricFilterSteps.ValueOf(metric) is not { } value)
        {
            return (null, $"an event counts as its {metric.MetricValue}");
        }

        if ((alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods) is var datapoints && datapoints > 1)
        {
            return (false, $"it needs {datapoints} periods of {watching.Stat.Period} seconds with such events");
        }

        if (OneEvent(watching.Stat, value, metric.DefaultValue) is null)
        {
            return (null, $"its statistic is {watching.Stat.Stat}");
        }

        var result = watching.Value(stat => OneEvent(stat, value, metric.DefaultValue) is { } one ? new MetricValue(one, one) : Anything);
        return Crosses(alarm, result) switch
        {
            true => (true, ""),
            false when result.Low == result.High => (false, $"{watching.Watched} is {Text(result.Low)} and must be {Limit(alarm)}"),
            false => (false, $"{watching.Watched} must be {Limit(alarm)}"),
            null when Limit(alarm).Length == 0 => (null, $"its comparison is {alarm.ComparisonOperator}"),
            null => (null, $"whether {watching.Watched} is {Limit(alarm)} depends on other metrics"),
        };
    }

    /// <summary>Why the alarm is on even when nothing happens; null when it is not.</summary>
    public static string? StuckBecause(WatchingAlarm watching, MetricTransformation metric)
    {
        var alarm = watching.Alarm;
        if (!watching.IsMath && metric.DefaultValue is null)
        {
            return alarm.TreatMissingData == "breaching" ? "it treats missing data as breaching" : null;
        }

        var result = watching.Value(stat => metric.DefaultValue is { } idle ? NoEvent(stat, idle) : MetricValue.Missing);
        return result.HasData != true || Crosses(alarm, result) != true ? null
            : watching.IsMath ? $"{watching.Watched} is {Limit(alarm)}"
            : $"metric filter default value {Text(metric.DefaultValue!.Value)} reaches the threshold {Text(alarm.Threshold!.Value)}";
    }

    private static MetricValue NoEvent(MetricStat stat, double idle)
    {
        var value = stat.Stat switch
        {
            "Sum" => idle * Minutes(stat),
            "SampleCount" => Minutes(stat),
            _ => idle,
        };
        return new MetricValue(value, value);
    }

    private static MetricValue AtLeastOneEvent(MetricTransformation metric) => MetricFilterSteps.ValueOf(metric) is { } value
        ? new MetricValue(Math.Min(value, Math.Min(1, metric.DefaultValue ?? 1)), double.PositiveInfinity)
        : Anything;

    /// <summary>The least that the statistic of a period with one event can be: its other minutes may report the default value.</summary>
    private static double? OneEvent(MetricStat stat, double value, double? idle)
    {
        var idleMinutes = idle is null ? 0 : Minutes(stat) - 1;
        var alone = idleMinutes == 0;
        return stat.Stat switch
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

    /// <summary>Whether a value reaches the threshold; null when that depends.</summary>
    private static bool? Crosses(MetricAlarm alarm, MetricValue value)
    {
        if (alarm.Threshold is not { } threshold || Limit(alarm).Length == 0)
        {
            return null;
        }

        var (always, ever) = alarm.ComparisonOperator switch
        {
            "GreaterThanThreshold" => (value.Low > threshold, value.High > threshold),
            "GreaterThanOrEqualToThreshold" => (value.Low >= threshold, value.High >= threshold),
            "LessThanThreshold" => (value.High < threshold, value.Low < threshold),
            _ => (value.High <= threshold, value.Low <= threshold),
        };
        return !ever || value.HasData == false ? false : always && value.HasData == true ? true : null;
    }

    private static string Limit(MetricAlarm alarm) => alarm.Threshold is not { } threshold ? "" : alarm.ComparisonOperator switch
    {
        "GreaterThanThreshold" => $"greater than {Text(threshold)}",
        "GreaterThanOrEqualToThreshold" => $"at least {Text(threshold)}",
        "LessThanThreshold" => $"less than {Text(threshold)}",
        "LessThanOrEqualToThreshold" => $"at most {Text(threshold)}",
        _ => "",
    };

    private static int Minutes(MetricStat stat) => Math.Max(1, stat.Period / 60);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
