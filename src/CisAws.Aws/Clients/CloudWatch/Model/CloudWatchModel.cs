using System.Collections.Generic;
using Amazon.Runtime;
using CisAws.Rules.Alarms;

namespace Amazon.CloudWatch.Model;

internal sealed class DescribeAlarmsRequest : AmazonWebServiceRequest
{
    /// <summary>MetricAlarm and CompositeAlarm; metric alarms only when null.</summary>
    public List<string>? AlarmTypes { get; set; }

    public int? MaxRecords { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class DescribeAlarmsResponse : AmazonWebServiceResponse
{
    public List<MetricAlarm>? MetricAlarms { get; set; }

    public List<CompositeAlarm>? CompositeAlarms { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class MetricAlarm
{
    public string? AlarmName { get; set; }

    public string? AlarmArn { get; set; }

    public bool? ActionsEnabled { get; set; }

    public List<string>? AlarmActions { get; set; }

    public string? Namespace { get; set; }

    public string? MetricName { get; set; }

    public List<Dimension>? Dimensions { get; set; }

    public List<MetricDataQuery>? Metrics { get; set; }

    public string? ComparisonOperator { get; set; }

    public double? Threshold { get; set; }

    public string? ThresholdMetricId { get; set; }

    public int? EvaluationPeriods { get; set; }

    public int? DatapointsToAlarm { get; set; }

    public string? Statistic { get; set; }

    public string? ExtendedStatistic { get; set; }

    public int? Period { get; set; }

    public string? TreatMissingData { get; set; }

    public string? Unit { get; set; }
}

internal sealed class CompositeAlarm
{
    public string? AlarmName { get; set; }

    public string? AlarmArn { get; set; }

    public bool? ActionsEnabled { get; set; }

    public List<string>? AlarmActions { get; set; }

    public string? AlarmRule { get; set; }

    public string? ActionsSuppressor { get; set; }
}

internal sealed class MetricDataQuery
{
    public string? Id { get; set; }

    public string? Expression { get; set; }

    public MetricStat? MetricStat { get; set; }

    public bool? ReturnData { get; set; }

    public string? AccountId { get; set; }
}

internal sealed class MetricStat
{
    public Metric? Metric { get; set; }

    public string? Stat { get; set; }

    public int? Period { get; set; }

    public string? Unit { get; set; }
}

internal sealed class Metric
{
    public string? Namespace { get; set; }

    public string? MetricName { get; set; }

    public List<Dimension>? Dimensions { get; set; }
}

internal sealed class Dimension
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
