using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>The regions an assessment looks at, and how many there are.</summary>
public sealed class RegionScope
{
    /// <summary>The subject under which regional evidence stands when the regions could not be listed.</summary>
    public const string AllRegions = "all regions";

    private RegionScope(IReadOnlyList<string> inScope, IReadOnlyList<string> disabled, int? enabledCount, Unreadable? unreadable)
    {
        InScope = inScope;
        Disabled = disabled;
        EnabledCount = enabledCount;
        Unreadable = unreadable;
    }

    /// <summary>The regions to look at; empty when they could not be listed and none was named.</summary>
    public IReadOnlyList<string> InScope { get; }

    /// <summary>Regions the caller named that are not enabled for the account.</summary>
    public IReadOnlyList<string> Disabled { get; }

    /// <summary>How many regions are enabled; null when they could not be listed.</summary>
    public int? EnabledCount { get; }

    /// <summary>Why the regions could not be listed.</summary>
    public Unreadable? Unreadable { get; }

    /// <summary>True when enabled regions are left out, or may be.</summary>
    public bool IsPartial => EnabledCount is not { } enabled || InScope.Count < enabled;

    /// <summary>"2 of 17 regions", or "2 named regions" when the whole is not known.</summary>
    public override string ToString() => EnabledCount is { } enabled
        ? $"{InScope.Count} of {enabled} regions"
        : $"{InScope.Count} named region{(InScope.Count == 1 ? "" : "s")}";

    /// <summary>The scope, from what the account says and what the caller named.</summary>
    /// <param name="regions">Every region with its opt-in state.</param>
    /// <param name="named">The regions the caller named; empty for every enabled one.</param>
    public static RegionScope From(Fact<IReadOnlyList<Region>> regions, IReadOnlyCollection<string> named) => regions.Match(
        all =>
        {
            var enabled = all.Where(r => r.IsEnabled).Select(r => r.Name).OrderBy(n => n, StringComparer.Ordinal).ToList();
            return named.Count == 0
                ? new RegionScope(enabled, Array.Empty<string>(), enabled.Count, null)
                : new RegionScope(
                    enabled.Where(n => named.Contains(n, StringComparer.OrdinalIgnoreCase)).ToList(),
                    named.Where(n => !enabled.Contains(n, StringComparer.OrdinalIgnoreCase)).ToList(),
                    enabled.Count,
                    null);
        },
        why => new RegionScope(
            named.Select(n => n.ToLowerInvariant()).Distinct().OrderBy(n => n, StringComparer.Ordinal).ToList(), Array.Empty<string>(), null, why));
}
