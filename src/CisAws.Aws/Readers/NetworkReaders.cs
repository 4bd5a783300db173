using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using Api = Amazon.EC2.Model;

namespace CisAws.Aws.Readers;

/// <summary>EC2: VPCs and what is in and between them.</summary>
internal static class NetworkReaders
{
    private const int PageSize = 1000;

    public static Task<IReadOnlyList<Vpc>> VpcsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeVpcsAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, Ec2Readers.FewestItems) }, t),
        page => page.NextToken,
        page => page.Vpcs.Each(v => new Vpc(
            v.VpcId,
            v.OwnerId,
            v.IsDefault ?? false,
            v.State ?? "",
            v.CidrBlockAssociationSet is { } blocks
                ? blocks.Where(b => IsInUse(b.CidrBlockState?.State)).Each(b => b.CidrBlock)
                : new[] { v.CidrBlock }.Where(b => b is not null).OrNone(),
            (v.Ipv6CidrBlockAssociationSet ?? []).Where(b => IsInUse(b.Ipv6CidrBlockState?.State)).Each(b => b.Ipv6CidrBlock),
            Ec2Readers.Tags(v.Tags))),
        v => v.Id);

    public static Task<IReadOnlyList<Subnet>> SubnetsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeSubnetsAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, Ec2Readers.FewestItems) }, t),
        page => page.NextToken,
        page => page.Subnets.Each(s => new Subnet(s.SubnetId, s.VpcId, s.OwnerId)),
        s => s.Id);

    public static Task<IReadOnlyList<FlowLog>> FlowLogsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeFlowLogsAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, Ec2Readers.FewestItems) }, t),
        page => page.NextToken,
        page => page.FlowLogs.Each(l => new FlowLog(
            l.FlowLogId, l.ResourceId, l.FlowLogStatus ?? "", l.TrafficType ?? "", l.DeliverLogsStatus, l.DeliverLogsErrorMessage, l.LogDestinationType)),
        l => l.Id);

    public static Task<IReadOnlyList<RouteTable>> RouteTablesAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        // This operation's pages hold 100 at most.
        (c, token, t) => c.DescribeRouteTablesAsync(new() { NextToken = token, MaxResults = request.PageSize(100, Ec2Readers.FewestItems) }, t),
        page => page.NextToken,
        page => page.RouteTables.Each(t => new RouteTable(t.RouteTableId, t.VpcId, t.OwnerId, t.Routes.Each(r => new Route(
            r.State ?? "", r.DestinationCidrBlock, r.DestinationIpv6CidrBlock, r.DestinationPrefixListId, r.VpcPeeringConnectionId, r.GatewayId)))),
        t => t.Id);

    public static Task<IReadOnlyList<NetworkAcl>> NetworkAclsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeNetworkAclsAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, Ec2Readers.FewestItems) }, t),
        page => page.NextToken,
        page => page.NetworkAcls.Each(a => new NetworkAcl(
            a.NetworkAclId,
            a.VpcId ?? "",
            a.OwnerId,
            a.IsDefault ?? false,
            a.Entries.Each(e => new NetworkAclEntry(
                e.RuleNumber.Required("ruleNumber"), e.Protocol.Required("protocol"), (e.RuleAction?.Value).Required("ruleAction"), e.Egress.Required("egress"),
                e.CidrBlock, e.Ipv6CidrBlock, e.PortRange?.From, e.PortRange?.To)),
            Ec2Readers.Tags(a.Tags))),
        a => a.Id);

    public static Task<IReadOnlyList<VpcPeeringConnection>> VpcPeeringConnectionsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Ec2(request.Subject),
        (c, token, t) => c.DescribeVpcPeeringConnectionsAsync(new() { NextToken = token, MaxResults = request.PageSize(PageSize, Ec2Readers.FewestItems) }, t),
        page => page.NextToken,
        page => page.VpcPeeringConnections.Each(c => new VpcPeeringConnection(
            c.VpcPeeringConnectionId, c.Status?.Code ?? "", Side(c.RequesterVpcInfo), Side(c.AccepterVpcInfo), Ec2Readers.Tags(c.Tags))),
        c => c.Id);

    /// <summary>The blocks of a prefix list, by <see cref="EvidenceKinds.PrefixListSubject"/>.</summary>
    public static Task<IReadOnlyList<string>> PrefixListAsync(EvidenceRequest request)
    {
        var id = request.Subject.Substring(request.Subject.IndexOf('/') + 1);
        return request.ListAsync(
            request.Session.Ec2(RegionOfPrefixList(request.Subject)),
            (c, token, t) => c.GetManagedPrefixListEntriesAsync(new() { PrefixListId = id, NextToken = token, MaxResults = request.PageSize(100, Ec2Readers.FewestItems) }, t),
            page => page.NextToken,
            page => page.Entries.Each(e => e.Cidr),
            c => c);
    }

    public static string RegionOfPrefixList(string subject) => subject.Substring(0, Math.Max(0, subject.IndexOf('/')));

    /// <summary>A block that is being taken away, or was refused, is no longer or not yet the VPC's.</summary>
    private static bool IsInUse(string? state) => state is null or "associated" or "associating";

    /// <summary>All the blocks, and not CidrBlock alone, which leaves the secondary ones out.</summary>
    private static PeeringVpc Side(Api.VpcPeeringConnectionVpcInfo? side) => new(
        side?.VpcId ?? "",
        side?.OwnerId ?? "",
        side?.Region,
        side?.CidrBlockSet is { } blocks
            ? blocks.Each(b => b.Cidr)
            : new[] { side?.CidrBlock }.Where(b => b is not null).Each(b => b!),
        side?.Ipv6CidrBlockSet.Each(b => b.Value) ?? []);
}
