using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using Api = Amazon.EC2.Model;

namespace CisAws.Aws.Sources;

/// <summary>EC2: regions and security groups.</summary>
internal static class Ec2Sources
{
    public static async Task<IReadOnlyList<Region>> RegionsAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var answer = await session.Ec2(session.Region).CallAsync(
            "ec2:DescribeRegions", (c, t) => c.DescribeRegionsAsync(new Api.DescribeRegionsRequest { AllRegions = true }, t), cancellationToken)
            .ConfigureAwait(false);
        return answer.Regions.Each(r => new Region(r.RegionName, r.OptInStatus));
    }

    public static async Task<IReadOnlyList<SecurityGroup>> SecurityGroupsAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        var ec2 = session.Ec2(region);
        var groups = await Pages.ReadAsync(
            token => ec2.CallAsync(
                "ec2:DescribeSecurityGroups",
                (c, t) => c.DescribeSecurityGroupsAsync(new Api.DescribeSecurityGroupsRequest { NextToken = token, MaxResults = 1000 }, t),
                cancellationToken),
            page => page.NextToken,
            page => page.SecurityGroups).ConfigureAwait(false);
        return groups.Each(g => new SecurityGroup(
            g.GroupId,
            g.GroupName,
            g.OwnerId,
            g.VpcId ?? "",
            g.IpPermissions.Each(Permission),
            g.IpPermissionsEgress.Each(Permission),
            g.Description));
    }

    private static IpPermission Permission(Api.IpPermission permission) => new(
        permission.IpProtocol,
        permission.FromPort,
        permission.ToPort,
        permission.Ipv4Ranges.Each(r => new CidrRange(r.CidrIp, r.Description)),
        permission.Ipv6Ranges.Each(r => new CidrRange(r.CidrIpv6, r.Description)),
        permission.PrefixListIds.Each(p => p.Id),
        permission.UserIdGroupPairs.Each(p => p.GroupId));
}
