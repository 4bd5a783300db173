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

    /// <summary>The regions that are enabled for the account; null when they could not be listed.</summary>
    public IReadOnlyList<string>? Enabled { get; private set; }

    /// <summary>Why the regions could not be listed.</summary>
    public ReadFailure? Failure { get; private set; }

    /// <summary>True when enabled regions are left out, or may be.</summary>
    public bool IsPartial => Enabled is null || InScope.Count < Enabled.Count;

    /// <summary>"2 of 17 regions", or "2 named regions" when the whole is not known.</summary>
    public override string ToString() => Enabled is not null
        ? $"{InScope.Count} of {Enabled.Count} regions"
        : $"{InScope.Count} named region{(InScope.Count == 1 ? "" : "s")}";

    /// <summary>"Region af-south-1 is not enabled in the account and was not assessed."</summary>
    internal static string NotEnabled(IReadOnlyCollection<string> regions) => regions.Count == 1
        ? $"Region {regions.First()} is not enabled in the account and was not assessed."
        : $"Regions {string.Join(", ", regions)} are not enabled in the account and were not assessed.";

    /// <summary>The scope, from what the account says and what the caller named.</summary>
    /// <param name="regions">Every region with its opt-in state.</param>
    /// <param name="named">The regions the caller named; empty for every enabled one.</param>
    public static RegionScope From(Observation<IReadOnlyList<Region>> regions, IReadOnlyCollection<string> named)
    {
        var names = Sorted(named);
        return regions.Match(
            all =>
            {
                var enabled = Sorted(all.Where(r => r.IsEnabled).Select(r => r.Name));
                var existing = Sorted(all.Select(r => r.Name));
                return new RegionScope
                {
                    All = existing,
                    InScope = names.Count == 0 ? enabled : names.Where(enabled.Contains).ToList(),
                    Disabled = names.Where(n => existing.Contains(n) && !enabled.Contains(n)).ToList(),
                    Nonexistent = names.Where(n => !existing.Contains(n)).ToList(),
                    Enabled = enabled,
                };
            },
            why => new RegionScope { InScope = names, Failure = why });
    }

    /// <summary>Names of regions as AWS writes them, each once, in order.</summary>
    internal static List<string> Sorted(IEnumerable<string> names) =>
        names.Select(n => n.ToLowerInvariant()).Distinct(StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal).ToList();
}
