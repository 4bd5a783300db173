using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Core.Tests.Rules;
using CisAws.Evidence;
using CisAws.Results;

namespace CisAws.Core.Tests.Results;

/// <summary>What a finding says of its resource's tags.</summary>
public sealed class CisTagTests
{
    private static readonly Dictionary<string, string> Tags = new() { ["Owner"] = "ops", ["Name"] = "web", ["name"] = "" };

    public static TheoryData<string, string> Resources => new()
    {
        { "1.16", "AWS::IAM::User" },
        { "1.19", "AWS::EC2::Instance" },
        { "2.9", "AWS::EC2::VPC" },
        { "4.1", "AWS::EC2::SecurityGroup" },
        { "4.2", "AWS::EC2::SecurityGroup" },
        { "4.3", "AWS::EC2::SecurityGroup" },
        { "4.3", "AWS::EC2::VPC" },
        { "4.4", "AWS::EC2::VPCPeeringConnection" },
    };

    [Theory]
    [MemberData(nameof(Resources))]
    public void A_finding_shows_the_tags_of_its_resource_in_the_order_of_their_keys(string controlId, string type) =>
        Assert.Equal("Name=web; Owner=ops; name=", Finding(controlId, type, Tags).Tags!.ToString());

    [Theory]
    [MemberData(nameof(Resources))]
    public void No_tags_are_none_and_tags_that_are_not_known_are_null(string controlId, string type)
    {
        Assert.Empty(Finding(controlId, type, new Dictionary<string, string>()).Tags!);
        Assert.Null(Finding(controlId, type, null).Tags);
    }

    [Fact]
    public void The_account_has_no_tags_that_are_known() =>
        Assert.All(RuleTester.Control("1.5", RuleTester.NewEvidence().Set(EvidenceKinds.PasswordPolicy, "", null)).Findings, f => Assert.Null(f.Tags));

    [Fact]
    public void A_peering_connection_that_is_gone_has_none_that_are_known()
    {
        var stale = new Route("blackhole", "10.1.0.0/16", VpcPeeringConnectionId: "pcx-1");
        var evidence = Network(Tags)
            .Set(EvidenceKinds.VpcPeeringConnections, "us-east-1", [])
            .Set(EvidenceKinds.RouteTables, "us-east-1", [new RouteTable("rtb-1", "vpc-1", RuleTester.AccountId, [stale])]);
        Assert.Null(Assert.Single(RuleTester.Control("4.4", evidence).Findings).Tags);
    }

    private static CisFinding Finding(string controlId, string type, IReadOnlyDictionary<string, string>? tags) =>
        Assert.Single(RuleTester.Control(controlId, Network(tags)).Findings, f => f.ResourceType == type);

    /// <summary>One resource of every kind that has tags, and a VPC that does not show its default group.</summary>
    private static AccountEvidence Network(IReadOnlyDictionary<string, string>? tags)
    {
        var (own, peer) = (new PeeringVpc("vpc-1", RuleTester.AccountId, null, [], []), new PeeringVpc("vpc-9", "444455556666", null, [], []));
        var user = new IamUser("alice", "arn:aws:iam::111122223333:user/alice", DateTimeOffset.UnixEpoch, [], [], [], Tags: tags);
        var evidence = RuleTester.NewEvidence()
            .Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails([user], [], [], []))
            .Set(EvidenceKinds.InstanceProfiles, "", []);
        foreach (var region in new[] { "us-east-1", "eu-west-1" })
        {
            var here = region == "us-east-1";
            evidence
                .Set(EvidenceKinds.Instances, region, here ? [new Instance("i-1", "running", Tags: tags)] : [])
                .Set(EvidenceKinds.Vpcs, region, here ? [new Vpc("vpc-1", RuleTester.AccountId, false, "available", [], [], tags)] : [])
                .Set(EvidenceKinds.SecurityGroups, region, here ? [new SecurityGroup("sg-1", "default", RuleTester.AccountId, "vpc-2", [], [], Tags: tags)] : [])
                .Set(EvidenceKinds.VpcPeeringConnections, region, here ? [new VpcPeeringConnection("pcx-1", "active", own, peer, tags)] : [])
                .Set(EvidenceKinds.RouteTables, region, [])
                .Set(EvidenceKinds.NetworkInterfaces, region, [])
                .Set(EvidenceKinds.FlowLogs, region, []);
        }

        return evidence;
    }
}
