using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>Instances accept requests for metadata only with a session token (IMDSv2), or serve none.</summary>
internal sealed class InstanceMetadataService : Rule
{
    public override (string One, string Several) ResourceNoun => ("EC2 instance", "EC2 instances");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Instances];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.Instances, (region, instances) => instances.Where(i => i.Exists).Select(i => Evaluate(context, region, i)));

    private static RuleFinding Evaluate(RuleContext context, string region, Instance instance)
    {
        var resource = Ec2Resource.Of(context, region, instance);
        if (instance.MetadataOptions is not { } options)
        {
            return context.Undecided(
                resource, "NotInEvidence", "the evidence does not contain the metadata options of the instance");
        }

        CisFact[] facts = [new("State", instance.State), new("HttpTokens", options.HttpTokens), new("HttpEndpoint", options.HttpEndpoint)];
        // What is pending is not in force yet.
        string[]? warnings = options.State == "pending" ? ["A change of the metadata options is pending."] : null;
        return options switch
        {
            { HttpEndpoint: "disabled" } => context.Pass(
                resource, "MetadataDisabled", "The instance does not serve metadata.", facts, warnings, plural: "do not serve metadata"),
            { HttpTokens: "required" } => context.Pass(
                resource, "TokensRequired", "The instance requires IMDSv2.", facts, warnings, plural: "require IMDSv2"),
            { HttpTokens: "optional" } => context.Fail(
                resource, "TokensOptional", "The instance also accepts IMDSv1, which needs no session token.", facts, warnings, plural: "accept IMDSv1 too"),
            _ => context.Undecided(resource, "UnknownValue", $"HttpTokens is '{options.HttpTokens}', which is not a known value", facts, warnings),
        };
    }
}
