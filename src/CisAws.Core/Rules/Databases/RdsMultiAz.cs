using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Databases;

/// <summary>
/// DB instances run in several Availability Zones: with a standby, or in a cluster that has instances in two zones, as Amazon Aurora has in place of a
/// standby.
/// </summary>
internal sealed class RdsMultiAz : EachDbInstanceRule
{
    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, DbInstance instance, IReadOnlyList<DbInstance> region)
    {
        var zones = instance.ClusterId is null
            ? []
            : region.Where(i => i.ClusterId == instance.ClusterId).Select(i => i.AvailabilityZone).OfType<string>().Distinct().ToList();
        CisFact[] facts =
        [
            new("Engine", instance.Engine), new("AvailabilityZone", instance.AvailabilityZone ?? ""),
            .. instance.ClusterId is { } cluster ? [new CisFact("Cluster", $"{cluster}: {string.Join(", ", zones)}")] : Enumerable.Empty<CisFact>(),
        ];
        return instance.MultiAz || zones.Count > 1
            ? context.Pass(resource, "SeveralZones", "The database runs in several Availability Zones.", facts, plural: "run in several Availability Zones")
            : context.Fail(resource, "OneZone", "The database runs in one Availability Zone.", facts, plural: "run in one Availability Zone");
    }
}
