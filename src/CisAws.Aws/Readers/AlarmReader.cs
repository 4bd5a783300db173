using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Evidence;
using Api = Amazon.CloudWatch.Model;

namespace CisAws.Aws.Readers;

/// <summary>The alarms of a region, in one sweep. Composite alarms are answered only to those who name the type.</summary>
internal static class AlarmReader
{
    private static readonly List<string> Types = ["MetricAlarm", "CompositeAlarm"];

    public static async Task<RegionAlarms> ReadAsync(EvidenceRequest request)
    {
        var (metric, composite) = (new List<MetricAlarm>(), new List<CompositeAlarm>());
        await request.ReadPagesAsync(
            token => request.CallAsync(
                request.Session.CloudWatch(request.Subject),
                (c, t) => c.DescribeAlarmsAsync(new() { AlarmTypes = Types, MaxRecords = request.PageSize(100), NextToken = token }, t)),
            page => page.NextToken,
            page =>
            {
                metric.AddRange(page.MetricAlarms.Each(Metric));
                composite.AddRange(page.CompositeAlarms.Each(Composite));
            }).ConfigureAwait(false);
        return new RegionAlarms(metric.Once(a => a.Arn), composite.Once(a => a.Arn));
    }

    private static MetricAlarm Metric(Api.MetricAlarm alarm) => new(
        alarm.AlarmName.Required("AlarmName"),
        alarm.AlarmArn.Required("AlarmArn"),
        alarm.ActionsEnabled.Required("ActionsEnabled"),
        alarm.AlarmActions.OrNone(),
        alarm.Namespace,
        alarm.MetricName,
        alarm.Dimensions.Each(Dimension),
        alarm.Metrics.Each(Query),
        alarm.ComparisonOperator ?? "",
        alarm.Threshold,
        alarm.EvaluationPeriods ?? 0,
        alarm.DatapointsToAlarm,
        alarm.Statistic,
        alarm.ExtendedStatistic,
        alarm.Period,
        alarm.TreatMissingData,
        alarm.ThresholdMetricId,
        alarm.Unit);

    private static CompositeAlarm Composite(Api.CompositeAlarm alarm) => new(
        alarm.AlarmName.Required("AlarmName"),
        alarm.AlarmArn.Required("AlarmArn"),
        alarm.ActionsEnabled.Required("ActionsEnabled"),
        alarm.AlarmActions.OrNone(),
        alarm.AlarmRule ?? "",
        alarm.ActionsSuppressor);

    /// <summary>A part whose answer does not say whether it returns data does: AWS's default is true.</summary>
    private static MetricDataQuery Query(Api.MetricDataQuery query) => new(
        query.Id.Required("Id"),
        query.ReturnData ?? true,
        query.Expression,
        query.MetricStat is { Metric: { } metric } stat
            ? new MetricStat(
                metric.Namespace ?? "", metric.MetricName ?? "", metric.Dimensions.Each(Dimension), stat.Stat ?? "", stat.Period ?? 0, stat.Unit)
            : null,
        query.AccountId);

    private static MetricDimension Dimension(Api.Dimension dimension) => new(dimension.Name ?? "", dimension.Value ?? "");
}
