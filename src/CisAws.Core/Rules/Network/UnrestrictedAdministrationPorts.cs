using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Network;

/// <summary>
/// No security group opens a port of remote administration to every address of a family. Parameter: <c>everyone</c>, 0.0.0.0/0 or ::/0. The ports are
/// a setting.
/// </summary>
internal sealed class UnrestrictedAdministrationPorts : SecurityGroupRule
{
    private const int MaxRulesInReason = 2;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        AdministrationPorts.Of(context.Settings).Count == 0 ? [AdministrationPorts.None(context)] : base.Evaluate(context);

    protected override RuleFinding Evaluate(RuleContext context, string region, SecurityGroup group, CisResource resource)
    {
        var everyone = Definition.Parameter<string>("everyone");
        var family = everyone == "0.0.0.0/0" ? CidrBlock.AllIpv4 : CidrBlock.AllIpv6;
        var byPort = AdministrationPorts.Of(context.Settings).Select(port => (Port: port, Ingress: PortIngress.Of(context.Evidence, region, group, port, context.Settings.Boolean("IncludeUdp")))).ToList();
        var open = byPort.Select(p => (p.Port, Sources: p.Ingress.Unrestricted(family))).Where(p => p.Sources.Count > 0).ToList();
        if (open.Count > 0)
        {
            return Open(context, resource, group, everyone, open);
        }

        return byPort.Select(p => p.Ingress.Failure).FirstOrDefault(f => f is not null) is { } why
            ? context.Unknown(resource, why)
            : byPort.Select(p => p.Ingress.Malformed).FirstOrDefault(m => m is not null) is { } text
                ? context.Undecided(resource, "Malformed", $"a rule for an administration port has source '{text}', which is not a valid CIDR block")
                : context.Pass(
                    resource, "Restricted", $"No administration port is open to {everyone}.", plural: $"open no administration port to {everyone}");
    }

    private static RuleFinding Open(
        RuleContext context, CisResource resource, SecurityGroup group, string everyone, List<(int Port, IReadOnlyList<IngressSource> Sources)> open)
    {
        var sources = open.SelectMany(p => p.Sources).Distinct().ToList();
        var alone = open.All(p => p.Sources.Any(s => s.Block == CidrBlock.AllIpv4 || s.Block == CidrBlock.AllIpv6));
        var numbers = open.Select(p => p.Port.ToString(CultureInfo.InvariantCulture)).ToList();
        var rules = Quantity.List([.. sources.Select(s => s.ToString())], MaxRulesInReason);
        return context.Fail(
            resource,
            alone ? "Unrestricted" : "UnrestrictedBySplitCidr",
            $"Group {group.Name} opens {(open.Count == 1 ? "port" : "ports")} {string.Join(", ", numbers)} to {everyone}{(alone ? "" : " by ranges that together cover all addresses")}: {rules}.",
            sources.Select(s => new CisFact("Rule", s.ToString())).Append(new CisFact("Ports", string.Join(", ", numbers))).Append(new CisFact("VpcId", group.VpcId)),
            plural: $"open administration ports to {everyone}");
    }
}
