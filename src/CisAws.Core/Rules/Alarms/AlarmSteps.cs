using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Alarms;

/// <summary>From the metric to an alarm that a matching event triggers.</summary>
internal static class AlarmSteps
{
    /// <summary>
    /// Every alarm on the metric, by both its namespace and its name, in the log group's region: CloudWatch shows a metric
    /// nowhere else, but for the monitoring accounts of cross-account observability, whose alarms cannot be seen from here.
    /// </summary>
    public static IEnumerable<AlarmPath> AlarmWatchesMetric(AlarmPath path)
    {
        var region = path.LogGroup!.Region;
        if (!path.Evidence.Get(EvidenceKinds.Alarms, region).TryGet(out var alarms, out var why))
        {
            return [path.Stop(Gap.Of(why))];
        }

        var seen = alarms.Metric.Select(a => WatchingAlarm.Of(a, path.Metric!, path.Evidence.Account.AccountId)).ToList();
        var watching = seen.Where(a => a.Watches is Watching.Metric or Watching.Unclear).ToList();
        return watching.Count > 0 ? watching.Select(a => Understood(path with { Alarm = a })) : [NearMiss(path, seen, region)];
    }

    /// <summary>
    /// Whether one matching event triggers the alarm. An alarm that no number of events triggers breaks the chain; what the rest
    /// does is for the setting AlarmSensitivity to say.
    /// </summary>
    public static AlarmPath AlarmFires(RuleContext context, AlarmPath path)
    {
        var (watching, metric) = (path.Alarm!, path.Metric!);
        var alarm = watching.Alarm;
        if (watching.Watches == Watching.Unclear)
        {
            return path;
        }

        if (AlarmSensitivity.IsForFewEvents(watching))
        {
            return path.Break("WrongDirection", $"Alarm {alarm.Name} is triggered by too few events: its comparison is {alarm.ComparisonOperator}.");
        }

        if (AlarmSensitivity.IsNeverTriggered(watching, metric))
        {
            return path.Break("AlarmNeverTriggered", $"Alarm {alarm.Name} is not triggered by any number of events: it watches {watching.Watched}.");
        }

        if (AlarmSensitivity.StuckBecause(watching, metric) is { } stuck)
        {
            path = path.Warn($"Alarm {alarm.Name} is in ALARM without any event: {stuck}.");
        }

        var (fires, because) = AlarmSensitivity.Of(watching, metric);
        var problem = fires is null
            ? $"whether one event triggers alarm {alarm.Name} is not known: {because}"
            : $"one event does not trigger alarm {alarm.Name}: {because}";
        var sentence = Quantity.Capitalized(problem) + ".";
        return (context.Settings.Text("AlarmSensitivity"), fires) switch
        {
            (_, null) when AlarmSensitivity.DependsOnOtherMetrics(watching, metric) => path.Question(new Gap("MetricMathUnclear", problem)),
            (_, true) or ("Ignore", _) => path,
            ("Require", false) => path.Break("NotSensitive", sentence),
            ("Require", _) => path.Question(new Gap("SensitivityUnclear", problem)),
            _ => path.Warn(sentence),
        };
    }

    private static AlarmPath Understood(AlarmPath path) => path.Alarm! is { Watches: Watching.Unclear } unclear
        ? path.Question(new Gap(
            "MetricMathNotUnderstood",
            $"alarm {unclear.Alarm.Name} uses metric math that CisAws cannot evaluate: {unclear.Expressions}"))
        : path;

    /// <summary>Why none of the alarms counts: the one that comes closest.</summary>
    private static AlarmPath NearMiss(AlarmPath path, IReadOnlyList<WatchingAlarm> alarms, string region)
    {
        var (filter, metric) = (path.Filter!, path.Metric!);
        var name = MetricFilterSteps.Name(metric);
        if (alarms.FirstOrDefault(a => a.Watches == Watching.OtherUnit) is { } inOtherUnit)
        {
            return path.Break(
                "UnitMismatch",
                $"Alarm {inOtherUnit.Alarm.Name} watches metric {name} in unit {inOtherUnit.MisreadStat!.Unit}, " +
                $"but metric filter {filter.Name} publishes it in unit {WatchingAlarm.UnitOf(metric)}.");
        }

        if (alarms.FirstOrDefault(a => a.Watches == Watching.OtherDimensions) is { } dimensioned)
        {
            var dimensions = string.Join(", ", dimensioned.MisreadStat!.Dimensions.Select(d => $"{d.Name}={d.Value}"));
            return path.Break(
                "DimensionMismatch",
                $"Alarm {dimensioned.Alarm.Name} watches metric {name} with dimensions {dimensions}, " +
                $"but metric filter {filter.Name} publishes it without dimensions.");
        }

        var elsewhere = alarms.Select(a => a.Alarm).FirstOrDefault(a => a.MetricName == metric.MetricName && a.Namespace != metric.MetricNamespace);
        return path.Break(
            "NoAlarm",
            $"No alarm in {region} watches metric {name}" +
            (elsewhere is null ? "." : $"; alarm {elsewhere.Name} watches namespace {elsewhere.Namespace}."),
            new CisFact("Note", "Alarms in a monitoring account are not visible here."));
    }
}
