using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.SecurityHub;

/// <summary>Security Hub is enabled in each region.</summary>
internal sealed class SecurityHubInAllRegions : Rule
{
    public override (string One, string Several) ResourceNoun => ("region", "regions");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.SecurityHub];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.EachRegion(EvidenceKinds.SecurityHub, (region, hub) =>
    [
        hub is null
            ? context.Fail(CisResource.OfRegion(region), "NotEnabled", "Security Hub is not enabled in the region.", plural: "do not have Security Hub enabled")
            : context.Pass(
                CisResource.OfRegion(region), "Enabled", "Security Hub is enabled in the region.", [new CisFact("HubArn", hub.Arn)],
                plural: "have Security Hub enabled"),
    ]);
}
