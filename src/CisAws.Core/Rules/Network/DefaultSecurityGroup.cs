using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Network;

/// <summary>The default security group of every VPC has no rule at all, inbound or outbound.</summary>
internal sealed class DefaultSecurityGroup : Rule
{
    public override (string One, string Several) ResourceNoun => ("default security group", "default security groups");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.SecurityGroups, EvidenceKinds.Vpcs];

    /// <summary>What still uses the group does not matter once its rules are gone.</summary>
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.NetworkInterfaces];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.SecurityGroups, (region, groups) => EvaluateRegion(context, region, groups));

    private static IEnumerable<RuleFinding> EvaluateRegion(RuleContext context, string region, IReadOnlyList<SecurityGroup> groups)
    {
        var defaults = groups.Where(g => g.Name == "default").ToList();
        foreach (var group in defaults)
        {
            yield return Evaluate(context, region, group);
        }

        // Every VPC has a default group; one that was not returned was not assessed.
        if (!context.Evidence.Get(EvidenceKinds.Vpcs, region).TryGet(out var vpcs, out var why))
        {
            yield return context.UnreadableRegion(region, why);
            yield break;
        }

        foreach (var vpc in vpcs.Where(v => !defaults.Any(g => g.VpcId == v.Id)))
        {
            var resource = Ec2Resource.Of(context, region, vpc);
            yield return vpc.OwnerId == context.Evidence.Account.AccountId
                ? context.Undecided(resource, "NoDefaultGroup", $"ec2:DescribeSecurityGroups returned no default security group of VPC {vpc.Id}")
                : context.NotApplicable(
                    resource, "OtherOwner", $"Account {vpc.OwnerId} owns the VPC and its default security group.", plural: Ec2Resource.Foreign);
        }
    }

    private static RuleFinding Evaluate(RuleContext context, string region, SecurityGroup group)
    {
        var resource = Ec2Resource.Of(context, region, group);
        if (group.OwnerId != context.Evidence.Account.AccountId)
        {
            return context.NotApplicable(resource, "OtherOwner", $"Account {group.OwnerId} owns the security group.", plural: Ec2Resource.Foreign);
        }

        var facts = Users(context, region, group);
        return group.Ingress.Count + group.Egress.Count == 0
            ? context.Pass(resource, "NoRules", $"The default security group of {group.VpcId} has no rules.", facts, plural: "do not have rules")
            : context.Fail(
                resource,
                "HasRules",
                $"The default security group of {group.VpcId} has {Quantity.Of(group.Ingress.Count, "inbound rule")} and " +
                $"{Quantity.Of(group.Egress.Count, "outbound rule")}.",
                facts,
                plural: "have rules");
    }

    /// <summary>How many network interfaces are in the group, where there are any: they lose their traffic with its rules.</summary>
    private static IEnumerable<CisFact>? Users(RuleContext context, string region, SecurityGroup group) =>
        context.Evidence.Get(EvidenceKinds.NetworkInterfaces, region).Match(
            interfaces => interfaces.Count(i => i.GroupIds.Contains(group.Id, StringComparer.Ordinal)) is var count and > 0
                ? [new CisFact("NetworkInterfaces", count.ToString(CultureInfo.InvariantCulture))]
                : null,
            _ => (CisFact[]?)null);
}
