using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Assessments;

/// <summary>Looks at the regions that were named: a misspelt region must not look like one without resources.</summary>
internal static class RegionCheck
{
    /// <summary>The named regions that are not enabled for the account.</summary>
    /// <exception cref="UnknownRegionException">A region was named that does not exist.</exception>
    public static async Task<IReadOnlyList<string>> DisabledAsync(EvidenceCollector collector)
    {
        if (collector.Regions.Count == 0)
        {
            return [];
        }

        var scope = await collector.GetScopeAsync().ConfigureAwait(false);
        return scope.Nonexistent.Count > 0 ? throw new UnknownRegionException(collector.Account.AccountId, scope.Nonexistent, scope.All) : scope.Disabled;
    }
}
