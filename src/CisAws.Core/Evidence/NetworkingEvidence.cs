using System.Collections.Generic;

namespace CisAws.Evidence;

/// <summary>A region of the partition. <paramref name="OptInStatus"/> is opt-in-not-required, opted-in or not-opted-in.</summary>
public sealed record Region(string Name, string OptInStatus)
{
    /// <summary>True when the account can use the region.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEnabled => OptInStatus is "opt-in-not-required" or "opted-in";
}

/// <summary>
/// An EC2 instance. <paramref name="State"/> is pending, running, stopping, stopped, shutting-down or terminated. <paramref name="MetadataOptions"/> is
/// null where AWS did not return it, and in evidence of versions that did not collect it.
/// </summary>
public sealed record Instance(
    string Id, string State, string? InstanceProfileArn = null, IReadOnlyDictionary<string, string>? Tags = null, MetadataOptions? MetadataOptions = null) : ITagged
{
    /// <summary>False for a terminated instance, which stays in the answer for about an hour, and for one that is being terminated.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal bool Exists => State is not ("terminated" or "shutting-down");
}

/// <summary>
/// How an instance serves its metadata. <paramref name="HttpTokens"/> is required (IMDSv2 only) or optional, <paramref name="HttpEndpoint"/> enabled or
/// disabled, <paramref name="State"/> applied or pending.
/// </summary>
public sealed record MetadataOptions(string HttpTokens, string HttpEndpoint, string State);

/// <summary>A source or destination range of a security group rule, IPv4 or IPv6.</summary>
public sealed record CidrRange(string Cidr, string? Description = null);

/// <summary>
/// One rule of a security group. <paramref name="Protocol"/> is <c>-1</c> (all), a name (tcp, udp, icmp, icmpv6) or a number;
/// the ports are null where the answer has none.
/// </summary>
public sealed record IpPermission(
    string Protocol,
    int? FromPort,
    int? ToPort,
    IReadOnlyList<CidrRange> Ipv4Ranges,
    IReadOnlyList<CidrRange> Ipv6Ranges,
    IReadOnlyList<string> PrefixListIds,
    IReadOnlyList<string> GroupIds);

/// <summary>A security group of a VPC.</summary>
public sealed record SecurityGroup(
    string Id,
    string Name,
    string OwnerId,
    string VpcId,
    IReadOnlyList<IpPermission> Ingress,
    IReadOnlyList<IpPermission> Egress,
    string? Description = null,
    IReadOnlyDictionary<string, string>? Tags = null) : ITagged;

/// <summary>A network interface and the security groups it is in.</summary>
public sealed record NetworkInterface(string Id, string VpcId, IReadOnlyList<string> GroupIds);

/// <summary>A route. Exactly one of the three destinations is set; <paramref name="State"/> is active or blackhole.</summary>
public sealed record Route(
    string State,
    string? DestinationCidrBlock = null,
    string? DestinationIpv6CidrBlock = null,
    string? DestinationPrefixListId = null,
    string? VpcPeeringConnectionId = null,
    string? GatewayId = null);

/// <summary>A route table of a VPC.</summary>
public sealed record RouteTable(string Id, string VpcId, string OwnerId, IReadOnlyList<Route> Routes);

/// <summary>One side of a VPC peering connection, with all its CIDR blocks (empty where the other side does not show them).</summary>
public sealed record PeeringVpc(
    string VpcId, string OwnerId, string? Region, IReadOnlyList<string> CidrBlocks, IReadOnlyList<string> Ipv6CidrBlocks);

/// <summary>A VPC peering connection. <paramref name="StatusCode"/> is active, pending-acceptance, deleted, expired ...</summary>
public sealed record VpcPeeringConnection(
    string Id, string StatusCode, PeeringVpc Requester, PeeringVpc Accepter, IReadOnlyDictionary<string, string>? Tags = null) : ITagged;

/// <summary>A network ACL of a VPC.</summary>
public sealed record NetworkAcl(
    string Id, string VpcId, string OwnerId, bool IsDefault, IReadOnlyList<NetworkAclEntry> Entries, IReadOnlyDictionary<string, string>? Tags = null) : ITagged;

/// <summary>
/// An entry of a network ACL. Entries apply in the order of their numbers. <paramref name="Protocol"/> is <c>-1</c> (all) or a number;
/// <paramref name="Action"/> is allow or deny; the ports are null where the answer has none.
/// </summary>
public sealed record NetworkAclEntry(
    int RuleNumber, string Protocol, string Action, bool IsEgress, string? CidrBlock = null, string? Ipv6CidrBlock = null, int? FromPort = null, int? ToPort = null);
