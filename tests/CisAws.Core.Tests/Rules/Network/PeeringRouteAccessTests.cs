using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class PeeringRouteAccessTests
{
    private static readonly PeeringVpc Own = new("vpc-a", RuleTester.AccountId, "us-east-1", ["10.0.0.0/16"], []);

    private static readonly PeeringVpc Peer = new(
        "vpc-b", "444455556666", "us-east-1", ["10.1.0.0/16", "100.64.0.0/16"], ["2001:db8:1::/56"]);

    private static readonly VpcPeeringConnection Active = new("pcx-1", "active", Own, Peer);

    [Theory]
    [InlineData("10.1.0.0/16", "WholeVpc")]
    [InlineData("100.64.0.0/16", "WholeVpc")]
    [InlineData("2001:db8:1::/56", "WholeVpc")]
    [InlineData("10.0.0.0/8", "Wider")]
    [InlineData("0.0.0.0/0", "Wider")]
    [InlineData("::/0", "Wider")]
    [InlineData("10.1.5.0/24", "Partial")]
    [InlineData("2001:db8:1:1::/64", "Partial")]
    [InlineData("10.1.5.7/32", "Host")]
    [InlineData("2001:db8:1::7/128", "Host")]
    [InlineData("192.168.0.0/16", "Outside")]
    [InlineData("10.1.0.0/17 10.1.128.0/17", "WholeByUnion WholeByUnion")]
    [InlineData("10.1.0.0/17 10.1.128.0/18", "Partial Partial")]
    [InlineData("10.1.0.0/17 10.1.128.0/17 100.64.1.0/24", "WholeByUnion WholeByUnion Partial")]
    public void Each_route_is_classed_by_what_it_opens(string destinations, string breadths)
    {
        var evidence = Network([Active], Table(destinations.Split(' ').Select(To).ToArray()));
        var finding = Assert.Single(RuleTester.Control("4.4", evidence).Findings);
        Assert.Equal(
            destinations.Split(' ').Zip(breadths.Split(' '), (d, b) => $"rtb-1: {d} ({b})").OrderBy(f => f, System.StringComparer.Ordinal),
            finding.Facts.Where(f => f.Name == "Route").Select(f => f.Value).OrderBy(f => f, System.StringComparer.Ordinal));
        var flagged = breadths.Contains("Wh") || breadths.Contains("Wider");
        Assert.Equal((CisStatus.Manual, flagged ? "WideRoutesToReview" : "RoutesToReview"), (finding.Status, finding.ReasonCode));
        Assert.Equal(flagged ? CisStatus.Fail : CisStatus.Pass, RuleTester.Control("4.4", evidence, ("EvaluateUnscored", true)).Status);
    }

    [Fact]
    public void Halves_in_two_tables_do_not_add_up() => Assert.Equal(
        "RoutesToReview", RuleTester.Control("4.4", Network([Active], Table(To("10.1.0.0/17")), Table(To("10.1.128.0/17")) with { Id = "rtb-2" })).ReasonCode);

    [Fact]
    public void The_peer_is_the_side_that_is_not_the_tables()
    {
        var reverse = Active with { Requester = Peer, Accepter = Own };
        Assert.Equal("WideRoutesToReview", RuleTester.Control("4.4", Network([reverse], Table(To("10.1.0.0/16")))).ReasonCode);
        Assert.Equal("RoutesToReview", RuleTester.Control("4.4", Network([reverse], Table(To("10.0.0.0/16")))).ReasonCode);
    }

    [Fact]
    public void A_prefix_list_is_expanded()
    {
        var evidence = Network([Active], Table(new Route("active", DestinationPrefixListId: "pl-1", VpcPeeringConnectionId: "pcx-1")))
            .Set(EvidenceKinds.RoutePrefixLists, "us-east-1/pl-1", ["10.1.0.0/17", "10.1.128.0/17"]);
        var finding = Assert.Single(RuleTester.Control("4.4", evidence).Findings);
        Assert.Equal("rtb-1: 10.1.0.0/17 of pl-1 (WholeByUnion)", finding.Facts[0].Value);
        evidence.Deny(EvidenceKinds.RoutePrefixLists, "us-east-1/pl-1");
        Assert.Equal("rtb-1: pl-1 (Unknown)", Assert.Single(RuleTester.Control("4.4", evidence).Findings[0].Facts, f => f.Name == "Route").Value);
        Assert.Equal((CisStatus.Unknown, "AccessDenied"), StatusOf(RuleTester.Control("4.4", evidence, ("EvaluateUnscored", true))));
    }

    [Theory]
    [InlineData("", "RoutesToReview", "How much 1 of 1 route opens is not known (ec2:GetManagedPrefixListEntries was denied in us-east-1); confirm that this access is required.")]
    [InlineData(
        "10.1.0.0/16", "WideRoutesToReview",
        "1 of 2 routes opens a whole CIDR block of the peer or more (10.1.0.0/16); 1 not known (ec2:GetManagedPrefixListEntries was denied in us-east-1); confirm that this access is required.")]
    public void A_prefix_list_that_could_not_be_read_is_not_said_to_open_nothing(string other, string code, string reason)
    {
        var listed = new Route("active", DestinationPrefixListId: "pl-1", VpcPeeringConnectionId: "pcx-1");
        var evidence = Network([Active], Table(other.Length == 0 ? [listed] : [listed, To(other)]))
            .Set(EvidenceKinds.RoutePrefixLists, "us-east-1/pl-1", EvidenceKinds.RoutePrefixLists.Failed(
                new ReadFailure("ec2:GetManagedPrefixListEntries", "us-east-1", "UnauthorizedOperation", ReadFailureKind.AccessDenied, "Not allowed.")));
        var finding = Assert.Single(RuleTester.Control("4.4", evidence).Findings);
        Assert.Equal((CisStatus.Manual, code, reason), (finding.Status, finding.ReasonCode, finding.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.1.0.0/16 nonsense")]
    public void A_peer_whose_blocks_are_not_known_leaves_routes_unknown(string blocks)
    {
        var hidden = Active with { Accepter = Peer with { CidrBlocks = blocks.Split(' ', System.StringSplitOptions.RemoveEmptyEntries), Ipv6CidrBlocks = [] } };
        var evidence = Network([hidden], Table(To("10.1.5.0/24")));
        Assert.Equal("rtb-1: 10.1.5.0/24 (Unknown)", RuleTester.Control("4.4", evidence).Findings[0].Facts[0].Value);
        Assert.Equal((CisStatus.Unknown, "PeerUnknown"), StatusOf(RuleTester.Control("4.4", evidence, ("EvaluateUnscored", true))));
    }

    [Fact]
    public void A_blackhole_is_stale_and_flags_nothing()
    {
        var evidence = Network([Active], Table(To("10.0.0.0/8") with { State = "blackhole" }));
        var finding = Assert.Single(RuleTester.Control("4.4", evidence).Findings);
        Assert.Equal(("RoutesToReview", "rtb-1: 10.0.0.0/8 (Stale)"), (finding.ReasonCode, finding.Facts[0].Value));
    }

    [Theory]
    [InlineData("deleted", "Stale")]
    [InlineData(null, "Stale")]
    [InlineData("pending-acceptance", "WholeVpc")]
    public void Routes_to_a_connection_that_is_not_active_do_not_apply(string? status, string breadth)
    {
        VpcPeeringConnection[] connections = status is null ? [] : [Active with { StatusCode = status }];
        var result = RuleTester.Control("4.4", Network(connections, Table(To("10.1.0.0/16"))));
        Assert.Equal((CisStatus.NotApplicable, "NotActive"), StatusOf(result));
        Assert.Contains($"({breadth})", result.Findings[0].Facts[0].Value);
    }

    [Fact]
    public void No_peering_is_not_applicable()
    {
        Assert.Equal((CisStatus.NotApplicable, "NothingToAssess"), StatusOf(RuleTester.Control("4.4", Network([], Table(new Route("active", "0.0.0.0/0", GatewayId: "igw-1"))))));
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("4.4", Network([Active with { StatusCode = "rejected" }])).Status);
    }

    [Fact]
    public void A_connection_without_routes_is_shown_all_the_same() =>
        Assert.Equal((CisStatus.Manual, "RoutesToReview"), StatusOf(RuleTester.Control("4.4", Network([Active], Table()))));

    [Fact]
    public void Another_accounts_route_table_is_not_judged() =>
        Assert.Equal("RoutesToReview", RuleTester.Control("4.4", Network([Active], Table(To("0.0.0.0/0")) with { OwnerId = "444455556666" })).ReasonCode);

    [Fact]
    public void The_finding_is_about_the_connection()
    {
        var finding = Assert.Single(RuleTester.Control("4.4", Network([Active with { Requester = Peer, Accepter = Own }], Table(To("10.0.0.0/8")))).Findings);
        Assert.Equal(
            ("AWS::EC2::VPCPeeringConnection", "pcx-1", "arn:aws:ec2:us-east-1:111122223333:vpc-peering-connection/pcx-1"),
            (finding.ResourceType, finding.ResourceId, finding.ResourceArn));
        Assert.Equal("1 of 1 route opens a whole CIDR block of the peer or more (10.0.0.0/8); confirm that this access is required.", finding.Reason);
        Assert.Contains("rtb-1: 10.0.0.0/8 (Wider)", finding.Facts.ToString());
        Assert.Contains("not visible here", finding.Facts.ToString());
    }

    [Fact]
    public void A_region_that_cannot_be_read_is_unknown()
    {
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("4.4", Network([Active], Table()).Deny(EvidenceKinds.VpcPeeringConnections, "eu-west-1")).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("4.4", Network([Active]).Deny(EvidenceKinds.RouteTables, "us-east-1")).Status);
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("4.4", Network([]).Deny(EvidenceKinds.RouteTables, "us-east-1")).Status);
    }

    private static Route To(string destination) => destination.Contains(':')
        ? new Route("active", DestinationIpv6CidrBlock: destination, VpcPeeringConnectionId: "pcx-1")
        : new Route("active", destination, VpcPeeringConnectionId: "pcx-1");

    private static RouteTable Table(params Route[] routes) => new("rtb-1", "vpc-a", RuleTester.AccountId, routes);

    private static AccountEvidence Network(VpcPeeringConnection[] connections, params RouteTable[] tables) => RuleTester.NewEvidence()
        .Set(EvidenceKinds.VpcPeeringConnections, "us-east-1", connections).Set(EvidenceKinds.VpcPeeringConnections, "eu-west-1", [])
        .Set(EvidenceKinds.RouteTables, "us-east-1", tables).Set(EvidenceKinds.RouteTables, "eu-west-1", []);

    private static (CisStatus Status, string Code) StatusOf(CisResult result) => (result.Status, result.ReasonCode);
}
