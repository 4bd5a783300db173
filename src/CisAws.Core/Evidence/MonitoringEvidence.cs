using System.Collections.Generic;

namespace CisAws.Evidence;

/// <summary>A CloudWatch Logs log group.</summary>
public sealed record LogGroup(string Name, string Arn, string? Class = null);

/// <summary>A name with a value: a dimension of a metric. In a metric filter the value is a selector such as <c>$.eventName</c>.</summary>
public sealed record MetricDimension(string Name, string Value);

/// <summary>What a metric filter publishes for each event it matches. A null <paramref name="Unit"/> is CloudWatch's unit <c>None</c>.</summary>
public sealed record MetricTransformation(
    string MetricNamespace,
    string MetricName,
    string MetricValue,
    double? DefaultValue,
    IReadOnlyList<MetricDimension> Dimensions,
    string? Unit = null);

/// <summary>A metric filter of a log group.</summary>
public sealed record MetricFilter(
    string Name,
    string LogGroupName,
    string Pattern,
    IReadOnlyList<MetricTransformation> Transformations,
    bool ApplyOnTransformedLogs = false,
    string? FieldSelectionCriteria = null,
    IReadOnlyList<string>? EmitSystemFieldDimensions = null);

/// <summary>
/// The metric that one part of a metric-math alarm reads; the period is in seconds. A null <paramref name="Unit"/> reads the
/// metric in every unit.
/// </summary>
public sealed record MetricStat(
    string Namespace, string MetricName, IReadOnlyList<MetricDimension> Dimensions, string Stat, int Period, string? Unit = null);

/// <summary>One part of a metric-math alarm: a metric or an expression.</summary>
public sealed record MetricDataQuery(
    string Id, bool ReturnData, string? Expression = null, MetricStat? MetricStat = null, string? AccountId = null);

/// <summary>
/// A metric alarm. <paramref name="Namespace"/> and <paramref name="MetricName"/> are null on a metric-math alarm, whose
/// parts are in <paramref name="Metrics"/>. The period is in seconds. A null <paramref name="Unit"/> reads the metric in every
/// unit.
/// </summary>
public sealed record MetricAlarm(
    string Name,
    string Arn,
    bool ActionsEnabled,
    IReadOnlyList<string> AlarmActions,
    string? Namespace,
    string? MetricName,
    IReadOnlyList<MetricDimension> Dimensions,
    IReadOnlyList<MetricDataQuery> Metrics,
    string ComparisonOperator,
    double? Threshold,
    int EvaluationPeriods,
    int? DatapointsToAlarm = null,
    string? Statistic = null,
    string? ExtendedStatistic = null,
    int? Period = null,
    string? TreatMissingData = null,
    string? ThresholdMetricId = null,
    string? Unit = null)
{
    /// <summary>What the alarm computes: its parts, or for an alarm on a metric the one part that reads it.</summary>
    internal IReadOnlyList<MetricDataQuery> Queries => Metrics.Count > 0
        ? Metrics
        : [new MetricDataQuery("metric", true, MetricStat: new MetricStat(
            Namespace ?? "", MetricName ?? "", Dimensions, Statistic ?? ExtendedStatistic ?? "", Period ?? 0, Unit))];
}

/// <summary>A composite alarm: a rule over other alarms.</summary>
public sealed record CompositeAlarm(
    string Name, string Arn, bool ActionsEnabled, IReadOnlyList<string> AlarmActions, string AlarmRule, string? ActionsSuppressor = null);

/// <summary>The alarms of one region, of both types.</summary>
public sealed record RegionAlarms(IReadOnlyList<MetricAlarm> Metric, IReadOnlyList<CompositeAlarm> Composite);

/// <summary>
/// A subscription of a topic. <paramref name="Arn"/> is <c>PendingConfirmation</c> or <c>Deleted</c> where it is not an ARN.
/// The endpoint, which may be a person's address, is not kept.
/// </summary>
public sealed record Subscription(string Arn, string Protocol, string Owner);

/// <summary>
/// What decides who can publish to a topic: its access policy, and the key it is encrypted with, as an ID, alias or ARN; null
/// without encryption.
/// </summary>
public sealed record TopicAttributes(string? Policy = null, string? KmsMasterKeyId = null);
