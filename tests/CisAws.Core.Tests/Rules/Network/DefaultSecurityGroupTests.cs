using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Network.NetworkEvidence;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class DefaultSecurityGroupTests
{
    private static readonly IpPermission FromItself = Rule("-1", null, null, "sg-1");
    private static readonly IpPermission ToAll = Rule("-1", null, null, "0.0.0.0/0");
    private static readonly IpPermission ToAllIpv6 = Rule("-1", null, null, "::/0");

    public static TheoryData<string, IpPermission[], IpPermission[], CisStatus> Rules => new()
    {
        { "untouched", [FromItself], [ToAll], CisStatus.Fail },
        { "closed", [], [], CisStatus.Pass },
        { "outbound only", [], [ToAll], CisStatus.Fail },
        { "outbound IPv6 only", [], [ToAllIpv6], CisStatus.Fail },
        { "from itself only", [FromItself], [], CisStatus.Fail },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_default_group_must_have_no_rule(string what, IpPermission[] ingress, IpPermission[] egress, CisStatus expected)
    {
        var finding = Assert.Single(RuleTester.Control("4.3", Network(Default with { Ingress = ingress, Egress = egress })).Findings);
        Assert.Equal((what, expected), (what, finding.Status));
        Assert.Equal(("AWS::EC2::SecurityGroup", "sg-1"), (finding.ResourceType, finding.ResourceId));
        Assert.Contains("vpc-1", finding.Reason);
    }

    [Fact]
    public void The_reason_counts_the_rules() => Assert.Contains(
        "vpc-1 has 1 inbound rule and 0 outbound rules.", RuleTester.Control("4.3", Network(Default with { Ingress = [FromItself] })).Findings[0].Reason);

    [Fact]
    public void Other_groups_do_not_count() =>
        Assert.Single(RuleTester.Control("4.3", Network(Default, Default with { Id = "sg-2", Name = "web", Egress = [ToAll] })).Findings);

    [Fact]
    public void Interfaces_in_the_group_are_counted_and_do_not_decide()
    {
        var evidence = Network(Default).Set(
            EvidenceKinds.NetworkInterfaces, "us-east-1", Enumerable.Range(0, 3).Select(i => new NetworkInterface($"eni-{i}", "vpc-1", ["sg-1"])).ToList());
        var result = RuleTester.Control("4.3", evidence);
        Assert.Equal((CisStatus.Pass, "NetworkInterfaces=3"), (result.Status, result.Findings[0].Facts.ToString()));
        evidence.Deny(EvidenceKinds.NetworkInterfaces, "us-east-1");
        Assert.Equal((CisStatus.Pass, false), (RuleTester.Control("4.3", evidence).Status, RuleTester.Control("4.3", evidence).Incomplete));
    }

    [Fact]
    public void The_group_of_a_shared_vpc_is_its_owners()
    {
        Assert.Equal("OtherOwner", RuleTester.Control("4.3", Network(Default with { OwnerId = OtherAccountId, Ingress = [FromItself] })).ReasonCode);
        Assert.Equal("OtherOwner", RuleTester.Control("4.3", Network().Set(EvidenceKinds.Vpcs, "us-east-1", [Vpc with { OwnerId = OtherAccountId }])).ReasonCode);
    }

    [Fact]
    public void A_vpc_that_does_not_show_its_default_group_is_unknown()
    {
        var result = RuleTester.Control("4.3", Network());
        Assert.Equal((CisStatus.Unknown, "NoDefaultGroup"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void No_vpc_is_not_applicable() =>
        Assert.Equal((CisStatus.NotApplicable, "NothingToAssess"), StatusOf(RuleTester.Control("4.3", Network().Set(EvidenceKinds.Vpcs, "us-east-1", []))));

    [Theory]
    [InlineData(false, CisStatus.Unknown)]
    [InlineData(true, CisStatus.Fail)]
    public void A_region_that_cannot_be_read_spoils_a_pass_and_excuses_no_fail(bool hasRule, CisStatus expected)
    {
        var group = Default with { Ingress = hasRule ? [FromItself] : [] };
        Assert.Equal(expected, RuleTester.Control("4.3", Network(group).Deny(EvidenceKinds.SecurityGroups, "eu-west-1")).Status);
        Assert.Equal(expected, RuleTester.Control("4.3", Network(group).Deny(EvidenceKinds.Vpcs, "us-east-1")).Status);
    }

    private static SecurityGroup Default => NewGroup("sg-1") with { Name = "default" };

    private static Vpc Vpc => new("vpc-1", RuleTester.AccountId, true, "available", ["172.31.0.0/16"], []);

    private static AccountEvidence Network(params SecurityGroup[] groups) => Groups(groups)
        .Set(EvidenceKinds.Vpcs, "us-east-1", [Vpc]).Set(EvidenceKinds.Vpcs, "eu-west-1", [])
        .Set(EvidenceKinds.NetworkInterfaces, "us-east-1", []).Set(EvidenceKinds.NetworkInterfaces, "eu-west-1", []);

    private static (CisStatus Status, string Code) StatusOf(CisResult result) => (result.Status, result.ReasonCode);
}
