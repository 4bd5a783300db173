using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Network;

/// <summary>Writes security groups as EC2 shows them. Their region is us-east-1; eu-west-1 is empty.</summary>
internal static class NetworkEvidence
{
    public const string OtherAccountId = "444455556666";

    /// <summary>An account with one security group, sg-1, of these rules.</summary>
    public static AccountEvidence Group(params IpPermission[] ingress) => Groups(NewGroup("sg-1", ingress));

    public static AccountEvidence Groups(params SecurityGroup[] groups) =>
        RuleTester.NewEvidence().Set(EvidenceKinds.SecurityGroups, "us-east-1", groups).Set(EvidenceKinds.SecurityGroups, "eu-west-1", []);

    public static SecurityGroup NewGroup(string id, params IpPermission[] ingress) =>
        new(id, "web", RuleTester.AccountId, "vpc-1", ingress, []);

    /// <summary>A rule that names ranges, prefix lists (<c>pl-</c>) or security groups (<c>sg-</c>) as its sources.</summary>
    public static IpPermission Rule(string protocol, int? from, int? to, params string[] sources) => new(
        protocol, from, to,
        sources.Where(s => s.Contains('.')).Select(s => new CidrRange(s)).ToList(),
        sources.Where(s => s.Contains(':')).Select(s => new CidrRange(s)).ToList(),
        sources.Where(s => s.StartsWith("pl-", System.StringComparison.Ordinal)).ToList(),
        sources.Where(s => s.StartsWith("sg-", System.StringComparison.Ordinal)).ToList());

    public static AccountEvidence WithPrefixList(this AccountEvidence evidence, string id, params string[] cidrs) =>
        evidence.Set(EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.PrefixListSubject("us-east-1", id), cidrs);
}
