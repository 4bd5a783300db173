using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using Api = Amazon.EC2.Model;

namespace CisAws.Aws.Readers;

/// <summary>EC2: VPCs and what is in and between them.</summary>
internal static class NetworkReaders
{
    private const int PageSize = 1000;

    public static async Task<IReadOnlyList<Vpc>> VpcsAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        var vpcs = await session.Ec2(region).ListAsync(
            "ec2:DescribeVpcs", (c, token, t) => c.DescribeVpcsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.Vpcs, page.NextToken), cancellationToken).ConfigureAwait(false);
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

    public static async Task<IReadOnlyList<Subnet>> SubnetsAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        var subnets = await session.Ec2(region).ListAsync(
            "ec2:DescribeSubnets", (c, token, t) => c.DescribeSubnetsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.Subnets, page.NextToken), cancellationToken).ConfigureAwait(false);
        return subnets.Each(s => new Subnet(s.SubnetId, s.VpcId, s.OwnerId)).Once(s => s.Id);
    }

    public static async Task<IReadOnlyList<FlowLog>> FlowLogsAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        var logs = await session.Ec2(region).ListAsync(
            "ec2:DescribeFlowLogs", (c, token, t) => c.DescribeFlowLogsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.FlowLogs, page.NextToken), cancellationToken).ConfigureAwait(false);
        return logs.Each(l => new FlowLog(
            l.FlowLogId, l.ResourceId, l.FlowLogStatus ?? "", l.TrafficType ?? "", l.DeliverLogsStatus, l.DeliverLogsErrorMessage, l.LogDestinationType))
            .Once(l => l.Id);
    }

    public static async Task<IReadOnlyList<RouteTable>> RouteTablesAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        // This operation's pages hold 100 at most.
        var tables = await session.Ec2(region).ListAsync(
            "ec2:DescribeRouteTables", (c, token, t) => c.DescribeRouteTablesAsync(new() { NextToken = token, MaxResults = 100 }, t),
            page => (page.RouteTables, page.NextToken), cancellationToken).ConfigureAwait(false);
        return tables.Each(t => new RouteTable(t.RouteTableId, t.VpcId, t.OwnerId, t.Routes.Each(r => new Route(
            r.State ?? "", r.DestinationCidrBlock, r.DestinationIpv6CidrBlock, r.DestinationPrefixListId, r.VpcPeeringConnectionId, r.GatewayId)))).Once(t => t.Id);
    }

    public static async Task<IReadOnlyList<VpcPeeringConnection>> VpcPeeringConnectionsAsync(
        AwsSession session, string region, CancellationToken cancellationToken)
    {
        var connections = await session.Ec2(region).ListAsync(
            "ec2:DescribeVpcPeeringConnections", (c, token, t) => c.DescribeVpcPeeringConnectionsAsync(new() { NextToken = token, MaxResults = PageSize }, t),
            page => (page.VpcPeeringConnections, page.NextToken), cancellationToken).ConfigureAwait(false);
        return connections.Each(c => new VpcPeeringConnection(
            c.VpcPeeringConnectionId, c.Status?.Code ?? "", Side(c.RequesterVpcInfo), Side(c.AccepterVpcInfo), Ec2Readers.Tags(c.Tags)))
            .Once(c => c.Id);
    }

    /// <param name="session">The session.</param>
    /// <param name="subject">What <see cref="EvidenceKinds.PrefixListSubject"/> makes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<IReadOnlyList<string>> PrefixListAsync(AwsSession session, string subject, CancellationToken cancellationToken)
    {
        var id = subject.Substring(subject.IndexOf('/') + 1);
        var entries = await session.Ec2(RegionOfPrefixList(subject)).ListAsync(
            "ec2:GetManagedPrefixListEntries", (c, token, t) => c.GetManagedPrefixListEntriesAsync(new() { PrefixListId = id, NextToken = token, MaxResults = 100 }, t),
            page => (page.Entries, page.NextToken), cancellationToken).ConfigureAwait(false);
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
