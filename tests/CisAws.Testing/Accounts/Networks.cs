using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>VPCs with what is in them: subnets, flow logs, peering, routes, network interfaces and instances.</summary>
internal static class Networks
{
    public static void Add(AccountDraft draft)
    {
        foreach (var region in draft.Regions)
        {
            AddRegion(draft, region);
        }
    }

    private static void AddRegion(AccountDraft draft, string region)
    {
        var draw = draft.Draw;
        var vpcs = draw.Many(0, 2, () => DrawVpc(draft));
        var subnets = vpcs.SelectMany(v => draw.Many(0, 2, () => new Subnet(draft.Id("subnet"), v.Id, v.OwnerId))).ToList();
        var groups = SecurityGroups.Add(draft, region, vpcs);
        var interfaces = vpcs.SelectMany(v => draw.Many(0, 2, () => new NetworkInterface(draft.Id("eni"), v.Id, draw.Some(groups.Where(g => g.VpcId == v.Id).Select(g => g.Id))))).ToList();
        var peerings = vpcs.Count == 0 ? [] : draw.Many(0, 2, () => DrawPeering(draft, region, draw.OneOf(vpcs)));
        string[] logged = [.. vpcs.Select(v => v.Id), .. subnets.Select(s => s.Id), .. interfaces.Select(i => i.Id)];
        draft.Evidence
            .Set(EvidenceKinds.Vpcs, region, vpcs)
            .Set(EvidenceKinds.Subnets, region, subnets)
            .Set(EvidenceKinds.NetworkInterfaces, region, interfaces)
            .Set(EvidenceKinds.FlowLogs, region, logged.Length == 0 ? [] : draw.Many(0, 3, () => DrawFlowLog(draft, draw.OneOf(logged))))
            .Set(EvidenceKinds.VpcPeeringConnections, region, peerings)
            .Set(EvidenceKinds.RouteTables, region, vpcs.SelectMany(v => draw.Many(0, 2, () => DrawRouteTable(draft, region, v, peerings))).ToList())
            .Set(EvidenceKinds.Instances, region, draw.Many(0, 3, () => DrawInstance(draft)));
    }

    private static Vpc DrawVpc(AccountDraft draft)
    {
        var draw = draft.Draw;
        var net = draw.Int(0, 250);
        // A shared VPC shows in the account that uses it, under its owner's id.
        return new Vpc(
            draft.Id("vpc"), draw.Chance(85) ? draft.AccountId : AccountDraft.ManagementAccountId, draw.Chance(30), "available",
            [$"10.{net}.0.0/16", .. draw.Some(["100.64.0.0/16"], 20)], draw.Some([$"2001:db8:{net:x}::/56"], 30),
            draft.Tags());
    }

    private static FlowLog DrawFlowLog(AccountDraft draft, string resource)
    {
        var draw = draft.Draw;
        var delivery = draw.Maybe(() => draw.OneOf("SUCCESS", "FAILED"));
        return new FlowLog(
            draft.Id("fl"), resource, "ACTIVE", draw.OneOf("ACCEPT", "REJECT", "ALL"), delivery, delivery == "FAILED" ? "Access error" : null,
            draw.OneOf("cloud-watch-logs", "s3", "kinesis-data-firehose"));
    }

    private static VpcPeeringConnection DrawPeering(AccountDraft draft, string region, Vpc vpc)
    {
        var draw = draft.Draw;
        var status = draw.OneOf("active", "active", "pending-acceptance", "deleted", "expired");
        var here = new PeeringVpc(vpc.Id, vpc.OwnerId, region, vpc.CidrBlocks, vpc.Ipv6CidrBlocks);
        // The other side shows its blocks once the peering is active.
        var there = new PeeringVpc(
            draft.Id("vpc"), draw.OneOf(draft.AccountId, "777788889999"), draw.OneOf(region, draft.Region()),
            status == "active" ? ["172.31.0.0/16", .. draw.Some(["172.30.0.0/16"])] : [], status == "active" ? draw.Some(["2001:db8:ff00::/56"]) : []);
        return draw.Chance(50)
            ? new VpcPeeringConnection(draft.Id("pcx"), status, here, there, draft.Tags())
            : new VpcPeeringConnection(draft.Id("pcx"), status, there, here, draft.Tags());
    }

    private static RouteTable DrawRouteTable(AccountDraft draft, string region, Vpc vpc, List<VpcPeeringConnection> peerings)
    {
        var draw = draft.Draw;
        List<Route> routes = [new Route("active", vpc.CidrBlocks[0], GatewayId: "local"), .. draw.Some([new Route("active", "0.0.0.0/0", GatewayId: draft.Id("igw"))])];
        foreach (var peering in draw.Some(peerings))
        {
            var state = peering.StatusCode == "active" ? "active" : "blackhole";
            routes.Add(draw.Int(1, 3) switch
            {
                1 => new Route(state, DestinationIpv6CidrBlock: "2001:db8:ff00::/56", VpcPeeringConnectionId: peering.Id),
                2 => new Route(state, DestinationPrefixListId: PrefixLists.Draw(draft, region), VpcPeeringConnectionId: peering.Id),
                _ => new Route(state, draw.OneOf("172.31.0.0/16", "172.16.0.0/12", "172.31.5.9/32"), VpcPeeringConnectionId: peering.Id),
            });
        }

        return new RouteTable(draft.Id("rtb"), vpc.Id, vpc.OwnerId, routes);
    }

    private static Instance DrawInstance(AccountDraft draft)
    {
        var profile = draft.Draw.Maybe(() => draft.IamArn($"instance-profile/{draft.NewIamName()}"));
        var state = draft.Draw.OneOf("pending", "running", "stopping", "stopped", "shutting-down", "terminated");
        var metadata = new MetadataOptions(draft.Draw.OneOf("required", "optional"), draft.Draw.OneOf("enabled", "enabled", "disabled"), draft.Draw.OneOf("applied", "pending"));
        return new Instance(draft.Id("i"), state, profile, draft.Tags(), metadata);
    }
}
