using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing;

/// <summary>The account that the module brings along to try it on.</summary>
public static class DemoAccount
{
    /// <summary>The account, as if it had been read at <paramref name="asOf"/>; when it was really written by default.</summary>
    public static AccountEvidence Load(DateTimeOffset? asOf = null)
    {
        using var stream = typeof(DemoAccount).Assembly.GetManifestResourceStream("demo/account.json")!;
        using var reader = new StreamReader(stream);
        return AccountEvidence.FromJson(reader.ReadToEnd(), asOf);
    }

    /// <summary>The account with other metric filters in its trail's log group. An alarm watches the metric of each.</summary>
    /// <param name="patterns">The pattern of each filter.</param>
    public static AccountEvidence WithMetricFilters(IEnumerable<string> patterns)
    {
        var account = Load();
        var logGroup = account.SubjectsOf(EvidenceKinds.MetricFilters).Single();
        var watched = account.Get(EvidenceKinds.MetricFilters, logGroup).Match(filters => filters[0], failure => throw new InvalidOperationException(failure.ToString()));
        return account.Set(
            EvidenceKinds.MetricFilters, logGroup, [.. patterns.Select((pattern, i) => watched with { Name = $"filter-{i}", Pattern = pattern })]);
    }
}
