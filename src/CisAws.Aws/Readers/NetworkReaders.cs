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
        var vpcs = await Paginator.ReadAsync(
            token => session.Ec2(region).CallAsync(
                "ec2:DescribeVpcs",
                (c, t) => c.DescribeVpcsAsync(new Api.DescribeVpcsRequest { NextToken = token, MaxResults = PageSize }, t),
                cancellationToken),
            page => page.NextToken,
            page => page.Vpcs).ConfigureAwait(false);
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
        var subnets = await Paginator.ReadAsync(
            token => session.Ec2(region).CallAsync(
                "ec2:DescribeSubnets",
                (c, t) => c.DescribeSubnetsAsync(new Api.DescribeSubnetsRequest { NextToken = token, MaxResults = PageSize }, t),
                cancellationToken),
            page => page.NextToken,
            page => page.Subnets).ConfigureAwait(false);
        return subnets.Each(s => new Subnet(s.SubnetId, s.VpcId, s.OwnerId)).Once(s => s.Id);
    }

    public static async Task<IReadOnlyList<FlowLog>> FlowLogsAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        var logs = await Paginator.ReadAsync(
            token => session.Ec2(region).CallAsync(
                "ec2:DescribeFlowLogs",
                (c, t) => c.DescribeFlowLogsAsync(new Api.DescribeFlowLogsRequest { NextToken = token, MaxResults = PageSize }, t),
                cancellationToken),
            page => page.NextToken,
            page => page.FlowLogs).ConfigureAwait(false);
        return logs.Each(l => new FlowLog(
            l.FlowLogId, l.ResourceId, l.FlowLogStatus ?? "", l.TrafficType ?? "", l.DeliverLogsStatus, l.DeliverLogsErrorMessage, l.LogDestinationType))
            .Once(l => l.Id);
    }

    public static async Task<IReadOnlyList<RouteTable>> RouteTablesAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        // This operation's pages hold 100 at most.
        var tables = await Paginator.ReadAsync(
            token => session.Ec2(region).CallAsync(
                "ec2:DescribeRouteTables",
                (c, t) => c.DescribeRouteTablesAsync(new Api.DescribeRouteTablesRequest { NextToken = token, MaxResults = 100 }, t),
                cancellationToken),
            page => page.NextToken,
            page => page.RouteTables).ConfigureAwait(false);
        return tables.Each(t => new RouteTable(t.RouteTableId, t.VpcId, t.OwnerId, t.Routes.Each(r => new Route(
            r.State ?? "", r.DestinationCidrBlock, r.DestinationIpv6CidrBlock, r.DestinationPrefixListId, r.VpcPeeringConnectionId, r.GatewayId)))).Once(t => t.Id);
    }

    public static async Task<IReadOnlyList<VpcPeeringConnection>> VpcPeeringConnectionsAsync(
        AwsSession session, string region, CancellationToken cancellationToken)
    {
        var connections = await Paginator.ReadAsync(
            token => session.Ec2(region).CallAsync(
                "ec2:DescribeVpcPeeringConnections",
                (c, t) => c.DescribeVpcPeeringConnectionsAsync(new Api.DescribeVpcPeeringConnectionsRequest { NextToken = token, MaxResults = PageSize }, t),
                cancellationToken),
            page => page.NextToken,
            page => page.VpcPeeringConnections).ConfigureAwait(false);
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
        var entries = await Paginator.ReadAsync(
            token => session.Ec2(RegionOfPrefixList(subject)).CallAsync(
                "ec2:GetManagedPrefixListEntries",
                (c, t) => c.GetManagedPrefixListEntriesAsync(
                    new Api.GetManagedPrefixListEntriesRequest { PrefixListId = id, NextToken = token, MaxResults = 100 }, t),
                cancellationToken),
            page => page.NextToken,
            page => page.Entries).ConfigureAwait(false);
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
