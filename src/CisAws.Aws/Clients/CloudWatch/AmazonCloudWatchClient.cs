using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;
using CisAws.Rules.Alarms;

namespace Amazon.CloudWatch;

internal sealed class AmazonCloudWatchConfig() : ThinClientConfig("CloudWatch", "monitoring", "monitoring", "2010-08-01");

/// <summary>Amazon CloudWatch: alarms.</summary>
internal sealed class AmazonCloudWatchClient(AWSCredentials credentials, AmazonCloudWatchConfig config) : ThinClient(credentials, config)
{
    private static readonly QueryOperation<DescribeAlarmsRequest, DescribeAlarmsResponse> DescribeAlarms = new(
        "monitoring",
        "2010-08-01",
        "DescribeAlarms",
        ReadAlarms,
        r => [.. QueryForm.List("AlarmTypes", r.AlarmTypes), ("MaxRecords", QueryForm.Number(r.MaxRecords)), ("NextToken", r.NextToken)]);

    public Task<DescribeAlarmsResponse> DescribeAlarmsAsync(DescribeAlarmsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeAlarms, request, cancellationToken);

    private static DescribeAlarmsResponse ReadAlarms(XElement result) => new()
    {
        MetricAlarms = result.Members("MetricAlarms", ReadMetricAlarm),
        CompositeAlarms = result.Members("CompositeAlarms", ReadCompositeAlarm),
        NextToken = result.Text("NextToken"),
    };

    private static MetricAlarm ReadMetricAlarm(XElement alarm) => new()
    {
        AlarmName = alarm.Text("AlarmName"),
        AlarmArn = alarm.Text("AlarmArn"),
        ActionsEnabled = alarm.Boolean("ActionsEnabled"),
        AlarmActions = alarm.Texts("AlarmActions"),
        Namespace = alarm.Text("Namespace"),
        MetricName = alarm.Text("MetricName"),
        Dimensions = alarm.Members("Dimensions", ReadDimension),
        Metrics = alarm.Members("Metrics", ReadMetricDataQuery),
        ComparisonOperator = alarm.Text("ComparisonOperator"),
        Threshold = alarm.Double("Threshold"),
        ThresholdMetricId = alarm.Text("ThresholdMetricId"),
        EvaluationPeriods = alarm.Integer("EvaluationPeriods"),
        DatapointsToAlarm = alarm.Integer("DatapointsToAlarm"),
        Statistic = alarm.Text("Statistic"),
        ExtendedStatistic = alarm.Text("ExtendedStatistic"),
        Period = alarm.Integer("Period"),
        TreatMissingData = alarm.Text("TreatMissingData"),
        Unit = alarm.Text("Unit"),
    };

    private static CompositeAlarm ReadCompositeAlarm(XElement alarm) => new()
    {
        AlarmName = alarm.Text("AlarmName"),
        AlarmArn = alarm.Text("AlarmArn"),
        ActionsEnabled = alarm.Boolean("ActionsEnabled"),
        AlarmActions = alarm.Texts("AlarmActions"),
        AlarmRule = alarm.Text("AlarmRule"),
        ActionsSuppressor = alarm.Text("ActionsSuppressor"),
    };

    private static MetricDataQuery ReadMetricDataQuery(XElement query) => new()
    {
        Id = query.Text("Id"),
        Expression = query.Text("Expression"),
        ReturnData = query.Boolean("ReturnData"),
        AccountId = query.Text("AccountId"),
        MetricStat = query.Child("MetricStat") is { } stat ? ReadMetricStat(stat) : null,
    };

    private static MetricStat ReadMetricStat(XElement stat) => new()
    {
        Metric = stat.Child("Metric") is { } metric
            ? new Model.Metric
            {
                Namespace = metric.Text("Namespace"),
                MetricName = metric.Text("MetricName"),
                Dimensions = metric.Members("Dimensions", ReadDimension),
            }
            : null,
        Stat = stat.Text("Stat"),
        Period = stat.Integer("Period"),
        Unit = stat.Text("Unit"),
    };

    private static Dimension ReadDimension(XElement dimension) => new() { Name = dimension.Text("Name"), Value = dimension.Text("Value") };
}
