using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>From the metric to an alarm that a matching event triggers.</summary>
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

        var seen = alarms.Metric.Select(a => WatchingAlarm.Of(a, candidate.Metric!, context.Evidence.Account.AccountId)).ToList();
        var watching = seen.Where(a => a.Watches is Watching.Metric or Watching.Unclear).ToList();
        return watching.Count > 0 ? watching.Select(a => Understood(candidate with { Alarm = a })) : [NearMiss(candidate, seen, region)];
    }

    /// <summary>
    /// Whether one matching event triggers the alarm. An alarm that no number of events triggers breaks the chain; what the rest
    /// does is for the setting AlarmSensitivity to say.
    /// </summary>
    public static Candidate AlarmFires(RuleContext context, Candidate candidate)
    {
        var (watching, metric) = (candidate.Alarm!, candidate.Metric!);
        var alarm = watching.Alarm;
        if (watching.Watches == Watching.Unclear)
        {
            return candidate;
        }

        if (AlarmSensitivity.IsForFewEvents(watching))
        {
            return candidate.Break("WrongDirection", $"Alarm {alarm.Name} is triggered by too few events: its comparison is {alarm.ComparisonOperator}.");
        }

        if (AlarmSensitivity.IsNeverTriggered(watching, metric))
        {
            return candidate.Break("AlarmNeverTriggered", $"Alarm {alarm.Name} is not triggered by any number of events: it watches {watching.Watched}.");
        }

        if (AlarmSensitivity.StuckBecause(watching, metric) is { } stuck)
        {
            candidate = candidate.Warn($"Alarm {alarm.Name} is in ALARM without any event: {stuck}.");
        }

        var (fires, because) = AlarmSensitivity.Of(watching, metric);
        var trouble = fires is null
            ? $"Whether one event triggers alarm {alarm.Name} is not known: {because}."
            : $"One event does not trigger alarm {alarm.Name}: {because}.";
        return (context.Settings.Text("AlarmSensitivity"), fires) switch
        {
            (_, null) when AlarmSensitivity.DependsOnOtherMetrics(watching, metric) => candidate.Question(new Obstacle("MetricMathUnclear", trouble)),
            (_, true) or ("Ignore", _) => candidate,
            ("Require", false) => candidate.Break("NotSensitive", trouble),
            ("Require", _) => candidate.Question(new Obstacle("SensitivityUnclear", trouble)),
            _ => candidate.Warn(trouble),
        };
    }

    private static Candidate Understood(Candidate candidate) => candidate.Alarm! is { Watches: Watching.Unclear } unclear
        ? candidate.Question(new Obstacle(
            "MetricMathNotUnderstood",
            $"Alarm {unclear.Alarm.Name} uses metric math that CisAws cannot evaluate: {unclear.Expressions}."))
        : candidate;

    /// <summary>Why none of the alarms counts: the one that comes closest.</summary>
    private static Candidate NearMiss(Candidate candidate, IReadOnlyList<WatchingAlarm> alarms, string region)
    {
        var (filter, metric) = (candidate.Filter!, candidate.Metric!);
        var name = MetricFilterLinks.Name(metric);
        if (alarms.FirstOrDefault(a => a.Watches == Watching.OtherUnit) is { } inOtherUnit)
        {
            return candidate.Break(
                "UnitMismatch",
                $"Alarm {inOtherUnit.Alarm.Name} watches metric {name} in unit {inOtherUnit.MisreadStat!.Unit}, " +
                $"but metric filter {filter.Name} publishes it in unit {WatchingAlarm.UnitOf(metric)}.");
        }

        if (alarms.FirstOrDefault(a => a.Watches == Watching.OtherDimensions) is { } dimensioned)
        {
            var dimensions = string.Join(", ", dimensioned.MisreadStat!.Dimensions.Select(d => $"{d.Name}={d.Value}"));
            return candidate.Break(
                "DimensionMismatch",
                $"Alarm {dimensioned.Alarm.Name} watches metric {name} with dimensions {dimensions}, " +
                $"but metric filter {filter.Name} publishes it without dimensions.");
        }

        var elsewhere = alarms.Select(a => a.Alarm).FirstOrDefault(a => a.MetricName == metric.MetricName && a.Namespace != metric.MetricNamespace);
        return candidate.Break(
            "NoAlarm",
            $"No alarm in {region} watches metric {name} of metric filter {filter.Name}" +
            (elsewhere is null ? "" : $"; alarm {elsewhere.Name} watches a metric of that name in namespace {elsewhere.Namespace}") +
            ". Alarms in a monitoring account are not visible here.");
    }
}
