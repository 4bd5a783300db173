using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Network;

/// <summary>No security group opens a port to the whole internet, such as that of SSH. Parameter: <c>port</c>.</summary>
internal sealed class UnrestrictedPort : Rule
{
    private const int MaxRulesInReason = 2;

    public override (string One, string Several) ResourceNoun => ("security group", "security groups");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => settings.Boolean("IgnoreUnattached")
        ? [EvidenceKinds.SecurityGroups, EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.NetworkInterfaces]
        : [EvidenceKinds.SecurityGroups, EvidenceKinds.SecurityGroupPrefixLists];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.EachRegion(EvidenceKinds.SecurityGroups, (region, groups) =>
    {
        var attachment = SecurityGroupAttachment.Of(context, region);
        return groups.Select(group => Evaluate(context, region, group, attachment));
    });

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

        var port = Definition.Parameter<int>("port");
        var ingress = PortIngress.Of(context.Evidence, region, group, port, context.Settings.Boolean("IncludeUdp"));
        var ipv4 = ingress.Unrestricted(CidrBlock.AllIpv4);
        var ipv6 = context.Settings.Boolean("IncludeIpv6") ? ingress.Unrestricted(CidrBlock.AllIpv6) : [];
        if (ipv4.Count + ipv6.Count > 0)
        {
            // The port is open; whether the group is in scope depends on what it is attached to.
            return attachment.Failure is { } unknown
                ? context.Unknown(resource, unknown)
                : Open(context, resource, group, port, ipv4, ipv6);
        }

        return ingress switch
        {
            { Failure: { } why } => context.Unknown(resource, why),
            { Malformed: { } text } => context.Undecided(
                resource, "Malformed", $"a rule for port {port} has source '{text}', which is not a valid CIDR block"),
            _ => context.Pass(resource, "Restricted", $"Port {port} is not open to the internet.", plural: $"do not open port {port} to the internet"),
        };
    }

    private static RuleFinding Open(
        RuleContext context, CisResource resource, SecurityGroup group, int port, IReadOnlyList<IngressSource> ipv4, IReadOnlyList<IngressSource> ipv6)
    {
        var world = (ipv4.Count, ipv6.Count) switch
        {
            (_, 0) => "0.0.0.0/0",
            (0, _) => "::/0 (IPv6)",
            _ => "0.0.0.0/0 and ::/0 (IPv6)",
        };
        var sources = ipv4.Concat(ipv6).ToList();
        var alone = sources.Any(s => s.Block == CidrBlock.AllIpv4 || s.Block == CidrBlock.AllIpv6);
        var rules = Quantity.List([.. sources.Select(s => s.ToString())], MaxRulesInReason);
        return context.Fail(
            resource,
            alone ? "Unrestricted" : "UnrestrictedBySplitCidr",
            $"Group {group.Name} opens port {port} to {world}{(alone ? "" : " by ranges that together cover all addresses")}: {rules}.",
            sources.Select(s => new CisFact("Rule", s.ToString())).Append(new CisFact("VpcId", group.VpcId)),
            plural: $"open port {port} to the internet");
    }
}
