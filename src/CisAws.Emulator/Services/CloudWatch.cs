using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon CloudWatch, in the three protocols that clients of different ages speak to it.</summary>
internal static class CloudWatch
{
    private const int MostAlarms = 100;

    public static Service Service { get; } = new(
        "monitoring", "cloudwatch", ServiceErrorCodes.Query,
        new CborProtocol(), new JsonProtocol("1.0"), new QueryProtocol("http://monitoring.amazonaws.com/doc/2010-08-01/"))
    {
        { "DescribeAlarms", DescribeAlarms },
    };

    private static Shape DescribeAlarms(Call call)
    {
        var alarms = call.ReadRegion(EvidenceKinds.Alarms);
        // Who names no type gets metric alarms only.
        var types = call.Input.Texts("AlarmTypes") is { Count: > 0 } asked ? asked : ["MetricAlarm"];
        var names = call.Input.Texts("AlarmNames");
        var prefix = call.Input.Text("AlarmNamePrefix") ?? "";
        var all = alarms.Metric.Select(a => (Type: "MetricAlarm", a.Name, Shape: Metric(a)))
            .Concat(alarms.Composite.Select(a => (Type: "CompositeAlarm", a.Name, Shape: Composite(a))))
            .Where(a => types.Contains(a.Type, StringComparer.Ordinal))
            .Where(a => names.Count == 0 || names.Contains(a.Name, StringComparer.Ordinal))
            .Where(a => a.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var page = call.Page(all, "NextToken", "MaxRecords", MostAlarms);
        return new Shape
        {
            ["CompositeAlarms"] = page.Items.Where(a => a.Type == "CompositeAlarm").Select(a => a.Shape),
            ["MetricAlarms"] = page.Items.Where(a => a.Type == "MetricAlarm").Select(a => a.Shape),
            ["NextToken"] = page.NextToken,
        };
    }

    private static Shape Metric(MetricAlarm alarm) => new()
    {
        ["AlarmName"] = alarm.Name,
        ["AlarmArn"] = alarm.Arn,
        ["ActionsEnabled"] = alarm.ActionsEnabled,
        ["AlarmActions"] = alarm.AlarmActions,
        ["Namespace"] = alarm.Namespace,
        ["MetricName"] = alarm.MetricName,
        ["Dimensions"] = Dimensions(alarm.Dimensions),
        ["Metrics"] = alarm.Metrics.Select(m => new Shape
        {
            ["Id"] = m.Id,
            ["MetricStat"] = m.MetricStat is { } stat ? Stat(stat) : null,
            ["Expression"] = m.Expression,
            ["ReturnData"] = m.ReturnData,
            ["AccountId"] = m.AccountId,
        }),
        ["ComparisonOperator"] = alarm.ComparisonOperator,
        ["Threshold"] = alarm.Threshold,
        ["EvaluationPeriods"] = alarm.EvaluationPeriods,
        ["DatapointsToAlarm"] = alarm.DatapointsToAlarm,
        ["Statistic"] = alarm.Statistic,
        ["ExtendedStatistic"] = alarm.ExtendedStatistic,
        ["Period"] = alarm.Period,
        ["TreatMissingData"] = alarm.TreatMissingData,
        ["ThresholdMetricId"] = alarm.ThresholdMetricId,
        ["Unit"] = alarm.Unit,
    };

    private static Shape Stat(MetricStat stat) => new()
    {
        ["Metric"] = new Shape
        {
            ["Namespace"] = stat.Namespace,
            ["MetricName"] = stat.MetricName,
            ["Dimensions"] = Dimensions(stat.Dimensions),
        },
        ["Period"] = stat.Period,
        ["Stat"] = stat.Stat,
        ["Unit"] = stat.Unit,
    };

    private static IEnumerable<Shape> Dimensions(IReadOnlyList<MetricDimension> dimensions) =>
        dimensions.Select(d => new Shape { ["Name"] = d.Name, ["Value"] = d.Value });

    private static Shape Composite(CompositeAlarm alarm) => new()
    {
        ["AlarmName"] = alarm.Name,
        ["AlarmArn"] = alarm.Arn,
        ["ActionsEnabled"] = alarm.ActionsEnabled,
        ["AlarmActions"] = alarm.AlarmActions,
        ["AlarmRule"] = alarm.AlarmRule,
        ["ActionsSuppressor"] = alarm.ActionsSuppressor,
    };
}
