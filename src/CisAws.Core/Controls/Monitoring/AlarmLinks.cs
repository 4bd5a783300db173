using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Controls.Monitoring;

/// <summary>An alarm on a metric, with the statistic and the period it takes of it; the period is in seconds.</summary>
internal sealed record WatchingAlarm(MetricAlarm Alarm, string Statistic, int Period);

/// <summary>From the metric to an alarm that a matching event sets off.</summary>
internal static class AlarmLinks
{
    /// <summary>
    /// Every alarm on the metric, by both its namespace and its name, in the log group's region: CloudWatch shows a metric
    /// nowhere else, but for the monitoring accounts of cross-account observability, whose alarms cannot be seen from here.
    /// </summary>
    public static IEnumerable<Candidate> AlarmWatchesMetric(RuleContext context, Candidate candidate)
    {
        var region = candidate.LogGroup!.Region;
        if (!context.Evidence.Get(Kinds.Alarms, region).TryGet(out var alarms, out var why))
        {
            return [candidate.Stop(Obstacle.Of(why))];
        }

        var metric = candidate.Metric!;
        var watching = alarms.Metric.Select(a => Watching(a, metric, context.Evidence.Account.AccountId)).OfType<WatchingAlarm>().ToList();
        if (watching.Count > 0)
        {
            return watching.Select(w => candidate with { Alarm = w });
        }

        return [NearMiss(candidate, alarms.Metric, region)];
    }

    /// <summary>
    /// Whether one matching event sets the alarm off. The wrong direction breaks the chain; what the rest does is for the
    /// setting AlarmSensitivity to say.
    /// </summary>
    public static Candidate AlarmFires(RuleContext context, Candidate candidate)
    {
        var (watching, metric) = (candidate.Alarm!, candidate.Metric!);
        var alarm = watching.Alarm;
        if (alarm.ComparisonOperator is "LessThanThreshold" or "LessThanOrEqualToThreshold" or "LessThanLowerThreshold")
        {
            return candidate.Break(
                "WrongDirection", $"Alarm {alarm.Name} goes off when there are few events: its comparison is {alarm.ComparisonOperator}.");
        }

        if (AlarmSensitivity.StuckBecause(watching, metric) is { } stuck)
        {
            candidate = candidate.Warn($"Alarm {alarm.Name} is on without any event: {stuck}.");
        }

        var (fires, because) = AlarmSensitivity.Of(watching, metric);
        var trouble = fires is null
            ? $"Whether one event sets alarm {alarm.Name} off cannot be told: {because}."
            : $"One event does not set alarm {alarm.Name} off: {because}.";
        return (context.Settings.Text("AlarmSensitivity"), fires) switch
        {
            (_, true) or ("Ignore", _) => candidate,
            ("Require", false) => candidate.Break("NotSensitive", trouble),
            ("Require", _) => candidate.Question(new Obstacle("SensitivityUnclear", trouble)),
            _ => candidate.Warn(trouble),
        };
    }

    private static WatchingAlarm? Watching(MetricAlarm alarm, MetricTransformation metric, string accountId)
    {
        if (IsOn(alarm, metric))
        {
            return alarm.Dimensions.Count == 0
                ? new WatchingAlarm(alarm, alarm.Statistic ?? alarm.ExtendedStatistic ?? "", alarm.Period ?? 0)
                : null;
        }

        return MetricMath.StatOf(alarm, metric, accountId) is { } stat ? new WatchingAlarm(alarm, stat.Stat, stat.Period) : null;
    }

    private static bool IsOn(MetricAlarm alarm, MetricTransformation metric) =>
        alarm.Namespace == metric.MetricNamespace && alarm.MetricName == metric.MetricName;

    /// <summary>Why none of the alarms counts: the one that comes closest.</summary>
    private static Candidate NearMiss(Candidate candidate, IReadOnlyList<MetricAlarm> alarms, string region)
    {
        var metric = candidate.Metric!;
        var name = MetricFilterLinks.Name(metric);
        if (alarms.FirstOrDefault(a => IsOn(a, metric)) is { } dimensioned)
        {
            var dimensions = string.Join(", ", dimensioned.Dimensions.Select(d => $"{d.Name}={d.Value}"));
            return candidate.Break(
                "DimensionMismatch",
                $"Alarm {dimensioned.Name} watches {name} with dimensions {dimensions}, " +
                $"which metric filter {candidate.Filter!.Name} does not publish.");
        }

        if (alarms.FirstOrDefault(a => MetricMath.Mentions(a, metric)) is { } computed)
        {
            var reason =
                $"Alarm {computed.Name} computes with {name}, and it does not show that the outcome rises with it: {MetricMath.Show(computed)}.";
            return candidate.Warn(reason).Break("MetricMathNotSimple", reason);
        }

        var elsewhere = alarms.FirstOrDefault(a => a.MetricName == metric.MetricName);
        return candidate.Break(
            "NoAlarm",
            $"No alarm of this account in {region} watches metric {name} of metric filter {candidate.Filter!.Name}" +
            (elsewhere is null ? "" : $"; alarm {elsewhere.Name} watches a metric of that name in namespace {elsewhere.Namespace}") +
            ". An alarm in a monitoring account would not show here.");
    }
}
