using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>The part of Amazon EC2 that is about VPCs and what lies in them.</summary>
internal static class Ec2Vpc
{
    public static Shape DescribeSecurityGroups(Call call)
    {
        var groups = new Ec2Query<SecurityGroup>(call, "GroupId", g => g.Id, "InvalidGroup.NotFound")
        {
            { "group-id", g => g.Id },
            { "group-name", g => g.Name },
            { "vpc-id", g => g.VpcId },
            { "owner-id", g => g.OwnerId },
        }.Page(call.ReadRegion(EvidenceKinds.SecurityGroups));
        return new Shape
        {
            ["securityGroupInfo"] = groups.Items.Select(g => new Shape
            {
                ["ownerId"] = g.OwnerId,
                ["groupId"] = g.Id,
                ["groupName"] = g.Name,
                ["groupDescription"] = g.Description,
                ["vpcId"] = g.VpcId,
                ["ipPermissions"] = g.Ingress.Select(Permission),
                ["ipPermissionsEgress"] = g.Egress.Select(Permission),
                ["tagSet"] = Ec2.TagSet(g),
            }),
            ["nextToken"] = groups.NextToken,
        };
    }

    private static Shape Permission(IpPermission permission) => new()
    {
        ["ipProtocol"] = permission.Protocol,
        ["fromPort"] = permission.FromPort,
        ["toPort"] = permission.ToPort,
        ["groups"] = permission.GroupIds.Select(id => new Shape { ["groupId"] = id }),
        ["ipRanges"] = permission.Ipv4Ranges.Select(r => new Shape { ["cidrIp"] = r.Cidr, ["description"] = r.Description }),
        ["ipv6Ranges"] = permission.Ipv6Ranges.Select(r => new Shape { ["cidrIpv6"] = r.Cidr, ["description"] = r.Description }),
        ["prefixListIds"] = permission.PrefixListIds.Select(id => new Shape { ["prefixListId"] = id }),
    };

    public static Shape DescribeNetworkInterfaces(Call call)
    {
        var interfaces = new Ec2Query<NetworkInterface>(call, "NetworkInterfaceId", n => n.Id, "InvalidNetworkInterfaceID.NotFound")
        {
            { "network-interface-id", n => n.Id },
            { "vpc-id", n => n.VpcId },
            { "group-id", n => n.GroupIds },
        }.Page(call.ReadRegion(EvidenceKinds.NetworkInterfaces));
        return new Shape
        {
            ["networkInterfaceSet"] = interfaces.Items.Select(n => new Shape
            {
                ["networkInterfaceId"] = n.Id,
                ["vpcId"] = n.VpcId,
                ["groupSet"] = n.GroupIds.Select(id => new Shape { ["groupId"] = id }),
            }),
            ["nextToken"] = interfaces.NextToken,
        };
    }

    public static Shape DescribeVpcs(Call call)
    {
        var vpcs = new Ec2Query<Vpc>(call, "VpcId", v => v.Id, "InvalidVpcID.NotFound")
        {
            { "vpc-id", v => v.Id },
            { "owner-id", v => v.OwnerId },
            { "state", v => v.State },
            { "is-default", v => v.IsDefault ? "true" : "false" },
        }.Page(call.ReadRegion(EvidenceKinds.Vpcs));
        return new Shape
        {
            ["vpcSet"] = vpcs.Items.Select(v => new Shape
            {
                ["vpcId"] = v.Id,
                ["ownerId"] = v.OwnerId,
                ["state"] = v.State,
                ["cidrBlock"] = v.CidrBlocks is [var first, ..] ? first : null,
                ["isDefault"] = v.IsDefault,
                ["cidrBlockAssociationSet"] = v.CidrBlocks.Select(c => new Shape
                {
                    ["cidrBlock"] = c,
                    ["cidrBlockState"] = new Shape { ["state"] = "associated" },
                }),
                ["ipv6CidrBlockAssociationSet"] = v.Ipv6CidrBlocks.Select(c => new Shape
                {
                    ["ipv6CidrBlock"] = c,
                    ["ipv6CidrBlockState"] = new Shape { ["state"] = "associated" },
                }),
                ["tagSet"] = Ec2.TagSet(v),
            }),
            ["nextToken"] = vpcs.NextToken,
        };
    }

    public static Shape DescribeNetworkAcls(Call call)
    {
        var acls = new Ec2Query<NetworkAcl>(call, "NetworkAclId", a => a.Id, "InvalidNetworkAclID.NotFound")
        {
            { "network-acl-id", a => a.Id },
            { "vpc-id", a => a.VpcId },
            { "owner-id", a => a.OwnerId },
            { "default", a => a.IsDefault ? "true" : "false" },
        }.Page(call.ReadRegion(EvidenceKinds.NetworkAcls));
        return new Shape
        {
            ["networkAclSet"] = acls.Items.Select(a => new Shape
            {
                ["networkAclId"] = a.Id,
                ["vpcId"] = a.VpcId,
                ["ownerId"] = a.OwnerId,
                ["default"] = a.IsDefault,
                ["entrySet"] = a.Entries.Select(e => new Shape
                {
                    ["ruleNumber"] = e.RuleNumber,
                    ["protocol"] = e.Protocol,
                    ["ruleAction"] = e.Action,
                    ["egress"] = e.IsEgress,
                    ["cidrBlock"] = e.CidrBlock,
                    ["ipv6CidrBlock"] = e.Ipv6CidrBlock,
                    ["portRange"] = e.FromPort is null && e.ToPort is null ? null : new Shape { ["from"] = e.FromPort, ["to"] = e.ToPort },
                }),
                ["tagSet"] = Ec2.TagSet(a),
            }),
            ["nextToken"] = acls.NextToken,
        };
    }

    public static Shape DescribeSubnets(Call call)
    {
        var subnets = new Ec2Query<Subnet>(call, "SubnetId", s => s.Id, "InvalidSubnetID.NotFound")
        {
            { "subnet-id", s => s.Id },
            { "vpc-id", s => s.VpcId },
            { "owner-id", s => s.OwnerId },
        }.Page(call.ReadRegion(EvidenceKinds.Subnets));
        return new Shape
        {
            ["subnetSet"] = subnets.Items.Select(s => new Shape { ["subnetId"] = s.Id, ["vpcId"] = s.VpcId, ["ownerId"] = s.OwnerId }),
            ["nextToken"] = subnets.NextToken,
        };
    }

    public static Shape DescribeFlowLogs(Call call)
    {
        var flowLogs = new Ec2Query<FlowLog>(call, "FlowLogId", f => f.Id, "InvalidFlowLogId.NotFound")
        {
            { "flow-log-id", f => f.Id },
            { "resource-id", f => f.ResourceId },
            { "traffic-type", f => f.TrafficType },
            { "deliver-log-status", f => f.DeliverLogsStatus },
            { "log-destination-type", f => f.LogDestinationType },
        }.Page(call.ReadRegion(EvidenceKinds.FlowLogs));
        return new Shape
        {
            ["flowLogSet"] = flowLogs.Items.Select(f => new Shape
            {
                ["flowLogId"] = f.Id,
                ["resourceId"] = f.ResourceId,
                ["flowLogStatus"] = f.Status,
                ["trafficType"] = f.TrafficType,
                ["deliverLogsStatus"] = f.DeliverLogsStatus,
                ["deliverLogsErrorMessage"] = f.DeliverLogsErrorMessage,
                ["logDestinationType"] = f.LogDestinationType,
            }),
            ["nextToken"] = flowLogs.NextToken,
        };
    }

    public static Shape DescribeRouteTables(Call call)
    {
        var tables = new Ec2Query<RouteTable>(call, "RouteTableId", t => t.Id, "InvalidRouteTableID.NotFound")
        {
            { "route-table-id", t => t.Id },
            { "vpc-id", t => t.VpcId },
            { "owner-id", t => t.OwnerId },
            { "route.vpc-peering-connection-id", t => t.Routes.Select(r => r.VpcPeeringConnectionId) },
        }.Page(call.ReadRegion(EvidenceKinds.RouteTables));
        return new Shape
        {
            ["routeTableSet"] = tables.Items.Select(t => new Shape
            {
                ["routeTableId"] = t.Id,
                ["vpcId"] = t.VpcId,
                ["ownerId"] = t.OwnerId,
                ["routeSet"] = t.Routes.Select(r => new Shape
                {
                    ["destinationCidrBlock"] = r.DestinationCidrBlock,
                    ["destinationIpv6CidrBlock"] = r.DestinationIpv6CidrBlock,
                    ["destinationPrefixListId"] = r.DestinationPrefixListId,
                    ["gatewayId"] = r.GatewayId,
                    ["vpcPeeringConnectionId"] = r.VpcPeeringConnectionId,
                    ["state"] = r.State,
                }),
            }),
            ["nextToken"] = tables.NextToken,
        };
    }

    public static Shape DescribeVpcPeeringConnections(Call call)
    {
        var connections = new Ec2Query<VpcPeeringConnection>(
            call, "VpcPeeringConnectionId", c => c.Id, "InvalidVpcPeeringConnectionID.NotFound")
        {
            { "vpc-peering-connection-id", c => c.Id },
            { "status-code", c => c.StatusCode },
            { "requester-vpc-info.vpc-id", c => c.Requester.VpcId },
            { "accepter-vpc-info.vpc-id", c => c.Accepter.VpcId },
        }.Page(call.ReadRegion(EvidenceKinds.VpcPeeringConnections));
        return new Shape
        {
            ["vpcPeeringConnectionSet"] = connections.Items.Select(c => new Shape
            {
                ["vpcPeeringConnectionId"] = c.Id,
                ["requesterVpcInfo"] = Side(c.Requester),
                ["accepterVpcInfo"] = Side(c.Accepter),
                ["status"] = new Shape { ["code"] = c.StatusCode },
                ["tagSet"] = Ec2.TagSet(c),
            }),
            ["nextToken"] = connections.NextToken,
        };
    }

    private static Shape Side(PeeringVpc vpc) => new()
    {
        ["ownerId"] = vpc.OwnerId,
        ["vpcId"] = vpc.VpcId,
        ["region"] = vpc.Region,
        ["cidrBlock"] = vpc.CidrBlocks is [var first, ..] ? first : null,
        ["cidrBlockSet"] = Blocks("cidrBlock", vpc.CidrBlocks),
        ["ipv6CidrBlockSet"] = Blocks("ipv6CidrBlock", vpc.Ipv6CidrBlocks),
    };

    /// <summary>A side that does not show its blocks has no set, not an empty one.</summary>
    private static IEnumerable<Shape>? Blocks(string name, IReadOnlyList<string> blocks) =>
        blocks.Count == 0 ? null : blocks.Select(b => new Shape { [name] = b });
}
