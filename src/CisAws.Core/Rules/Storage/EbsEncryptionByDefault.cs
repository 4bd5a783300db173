using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Storage;

/// <summary>New EBS volumes are encrypted by default in each region.</summary>
internal sealed class EbsEncryptionByDefault : Rule
{
    public override (string One, string Several) ResourceNoun => ("region", "regions");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.EbsEncryptionByDefault];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.EachRegion(EvidenceKinds.EbsEncryptionByDefault, (region, isEncrypted) =>
    [
        isEncrypted
            ? context.Pass(CisResource.OfRegion(region), "EncryptedByDefault", "New EBS volumes are encrypted by default.", plural: "encrypt new EBS volumes by default")
            : context.Fail(
                CisResource.OfRegion(region), "NotEncryptedByDefault", "New EBS volumes are not encrypted by default.",
                plural: "do not encrypt new EBS volumes by default"),
    ]);
}
