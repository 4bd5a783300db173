using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Network;

/// <summary>Routes to VPC peers give the least access needed. What is needed requires a manual review; the routes are shown.</summary>
internal sealed class PeeringRouteAccess : Rule
{
    private const int MaxRoutesInReason = 3;

    public override (string One, string Several) ResourceNoun => ("VPC peering connection", "VPC peering connections");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        [EvidenceKinds.VpcPeeringConnections, EvidenceKinds.RouteTables, EvidenceKinds.RoutePrefixLists];

    public override bool SupportsAttestation => true;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.VpcPeeringConnections, (region, connections) => EvaluateRegion(context, region, connections));

    private static IEnumerable<RuleFinding> EvaluateRegion(RuleContext context, string region, IReadOnlyList<VpcPeeringConnection> connections)
    {
        var active = connections.Where(c => c.StatusCode == "active").Select(c => c.Id).ToList();
        if (!context.Evidence.Get(EvidenceKinds.RouteTables, region).TryGet(out var tables, out var why))
        {
            // Without an active connection no route could matter.
            return active.Count > 0 ? [context.UnreadableRegion(region, why)] : [];
        }

        // A shared VPC's route tables are its owner's.
        var own = tables.Where(t => t.OwnerId == context.Evidence.Account.AccountId).ToList();
        return own.SelectMany(t => t.Routes).Select(r => r.VpcPeeringConnectionId).Where(id => id is not null).Select(id => id!)
            .Concat(active).Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal)
            .Select(id => Evaluate(context, region, id, connections.FirstOrDefault(c => c.Id == id), own));
    }

    private static RuleFinding Evaluate(
        RuleContext context, string region, string id, VpcPeeringConnection? connection, IReadOnlyList<RouteTable> tables)
    {
        var account = context.Evidence.Account;
        // Either side names the connection by an ARN of its own account.
        var resource = new CisResource(
            "AWS::EC2::VPCPeeringConnection", id,
            new Arn(account.Partition, "ec2", region, account.AccountId, $"vpc-peering-connection/{id}").ToString(), region,
            connection?.Tags);
        var routes = tables.SelectMany(t => PeeringRoute.Of(context.Evidence, region, t, id, connection)).OrderBy(r => r.Breadth).ToList();
        CisFact[] facts =
        [
            .. routes.Select(r => new CisFact("Route", r.ToString())),
            .. connection is null ? [] : new[] { new CisFact("Requester", connection.Requester.VpcId), new CisFact("Accepter", connection.Accepter.VpcId) },
            new("Note", "The peer's own route tables are not visible here."),
        ];
        if (connection is not { StatusCode: "active" })
        {
            return context.NotApplicable(
                resource, "NotActive", $"The connection is {connection?.StatusCode ?? "deleted"}; routes to it have no effect.", facts, plural: "are not active");
        }

        var flagged = routes.Where(r => r.IsFlagged).ToList();
        var unknown = routes.FindAll(r => r.Breadth == RouteBreadth.Unknown);
        var (findings, plural) = Summary(routes.Count, flagged, unknown);
        if (!context.Settings.Boolean("EvaluateUnscored"))
        {
            return context.Manual(
                resource, flagged.Count == 0 ? "RoutesToReview" : "WideRoutesToReview",
                $"{findings}; confirm that this access is required.", facts, plural: plural);
        }

        if (flagged.Count > 0)
        {
            return context.Fail(resource, "WideRoutes", findings + ".", facts, plural: plural);
        }

        return unknown.FirstOrDefault() switch
        {
            { Failure: { } why } => context.Unknown(resource, why, facts),
            { } route => context.Undecided(resource, "PeerUnknown", $"how much route {route.Destination} of {route.RouteTableId} opens is not known", facts, plural: "how much their routes open is not known"),
            null => context.Pass(resource, "NarrowRoutes", findings + ".", facts, plural: plural),
        };
    }

    /// <summary>What is known of the routes, for one connection and for several.</summary>
    private static (string Findings, string Plural) Summary(int count, IReadOnlyList<PeeringRoute> flagged, IReadOnlyList<PeeringRoute> unknown)
    {
        var why = unknown.Select(r => r.Failure).FirstOrDefault(f => f is not null) is { } failure ? $" ({failure})" : "";
        if (flagged.Count == 0)
        {
            return unknown.Count == 0
                ? ("No route opens a whole CIDR block of the peer", "open no whole CIDR block of the peer")
                : ($"How much {unknown.Count} of {Quantity.Of(count, "route")} {Quantity.Agree(unknown.Count, "open")} is not known{why}",
                    "have routes that could not be evaluated");
        }

        var wide = $"{flagged.Count} of {Quantity.Of(count, "route")} {Quantity.Agree(flagged.Count, "open")} a whole CIDR block of the peer or more " +
            $"({Quantity.List([.. flagged.Select(r => r.Destination)], MaxRoutesInReason)})";
        return (unknown.Count == 0 ? wide : $"{wide}; {unknown.Count} not known{why}", "open a whole CIDR block of the peer");
    }
}
