using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using Api = Amazon.EC2.Model;

namespace CisAws.Aws.Readers;

/// <summary>EC2: regions, instances, and the firewalls around them.</summary>
internal static class Ec2Readers
{
    /// <summary>The smallest page of an operation of EC2.</summary>
    public const int FewestItems = 5;

    private const int PageSize = 1000;

    public static Task<IReadOnlyList<Region>> RegionsAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Ec2(request.Session.Region),
        (c, t) => c.DescribeRegionsAsync(new() { AllRegions = true }, t),
        response => response.Regions.Required("regionInfo").Each(
            r => new Region(r.RegionName.Required("regionName"), r.OptInStatus.Required("optInStatus"))).Once(r => r.Name));

    public static Task<IReadOnlyList<SecurityGroup>> SecurityGroupsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeSecurityGroupsAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, FewestItems) }, t),
        page => page.NextToken,
        page => page.SecurityGroups.Each(g => new SecurityGroup(
            g.GroupId,
            g.GroupName,
            g.OwnerId,
            g.VpcId ?? "",
            g.IpPermissions.Each(Permission),
            g.IpPermissionsEgress.Each(Permission),
            g.Description,
            Tags(g.Tags))),
        g => g.Id);

    public static Task<IReadOnlyList<Instance>> InstancesAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeInstancesAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, FewestItems) }, t),
        page => page.NextToken,
        page => (page.Reservations ?? []).SelectMany(r => r.Instances ?? []).Each(
            i => new Instance(i.InstanceId, i.State?.Name ?? "", i.IamInstanceProfile?.Arn, Tags(i.Tags), i.MetadataOptions is { } metadata ? Metadata(metadata) : null)),
        i => i.Id);

    public static Task<bool> EbsEncryptionByDefaultAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Ec2(request.Subject),
        (c, t) => c.GetEbsEncryptionByDefaultAsync(new(), t),
        response => response.EbsEncryptionByDefault.Required("ebsEncryptionByDefault"));

    public static Task<IReadOnlyList<NetworkInterface>> NetworkInterfacesAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeNetworkInterfacesAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, FewestItems) }, t),
        page => page.NextToken,
        page => page.NetworkInterfaces.Each(i => new NetworkInterface(i.NetworkInterfaceId, i.VpcId ?? "", i.Groups.Each(g => g.GroupId))),
        i => i.Id);

    private static MetadataOptions Metadata(Api.InstanceMetadataOptionsResponse options) => new(
        (options.HttpTokens?.Value).Required("HttpTokens"), (options.HttpEndpoint?.Value).Required("HttpEndpoint"), options.State?.Value ?? "applied");

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
