using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>The regions an assessment looks at, and how many there are.</summary>
public sealed class RegionScope
{
    /// <summary>The subject under which regional evidence stands when the regions could not be listed.</summary>
    public const string AllRegions = "all regions";

    private RegionScope()
    {
    }

    /// <summary>Every region of the partition; empty when they could not be listed.</summary>
    public IReadOnlyList<string> All { get; private set; } = [];

    /// <summary>The regions to look at; empty when they could not be listed and none was named.</summary>
    public IReadOnlyList<string> InScope { get; private set; } = [];

    /// <summary>Regions the caller named that are not enabled for the account.</summary>
    public IReadOnlyList<string> Disabled { get; private set; } = [];

    /// <summary>Names the caller gave that no region has.</summary>
    public IReadOnlyList<string> Nonexistent { get; private set; } = [];

    /// <summary>How many regions are enabled; null when they could not be listed.</summary>
    public int? EnabledCount { get; private set; }

    /// <summary>Why the regions could not be listed.</summary>
    public ReadFailure? Failure { get; private set; }

    /// <summary>True when enabled regions are left out, or may be.</summary>
    public bool IsPartial => EnabledCount is not { } enabled || InScope.Count < enabled;

    /// <summary>"2 of 17 regions", or "2 named regions" when the whole is not known.</summary>
    public override string ToString() => EnabledCount is { } enabled
        ? $"{InScope.Count} of {enabled} regions"
        : $"{InScope.Count} named region{(InScope.Count == 1 ? "" : "s")}";

    /// <summary>"af-south-1 is not enabled in the account and was not assessed."</summary>
    internal static string NotEnabled(IReadOnlyCollection<string> regions) => regions.Count == 1
        ? $"{regions.First()} is not enabled in the account and was not assessed."
        : $"{string.Join(", ", regions)} are not enabled in the account and were not assessed.";

    /// <summary>The scope, from what the account says and what the caller named.</summary>
    /// <param name="regions">Every region with its opt-in state.</param>
    /// <param name="named">The regions the caller named; empty for every enabled one.</param>
    public static RegionScope From(Observation<IReadOnlyList<Region>> regions, IReadOnlyCollection<string> named)
    {
        var names = Sorted(named.Select(n => n.ToLowerInvariant()).Distinct());
        return regions.Match(
            all =>
            {
                var enabled = all.Where(r => r.IsEnabled).Select(r => r.Name).Distinct(StringComparer.Ordinal).ToList();
                var existing = all.Select(r => r.Name).Distinct(StringComparer.Ordinal).ToList();
                return new RegionScope
                {
                    All = Sorted(existing),
                    InScope = names.Count == 0 ? Sorted(enabled) : names.Where(enabled.Contains).ToList(),
                    Disabled = names.Where(n => existing.Contains(n) && !enabled.Contains(n)).ToList(),
                    Nonexistent = names.Where(n => !existing.Contains(n)).ToList(),
                    EnabledCount = enabled.Count,
                };
            },
            why => new RegionScope { InScope = names, Failure = why });
    }

    private static List<string> Sorted(IEnumerable<string> names) => names.OrderBy(n => n, StringComparer.Ordinal).ToList();
}
