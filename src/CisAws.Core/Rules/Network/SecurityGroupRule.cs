using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>
/// What the inbound rules of a security group must not open. Groups of other accounts are out of scope, and, with the setting IgnoreUnattached, those that
/// no network interface uses.
/// </summary>
internal abstract class SecurityGroupRule : Rule
{
    public override (string One, string Several) ResourceNoun => ("security group", "security groups");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => settings.Boolean("IgnoreUnattached")
        ? [EvidenceKinds.SecurityGroups, EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.NetworkInterfaces]
        : [EvidenceKinds.SecurityGroups, EvidenceKinds.SecurityGroupPrefixLists];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.EachRegion(EvidenceKinds.SecurityGroups, (region, groups) =>
    {
        var attachment = SecurityGroupAttachment.Of(context, region);
        return groups.Select(group => Evaluate(context, region, group, attachment));
    });

    /// <summary>The finding of a group, as if it was in scope.</summary>
    protected abstract RuleFinding Evaluate(RuleContext context, string region, SecurityGroup group, CisResource resource);

    private RuleFinding Evaluate(RuleContext context, string region, SecurityGroup group, SecurityGroupAttachment attachment)
    {
        var resource = Ec2Resource.Of(context, region, group) with { Name = group.Name.Length > 0 ? group.Name : null };
        if (group.OwnerId != context.Evidence.Account.AccountId)
        {
            return context.NotApplicable(resource, "OtherOwner", $"Account {group.OwnerId} owns the security group.", plural: Ec2Resource.Foreign);
        }

        if (attachment.Groups?.Contains(group.Id) == false)
        {
            return context.NotApplicable(resource, "Unattached", "No network interface uses the security group, and the program excludes such groups.", plural: "are not used");
        }

        var finding = Evaluate(context, region, group, resource);
        // What is open is open; whether the group is in scope depends on what it is attached to.
        return finding.Status == CisStatus.Fail && attachment.Failure is { } unknown ? context.Unknown(resource, unknown) : finding;
    }
}
