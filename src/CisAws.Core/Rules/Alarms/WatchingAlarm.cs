using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>Whether an alarm watches a metric, and if not, why it seems to.</summary>
internal enum Watching
{
    Nothing,
    OtherDimensions,
    OtherUnit,
    Metric,

    /// <summary>By metric math that is not understood.</summary>
    Unclear,
}

/// <summary>
/// An alarm seen from one metric. An alarm on a metric and one on metric math are the same here: the former has one query, which
/// reads the metric.
/// </summary>
internal sealed class WatchingAlarm
{
    private readonly IReadOnlyList<MetricDataQuery> _queries;
    private readonly MetricDataQuery? _returned;
    private readonly IReadOnlyCollection<MetricDataQuery> _readers;

    private WatchingAlarm(MetricAlarm alarm, MetricTransformation metric, string accountId)
    {
        Alarm = alarm;
        _queries = alarm.Queries;

        // Cross-account observability: a query can read the metric of that name in another account, which no filter here feeds.
        var readers = _queries.Where(q => q.MetricStat is { } stat && IsOf(stat, metric) && (q.AccountId is null || q.AccountId == accountId)).ToList();
        _readers = [.. readers.Where(q => q.MetricStat is { Dimensions.Count: 0 } stat && HasUnit(stat, metric))];

        // The band of an anomaly detection alarm is returned as well, as its threshold.
        var returned = _queries.Where(q => q.ReturnData && q.Id != alarm.ThresholdMetricId).ToList();
        _returned = returned.Count == 1 ? returned[0] : null;
        Watches = WatchingOf(readers, metric);
        MisreadStat = readers.Select(q => q.MetricStat!).FirstOrDefault(s => s.Dimensions.Count > 0 || !HasUnit(s, metric));
    }

    /// <summary>The alarm.</summary>
    public MetricAlarm Alarm { get; }

    public Watching Watches { get; }

    /// <summary>How it reads the metric, where it gets no data so.</summary>
    public MetricStat? MisreadStat { get; }

    /// <summary>True when it watches what is computed from metrics.</summary>
    public bool IsMath => Alarm.Metrics.Count > 0 && _returned?.MetricStat is null;

    /// <summary>What the alarm watches: the statistic of the metric, or an expression.</summary>
    public string Watched => _returned?.Expression ?? Stat.Stat;

    /// <summary>The statistic and period that it takes of the metric; where it takes several, the first.</summary>
    public MetricStat Stat => (_returned?.MetricStat ?? _readers.First().MetricStat)!;

    /// <summary>What the alarm computes.</summary>
    public string Expressions => string.Join("; ", _queries.Select(q => q.Expression ?? "").Where(e => e.Length > 0));

    public static WatchingAlarm Of(MetricAlarm alarm, MetricTransformation metric, string accountId) => new(alarm, metric, accountId);

    /// <summary>The unit that the metric is published in.</summary>
    public static string UnitOf(MetricTransformation metric) => metric.Unit is { Length: > 0 } unit ? unit : "None";

    /// <summary>What the alarm compares with its threshold. The other metrics it reads may be anything that counts.</summary>
    /// <param name="ofMetric">The value of the metric, by statistic and period.</param>
    public MetricValue Value(Func<MetricStat, MetricValue> ofMetric) =>
        MetricMath.Evaluate(_queries, _returned!.Id, q => _readers.Contains(q) ? ofMetric(q.MetricStat!) : MetricValue.AnyCount) ?? MetricValue.Anything;

    private Watching WatchingOf(IReadOnlyCollection<MetricDataQuery> readers, MetricTransformation metric)
    {
        if (_queries.Any(q => IsInsightsQueryOf(q, metric)))
        {
            return Watching.Unclear;
        }

        if (readers.Count == 0)
        {
            return Watching.Nothing;
        }

        if (_readers.Count == 0)
        {
            return readers.Any(q => q.MetricStat!.Dimensions.Count == 0) ? Watching.OtherUnit : Watching.OtherDimensions;
        }

        if (_returned is null)
        {
            return Watching.Unclear;
        }

        var dependencies = MetricMath.DependenciesOf(_queries, _returned.Id);
        return !_readers.Any(q => dependencies.Contains(q.Id)) ? Watching.Nothing
            : MetricMath.Evaluate(_queries, _returned.Id, _ => MetricValue.AnyCount) is null ? Watching.Unclear
            : Watching.Metric;
    }

    private static bool IsOf(MetricStat stat, MetricTransformation metric) =>
        stat.Namespace == metric.MetricNamespace && stat.MetricName == metric.MetricName;

    private static bool HasUnit(MetricStat stat, MetricTransformation metric) => string.IsNullOrEmpty(stat.Unit) || stat.Unit == UnitOf(metric);

    private static bool IsInsightsQueryOf(MetricDataQuery query, MetricTransformation metric) =>
        query.Expression is { } e && e.TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) &&
        e.Contains(metric.MetricName) && e.Contains(metric.MetricNamespace);
}
