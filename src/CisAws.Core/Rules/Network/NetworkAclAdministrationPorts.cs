using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>No network ACL lets everyone in to a port of remote administration.</summary>
internal sealed class NetworkAclAdministrationPorts : Rule
{
    public override (string One, string Several) ResourceNoun => ("network ACL", "network ACLs");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.NetworkAcls];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        var ports = AdministrationPorts.Of(context.Settings);
        return ports.Count == 0
            ? [AdministrationPorts.None(context)]
            : context.EachRegion(EvidenceKinds.NetworkAcls, (region, acls) => acls.Select(acl => Evaluate(context, region, acl, ports)));
    }

    private static RuleFinding Evaluate(RuleContext context, string region, NetworkAcl acl, IReadOnlyList<int> ports)
    {
        var resource = Ec2Resource.Of(context, region, acl);
        if (acl.OwnerId != context.Evidence.Account.AccountId)
        {
            return context.NotApplicable(resource, "OtherOwner", $"Account {acl.OwnerId} owns the network ACL.", plural: Ec2Resource.Foreign);
        }

        string[] protocols = context.Settings.Boolean("IncludeUdp") ? ["6", "17"] : ["6"];
        CidrBlock[] families = context.Settings.Boolean("IncludeIpv6") ? [CidrBlock.AllIpv4, CidrBlock.AllIpv6] : [CidrBlock.AllIpv4];
        var open = new List<(int Port, NetworkAclEntry Entry)>();
        string? malformed = null;
        foreach (var port in ports)
        {
            foreach (var family in families)
            {
                foreach (var protocol in protocols)
                {
                    if (AclPorts.OpenBy(acl, port, protocol, family, out var text) is { } entry)
                    {
                        open.Add((port, entry));
                    }

                    malformed ??= text;
                }
            }
        }

        if (open.Count > 0)
        {
            var numbers = open.Select(o => o.Port).Distinct().Select(p => p.ToString(CultureInfo.InvariantCulture)).ToList();
            var entries = open.Select(o => o.Entry).Distinct().ToList();
            return context.Fail(
                resource, "Open",
                $"The network ACL lets every address reach {(numbers.Count == 1 ? "port" : "ports")} {string.Join(", ", numbers)}: {AclPorts.Describe(entries[0])}.",
                [
                    .. entries.Select(e => new CisFact("Entry", AclPorts.Describe(e))), new CisFact("Ports", string.Join(", ", numbers)), new CisFact("VpcId", acl.VpcId),
                    new CisFact("IsDefault", acl.IsDefault ? "true" : "false"),
                ],
                plural: "let every address reach administration ports");
        }

        return malformed is null
            ? context.Pass(
                resource, "Restricted", "The network ACL does not let every address reach an administration port.",
                plural: "do not let every address reach administration ports")
            : context.Undecided(resource, "Malformed", $"an entry has source '{malformed}', which is not a valid CIDR block");
    }
}
