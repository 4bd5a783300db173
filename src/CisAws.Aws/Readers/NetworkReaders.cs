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

    public static async Task<IReadOnlyList<Vpc>> VpcsAsync(EvidenceRequest request)
    {
        var vpcs = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeVpcsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.Vpcs, page.NextToken)).ConfigureAwait(false);
        return vpcs.Each(v => new Vpc(
            v.VpcId,
            v.OwnerId,
            v.IsDefault ?? false,
            v.State ?? "",
            v.CidrBlockAssociationSet is { } blocks
                ? blocks.Where(b => IsInUse(b.CidrBlockState?.State)).Each(b => b.CidrBlock)
                : new[] { v.CidrBlock }.Where(b => b is not null).OrNone(),
            (v.Ipv6CidrBlockAssociationSet ?? []).Where(b => IsInUse(b.Ipv6CidrBlockState?.State)).Each(b => b.Ipv6CidrBlock),
            Ec2Readers.Tags(v.Tags))).Once(v => v.Id);
    }

    public static async Task<IReadOnlyList<Subnet>> SubnetsAsync(EvidenceRequest request)
    {
        var subnets = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeSubnetsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.Subnets, page.NextToken)).ConfigureAwait(false);
        return subnets.Each(s => new Subnet(s.SubnetId, s.VpcId, s.OwnerId)).Once(s => s.Id);
    }

    public static async Task<IReadOnlyList<FlowLog>> FlowLogsAsync(EvidenceRequest request)
    {
        var logs = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeFlowLogsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.FlowLogs, page.NextToken)).ConfigureAwait(false);
        return logs.Each(l => new FlowLog(
            l.FlowLogId, l.ResourceId, l.FlowLogStatus ?? "", l.TrafficType ?? "", l.DeliverLogsStatus, l.DeliverLogsErrorMessage, l.LogDestinationType))
            .Once(l => l.Id);
    }

    public static async Task<IReadOnlyList<RouteTable>> RouteTablesAsync(EvidenceRequest request)
    {
        // This operation's pages hold 100 at most.
        var tables = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeRouteTablesAsync(new() { NextToken = token, MaxResults = 100 }, t),
            page => (page.RouteTables, page.NextToken)).ConfigureAwait(false);
        return tables.Each(t => new RouteTable(t.RouteTableId, t.VpcId, t.OwnerId, t.Routes.Each(r => new Route(
            r.State ?? "", r.DestinationCidrBlock, r.DestinationIpv6CidrBlock, r.DestinationPrefixListId, r.VpcPeeringConnectionId, r.GatewayId)))).Once(t => t.Id);
    }

    public static async Task<IReadOnlyList<VpcPeeringConnection>> VpcPeeringConnectionsAsync(EvidenceRequest request)
    {
        var connections = await request.ListAsync(
            request.Session.Ec2(request.Subject), (c, token, t) => c.DescribeVpcPeeringConnectionsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.VpcPeeringConnections, page.NextToken)).ConfigureAwait(false);
        return connections.Each(c => new VpcPeeringConnection(
            c.VpcPeeringConnectionId, c.Status?.Code ?? "", Side(c.RequesterVpcInfo), Side(c.AccepterVpcInfo), Ec2Readers.Tags(c.Tags)))
            .Once(c => c.Id);
    }

    /// <summary>The blocks of a prefix list, by <see cref="EvidenceKinds.PrefixListSubject"/>.</summary>
    public static async Task<IReadOnlyList<string>> PrefixListAsync(EvidenceRequest request)
    {
        var id = request.Subject.Substring(request.Subject.IndexOf('/') + 1);
        var entries = await request.ListAsync(
            request.Session.Ec2(RegionOfPrefixList(request.Subject)), (c, token, t) => c.GetManagedPrefixListEntriesAsync(new() { PrefixListId = id, NextToken = token, MaxResults = 100 }, t),
            page => (page.Entries, page.NextToken)).ConfigureAwait(false);
        return entries.Each(e => e.Cidr).Once(c => c);
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
