using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>Security groups: the default one of each VPC, and others with every shape of rule.</summary>
internal static class SecurityGroups
{
    public static IReadOnlyList<SecurityGroup> Add(AccountDraft draft, string region, List<Vpc> vpcs)
    {
        var draw = draft.Draw;
        var groups = new List<SecurityGroup>();
        foreach (var vpc in vpcs)
        {
            groups.Add(DrawGroup(draft, region, vpc, "default", "default VPC security group"));
            groups.AddRange(draw.Many(0, 3, () => DrawGroup(draft, region, vpc, draft.NewName(" ._-:/()#,@[]+=&;{}!$*"), draft.Words())));
        }

        draft.Evidence.Set(EvidenceKinds.SecurityGroups, region, groups);
        return groups;
    }

    private static SecurityGroup DrawGroup(AccountDraft draft, string region, Vpc vpc, string name, string description)
    {
        var id = draft.Id("sg");
        return new SecurityGroup(
            id, name, vpc.OwnerId, vpc.Id, Permissions(draft, region, id), Permissions(draft, region, id), description, draft.Tags());
    }

    /// <summary>EC2 keeps one permission for each protocol and range of ports, with all its sources.</summary>
    private static List<IpPermission> Permissions(AccountDraft draft, string region, string groupId) => draft.Draw
        .Many(0, 3, () => DrawPermission(draft, region, groupId))
        .GroupBy(p => (p.Protocol, p.FromPort, p.ToPort)).Select(g => g.First()).ToList();

    private static IpPermission DrawPermission(AccountDraft draft, string region, string groupId)
    {
        var draw = draft.Draw;
        (string Protocol, int? From, int? To) shape = draw.OneOf<(string, int?, int?)>(
            ("-1", null, null), ("tcp", 22, 22), ("tcp", 0, 65535), ("tcp", 3000, 4000), ("udp", 3389, 3389), ("icmp", -1, -1), ("icmp", 3, 4), ("icmpv6", -1, -1), ("47", null, null));
        var permission = new IpPermission(
            shape.Protocol, shape.From, shape.To,
            draw.Some(["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "203.0.113.7/32"], 25).ConvertAll(Range),
            draw.Some(["::/0", "2001:db8::/32"], 25).ConvertAll(Range),
            draw.Chance(15) ? [PrefixLists.Draw(draft, region)] : [],
            draw.Some([groupId, draft.Id("sg")], 25));
        // A permission without any source does not exist.
        var isEmpty = permission.Ipv4Ranges.Count + permission.Ipv6Ranges.Count + permission.PrefixListIds.Count + permission.GroupIds.Count == 0;
        return isEmpty ? permission with { GroupIds = [groupId] } : permission;

        CidrRange Range(string cidr) => new(cidr, draw.Maybe(draft.Words));
    }
}
