using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using Api = Amazon.EC2.Model;

namespace CisAws.Aws.Readers;

/// <summary>EC2: regions, instances, and the firewalls around them.</summary>
internal static class Ec2Readers
{
    private const int PageSize = 1000;

    public static async Task<IReadOnlyList<Region>> RegionsAsync(EvidenceRequest request)
    {
        var response = await request.CallAsync(
            request.Session.Ec2(request.Session.Region), (c, t) => c.DescribeRegionsAsync(new() { AllRegions = true }, t)).ConfigureAwait(false);
        return response.Regions.Required("regionInfo").Each(r => new Region(r.RegionName.Required("regionName"), r.OptInStatus.Required("optInStatus"))).Once(r => r.Name);
    }

    public static async Task<IReadOnlyList<SecurityGroup>> SecurityGroupsAsync(EvidenceRequest request)
    {
        var groups = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeSecurityGroupsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.SecurityGroups, page.NextToken)).ConfigureAwait(false);
        return groups.Each(g => new SecurityGroup(
            g.GroupId,
            g.GroupName,
            g.OwnerId,
            g.VpcId ?? "",
            g.IpPermissions.Each(Permission),
            g.IpPermissionsEgress.Each(Permission),
            g.Description,
            Tags(g.Tags))).Once(g => g.Id);
    }

    public static async Task<IReadOnlyList<Instance>> InstancesAsync(EvidenceRequest request)
    {
        var reservations = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeInstancesAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.Reservations, page.NextToken)).ConfigureAwait(false);
        return reservations.SelectMany(r => r.Instances ?? []).Each(i =>
            new Instance(i.InstanceId, i.State?.Name ?? "", i.IamInstanceProfile?.Arn, Tags(i.Tags))).Once(i => i.Id);
    }

    public static async Task<IReadOnlyList<NetworkInterface>> NetworkInterfacesAsync(EvidenceRequest request)
    {
        var interfaces = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeNetworkInterfacesAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.NetworkInterfaces, page.NextToken)).ConfigureAwait(false);
        return interfaces.Each(i => new NetworkInterface(i.NetworkInterfaceId, i.VpcId ?? "", i.Groups.Each(g => g.GroupId))).Once(i => i.Id);
    }

    /// <summary>The tags of anything in EC2.</summary>
    public static IReadOnlyDictionary<string, string> Tags(List<Api.Tag>? tags) => tags.TagsBy(t => t.Key, t => t.Value);

    private static IpPermission Permission(Api.IpPermission permission) => new(
        permission.IpProtocol,
        permission.FromPort,
        permission.ToPort,
        permission.Ipv4Ranges.Each(r => new CidrRange(r.CidrIp, r.Description)),
        permission.Ipv6Ranges.Each(r => new CidrRange(r.CidrIpv6, r.Description)),
        permission.PrefixListIds.Each(p => p.Id),
        permission.UserIdGroupPairs.Each(p => p.GroupId ?? ""));
}
