using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>A range that a rule of a security group lets in; the text is how a person finds it.</summary>
internal sealed record IngressSource(IpPermission Rule, CidrBlock Block, string Text)
{
    /// <summary><c>tcp 0-1024 from 0.0.0.0/0 (ssh)</c>.</summary>
    public override string ToString() => $"{PortIngress.Describe(Rule)} from {Text}";
}

/// <summary>
/// Who may reach a port by the rules of one security group. Security groups as sources are left out: they name network
/// interfaces, so they are never the whole world.
/// </summary>
internal sealed class PortIngress
{
    private readonly List<IngressSource> _sources = [];

    private PortIngress()
    {
    }

    /// <summary>The ranges that may reach the port.</summary>
    public IReadOnlyList<IngressSource> Sources => _sources;

    /// <summary>Why a prefix list could not be read.</summary>
    public ReadFailure? Failure { get; private set; }

    /// <summary>A range that is not in CIDR notation.</summary>
    public string? Malformed { get; private set; }

    /// <summary>Gathers who may reach a port.</summary>
    /// <param name="evidence">A view that declares <see cref="EvidenceKinds.SecurityGroupPrefixLists"/>.</param>
    /// <param name="region">The group's region.</param>
    /// <param name="group">The security group.</param>
    /// <param name="port">The port.</param>
    /// <param name="includeUdp">Whether rules for UDP count like rules for TCP.</param>
    public static PortIngress Of(EvidenceView evidence, string region, SecurityGroup group, int port, bool includeUdp)
    {
        var ingress = new PortIngress();
        foreach (var rule in group.Ingress.Where(r => Includes(r, port, includeUdp)))
        {
            foreach (var range in rule.Ipv4Ranges.Concat(rule.Ipv6Ranges))
            {
                ingress.Add(rule, range.Cidr, string.IsNullOrEmpty(range.Description) ? "" : $" ({range.Description})");
            }

            foreach (var id in rule.PrefixListIds)
            {
                if (!evidence.Get(EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.PrefixListSubject(region, id)).TryGet(out var cidrs, out var why))
                {
                    ingress.Failure ??= why;
                    continue;
                }

                foreach (var cidr in cidrs)
                {
                    ingress.Add(rule, cidr, $" of {id}");
                }
            }
        }

        return ingress;
    }

    /// <summary>
    /// The sources that let every address of the family in: each that does so alone, or else all of them when only their
    /// union does, as 0.0.0.0/1 and 128.0.0.0/1. Empty when some address is kept out.
    /// </summary>
    public IReadOnlyList<IngressSource> Unrestricted(CidrBlock everything)
    {
        var sources = Sources.Where(s => s.Block.Family == everything.Family).ToList();
        var alone = sources.Where(s => s.Block == everything).ToList();
        return alone.Count > 0 || !everything.IsCoveredBy(sources.Select(s => s.Block)) ? alone : sources;
    }

    /// <summary>The protocol and ports of a rule: <c>tcp 0-1024</c>, <c>all traffic</c>.</summary>
    public static string Describe(IpPermission rule) => rule.Protocol switch
    {
        "-1" => "all traffic",
        "6" or "17" => Describe(rule with { Protocol = rule.Protocol == "6" ? "tcp" : "udp" }),
        _ => Ports(rule) is var (from, to) && from == to ? $"{rule.Protocol} {from}" : $"{rule.Protocol} {from}-{to}",
    };

    /// <summary>
    /// True when a rule includes a port. Only TCP and UDP have ports; From and ToPort of ICMP hold its type and code.
    /// </summary>
    private static bool Includes(IpPermission rule, int port, bool includeUdp)
    {
        var (from, to) = Ports(rule);
        return rule.Protocol.ToLowerInvariant() switch
        {
            "-1" => true,
            "tcp" or "6" => from <= port && port <= to,
            "udp" or "17" => includeUdp && from <= port && port <= to,
            _ => false,
        };
    }

    /// <summary>The ports of a TCP or UDP rule; absent ones and -1 mean all.</summary>
    private static (int From, int To) Ports(IpPermission rule) => (
        rule.FromPort is { } from and >= 0 ? from : 0,
        rule.ToPort is { } to and >= 0 ? to : 65535);

    private void Add(IpPermission rule, string cidr, string suffix)
    {
        if (CidrBlock.TryParse(cidr) is { } block)
        {
            _sources.Add(new IngressSource(rule, block, cidr + suffix));
        }
        else
        {
            Malformed ??= cidr;
        }
    }
}
