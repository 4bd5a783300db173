using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Storage;

/// <summary>EFS file systems are encrypted at rest.</summary>
internal sealed class EfsEncryption : Rule
{
    public override (string One, string Several) ResourceNoun => ("EFS file system", "EFS file systems");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.FileSystems];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.FileSystems, (region, systems) => systems.Select(s => Evaluate(context, region, s)));

    private static RuleFinding Evaluate(RuleContext context, string region, FileSystem system)
    {
        var resource = new CisResource("AWS::EFS::FileSystem", system.Id, system.Arn, region, system.Tags);
        return system.Encrypted
            ? context.Pass(resource, "Encrypted", "The file system is encrypted at rest.", plural: "are encrypted at rest")
            : context.Fail(resource, "NotEncrypted", "The file system is not encrypted at rest.", plural: "are not encrypted at rest");
    }
}
