using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Network;

/// <summary>No security group opens a port to the whole internet, such as that of SSH. Parameter: <c>port</c>.</summary>
internal sealed class UnrestrictedPort : SecurityGroupRule
{
    private const int MaxRulesInReason = 2;

    protected override RuleFinding Evaluate(RuleContext context, string region, SecurityGroup group, CisResource resource)
    {
        var port = Definition.Parameter<int>("port");
        var ingress = PortIngress.Of(context.Evidence, region, group, port, context.Settings.Boolean("IncludeUdp"));
        var ipv4 = ingress.Unrestricted(CidrBlock.AllIpv4);
        var ipv6 = context.Settings.Boolean("IncludeIpv6") ? ingress.Unrestricted(CidrBlock.AllIpv6) : [];
        if (ipv4.Count + ipv6.Count > 0)
        {
            return Open(context, resource, group, port, ipv4, ipv6);
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
