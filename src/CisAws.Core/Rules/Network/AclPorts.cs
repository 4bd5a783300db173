using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>
/// What the inbound entries of a network ACL do with traffic from every address of a family to a port. Entries apply in the order of their numbers, and
/// the first that matches decides.
/// </summary>
internal static class AclPorts
{
    /// <summary>The entry by which everyone is let in, but for ranges that earlier entries deny; null where not everyone is.</summary>
    /// <param name="acl">The network ACL.</param>
    /// <param name="port">The port.</param>
    /// <param name="protocol">The number of the protocol: 6 for TCP, 17 for UDP.</param>
    /// <param name="everything">Every address of the family.</param>
    /// <param name="malformed">A range that is not in CIDR notation; null for none.</param>
    public static NetworkAclEntry? OpenBy(NetworkAcl acl, int port, string protocol, CidrBlock everything, out string? malformed)
    {
        malformed = null;
        var (allowed, denied) = (new List<CidrBlock>(), new List<CidrBlock>());
        foreach (var entry in acl.Entries.Where(e => !e.IsEgress && Includes(e, port, protocol)).OrderBy(e => e.RuleNumber))
        {
            if (RangeOf(entry, everything) is not { } range)
            {
                continue;
            }

            if (CidrBlock.TryParse(range) is not { } block)
            {
                malformed ??= range;
                continue;
            }

            (entry.Action == "allow" ? allowed : denied).Add(block);
            if (everything.IsCoveredBy(denied))
            {
                return null;
            }

            if (everything.IsCoveredBy(allowed))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary><c>rule 100, tcp 22 from 0.0.0.0/0</c>.</summary>
    public static string Describe(NetworkAclEntry entry)
    {
        var ports = entry.FromPort is { } from ? from == entry.ToPort ? $" {from}" : $" {from}-{entry.ToPort}" : "";
        var protocol = entry.Protocol switch { "-1" => "all traffic", "6" => "tcp", "17" => "udp", var other => $"protocol {other}" };
        return FormattableString.Invariant($"rule {entry.RuleNumber}, {protocol}{ports} from {entry.CidrBlock ?? entry.Ipv6CidrBlock}");
    }

    private static string? RangeOf(NetworkAclEntry entry, CidrBlock everything) => everything == CidrBlock.AllIpv4 ? entry.CidrBlock : entry.Ipv6CidrBlock;

    private static bool Includes(NetworkAclEntry entry, int port, string protocol) =>
        entry.Protocol == "-1" || (entry.Protocol == protocol && (entry.FromPort ?? 0) <= port && port <= (entry.ToPort ?? 65535));
}
