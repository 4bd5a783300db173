using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Network;

/// <summary>Routes to VPC peers give the least access needed. What is needed requires a manual review; the routes are shown.</summary>
internal sealed class PeeringRouteAccess : Rule
{
    private const int MaxRoutesInReason = 3;

    public override string ResourceNoun => "VPC peering connections";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        [EvidenceKinds.VpcPeeringConnections, EvidenceKinds.RouteTables, EvidenceKinds.RoutePrefixLists];

    public override bool SupportsAttestation => true;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.VpcPeeringConnections, (region, connections) => JudgeRegion(context, region, connections));

    private static IEnumerable<RuleFinding> JudgeRegion(RuleContext context, string region, IReadOnlyList<VpcPeeringConnection> connections)
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
            .Select(id => Judge(context, region, id, connections.FirstOrDefault(c => c.Id == id), own));
    }

    private static RuleFinding Judge(
        RuleContext context, string region, string id, VpcPeeringConnection? connection, IReadOnlyList<RouteTable> tables)
    {
        var account = context.Evidence.Account;
        // Either side names the connection by an ARN of its own account.
        var resource = new CisResource(
            "AWS::EC2::VPCPeeringConnection", id,
            new Arn(account.Partition, "ec2", region, account.AccountId, $"vpc-peering-connection/{id}").ToString(), region,
            connection?.Tags);
        var routes = tables.SelectMany(t => PeeringRoute.Of(context.Evidence, region, t, id, connection)).OrderBy(r => r.Breadth).ToList();
        var facts = routes.Select(r => new CisFact("Route", r.ToString()));
        if (connection is not { StatusCode: "active" })
        {
            return context.NotApplicable(
                resource, "NotActive", $"Peering connection {id} in {region} is {connection?.StatusCode ?? "gone"}; routes to it lead nowhere.",
                facts);
        }

        var flagged = routes.Where(r => r.IsFlagged).ToList();
        var about = $"Peering connection {id} in {region} ({connection.Requester.VpcId} to {connection.Accepter.VpcId})";
        var findings = flagged.Count == 0
            ? $"{about}: none of {routes.Count} routes opens a whole CIDR block of the peer."
            : $"{about}: {flagged.Count} of {routes.Count} routes open a whole CIDR block of the peer or more: " +
                string.Join(", ", flagged.Take(MaxRoutesInReason)) + (flagged.Count > MaxRoutesInReason ? " ..." : "") + ".";
        if (!context.Settings.Boolean("EvaluateUnscored"))
        {
            return context.Manual(
                resource, flagged.Count == 0 ? "RoutesToReview" : "WideRoutesToReview",
                $"{findings} Review manually: confirm that this access is required. The peer's own route tables are not visible here.", facts);
        }

        if (flagged.Count > 0)
        {
            return context.Fail(resource, "WideRoutes", findings, facts);
        }

        return routes.FirstOrDefault(r => r.Breadth == RouteBreadth.Unknown) switch
        {
            { Failure: { } why } => context.Unknown(resource, why, facts),
            { } route => context.Undecided(resource, "PeerUnknown", $"{about}: how much route {route} opens is not known.", facts),
            null => context.Pass(resource, "NarrowRoutes", findings, facts),
        };
    }
}
