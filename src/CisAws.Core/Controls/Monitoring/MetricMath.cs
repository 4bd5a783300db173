using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Evidence;

namespace CisAws.Controls.Monitoring;

/// <summary>
/// Alarms whose metrics come from a list of queries. They count when what they alarm on rises with the metric: the metric
/// itself, <c>FILL(m1, 0)</c>, a sum of such (<c>m1 + m2</c>, <c>SUM([m1, m2])</c>) or of all metrics (<c>SUM(METRICS())</c>).
/// </summary>
internal static class MetricMath
{
    private static readonly Regex Sum = new(@"\ASUM\(\[(.*)\]\)\z", RegexOptions.CultureInvariant);

    private static readonly Regex Fill = new(@"\AFILL\((\w+),0\)\z", RegexOptions.CultureInvariant);

    /// <summary>How the alarm reads the metric; null when it does not, or not in a way that counts.</summary>
    public static MetricStat? StatOf(MetricAlarm alarm, MetricTransformation metric, string accountId)
    {
        var returned = alarm.Metrics.Where(q => q.ReturnData).ToList();
        if (returned.Count != 1)
        {
            return null;
        }

        // Cross-account observability: a query can read the metric of that name in another account, which no filter here feeds.
        return SummandsOf(returned[0], alarm.Metrics, alarm.Metrics.Count)?
            .Where(q => q.AccountId is null || q.AccountId == accountId)
            .Select(q => q.MetricStat!)
            .FirstOrDefault(s => IsOf(s, metric) && s.Dimensions.Count == 0);
    }

    /// <summary>True when the alarm reads the metric somehow.</summary>
    public static bool Mentions(MetricAlarm alarm, MetricTransformation metric) => alarm.Metrics.Any(q =>
        (q.MetricStat is { } stat && IsOf(stat, metric)) ||
        (q.Expression is { } e && IsInsightsQuery(e) && e.Contains(metric.MetricName) && e.Contains(metric.MetricNamespace)));

    /// <summary>What the alarm computes.</summary>
    public static string Show(MetricAlarm alarm) =>
        string.Join("; ", alarm.Metrics.Select(q => q.Expression ?? Show(q.Id, q.MetricStat)).Where(e => e.Length > 0));

    private static string Show(string id, MetricStat? stat) => stat is null ? "" : string.Concat(
        id, " = ", stat.Namespace, "/", stat.MetricName, string.Concat(stat.Dimensions.Select(d => $", {d.Name}={d.Value}")));

    /// <summary>The metrics that are added up to what the query gives; null when it does anything else.</summary>
    private static List<MetricDataQuery>? SummandsOf(MetricDataQuery query, IReadOnlyList<MetricDataQuery> all, int depth)
    {
        if (query.MetricStat is not null)
        {
            return [query];
        }

        // Queries cannot name each other in a circle in AWS; the depth bounds what a file may hold.
        var expression = Regex.Replace(query.Expression ?? "", @"\s+", "");
        if (depth == 0 || expression.Length == 0)
        {
            return null;
        }

        if (expression == "SUM(METRICS())")
        {
            return all.Where(q => q.MetricStat is not null).ToList();
        }

        var ids = Sum.Match(expression) is { Success: true } sum ? sum.Groups[1].Value.Split(',') : expression.Split('+');
        var summands = ids
            .Select(id => Fill.Match(id) is { Success: true } fill ? fill.Groups[1].Value : id)
            .Select(id => all.FirstOrDefault(q => q.Id == id))
            .Select(q => q is null ? null : SummandsOf(q, all, depth - 1))
            .ToList();
        return summands.Any(s => s is null) ? null : summands.SelectMany(s => s!).ToList();
    }

    private static bool IsOf(MetricStat stat, MetricTransformation metric) =>
        stat.Namespace == metric.MetricNamespace && stat.MetricName == metric.MetricName;

    private static bool IsInsightsQuery(string expression) =>
        expression.TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase);
}
