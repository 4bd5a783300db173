using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>How much of a peer VPC a route opens, from the widest to the narrowest; then what is not known.</summary>
internal enum RouteBreadth
{
    /// <summary>More than a whole CIDR block of the peer.</summary>
    Wider,

    /// <summary>A whole CIDR block of the peer.</summary>
    WholeVpc,

    /// <summary>A whole CIDR block of the peer, together with other routes of the table.</summary>
    WholeByUnion,

    /// <summary>A part of a CIDR block of the peer.</summary>
    Partial,

    /// <summary>One address.</summary>
    Host,

    /// <summary>No address of the peer, so far.</summary>
    Outside,

    /// <summary>The peer's CIDR blocks, or the route's, are not known.</summary>
    Unknown,

    /// <summary>The route leads nowhere: it is a blackhole, or its peering connection is gone.</summary>
    Stale,
}

/// <summary>One destination of a route to a peer, and how much of the peer it opens.</summary>
internal sealed record PeeringRoute(string RouteTableId, string Destination, RouteBreadth Breadth, ReadFailure? Failure = null)
{
    /// <summary>True when the route opens a whole CIDR block of the peer, or more.</summary>
    public bool IsFlagged => Breadth is RouteBreadth.Wider or RouteBreadth.WholeVpc or RouteBreadth.WholeByUnion;

    /// <summary><c>rtb-1: 10.0.0.0/8 (Wider)</c>.</summary>
    public override string ToString() => $"{RouteTableId}: {Destination} ({Breadth})";

    /// <summary>The routes of one table to one peering connection.</summary>
    /// <param name="evidence">A view that declares <see cref="EvidenceKinds.RoutePrefixLists"/>.</param>
    /// <param name="region">The table's region.</param>
    /// <param name="table">The route table.</param>
    /// <param name="connectionId">The peering connection.</param>
    /// <param name="connection">What is known of the connection; null when AWS shows it no more.</param>
    public static IReadOnlyList<PeeringRoute> Of(
        EvidenceView evidence, string region, RouteTable table, string connectionId, VpcPeeringConnection? connection)
    {
        var peer = PeerBlocks(table, connection);
        var routes = table.Routes.Where(r => r.VpcPeeringConnectionId == connectionId)
            .SelectMany(r => Destinations(evidence, region, r)
                .Select(d => d with { Breadth = Classify(r, d.Block, connection, peer) }))
            .ToList();
        var parts = routes.Where(r => r.Breadth is RouteBreadth.Partial or RouteBreadth.Host).Select(r => r.Block!).ToList();
        var covered = peer.Where(p => p.IsCoveredBy(parts)).ToList();
        return routes
            .Select(r => new PeeringRoute(table.Id, r.Text, IsPartOfWhole(r.Breadth, r.Block) ? RouteBreadth.WholeByUnion : r.Breadth, r.Failure))
            .ToList();

        bool IsPartOfWhole(RouteBreadth breadth, CidrBlock? block) =>
            breadth is RouteBreadth.Partial or RouteBreadth.Host && covered.Any(c => c.Contains(block!));
    }

    private static RouteBreadth Classify(Route route, CidrBlock? destination, VpcPeeringConnection? connection, IReadOnlyList<CidrBlock> peer)
    {
        if (route.State == "blackhole" || connection is null or { StatusCode: "deleted" or "deleting" })
        {
            return RouteBreadth.Stale;
        }

        if (destination is not { } block || peer.Count == 0)
        {
            return RouteBreadth.Unknown;
        }

        return peer.Any(p => block.Contains(p) && block != p) ? RouteBreadth.Wider
            : peer.Contains(block) ? RouteBreadth.WholeVpc
            : !peer.Any(p => p.Contains(block)) ? RouteBreadth.Outside
            : block.IsHost ? RouteBreadth.Host
            : RouteBreadth.Partial;
    }

    /// <summary>All CIDR blocks of the side that is not the table's own, secondary and IPv6 ones included; empty when they are not known.</summary>
    private static IReadOnlyList<CidrBlock> PeerBlocks(RouteTable table, VpcPeeringConnection? connection)
    {
        var peer = connection switch
        {
            null => null,
            _ when connection.Requester.VpcId == table.VpcId => connection.Accepter,
            _ when connection.Accepter.VpcId == table.VpcId => connection.Requester,
            _ => null,
        };
        var blocks = peer?.CidrBlocks.Concat(peer.Ipv6CidrBlocks).Select(CidrBlock.TryParse).ToList() ?? [];

        // One block that cannot be understood makes "strictly inside" and "outside" a guess.
        return blocks.All(b => b is not null) ? blocks.OfType<CidrBlock>().ToList() : [];
    }

    private static IEnumerable<Target> Destinations(EvidenceView evidence, string region, Route route)
    {
        if (route.DestinationPrefixListId is { } list)
        {
            return evidence.Get(EvidenceKinds.RoutePrefixLists, EvidenceKinds.PrefixListSubject(region, list)).Match(
                cidrs => cidrs.Select(c => new Target($"{c} of {list}", CidrBlock.TryParse(c))),
                why => [new Target(list, null, why)]);
        }

        var cidr = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? "";
        return [new Target(cidr, CidrBlock.TryParse(cidr))];
    }

    /// <summary>Where a route leads; the block is null when it is not known.</summary>
    private sealed record Target(string Text, CidrBlock? Block, ReadFailure? Failure = null, RouteBreadth Breadth = RouteBreadth.Unknown);
}
