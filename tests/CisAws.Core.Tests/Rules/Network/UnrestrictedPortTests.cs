using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Network.NetworkEvidence;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class UnrestrictedPortTests
{
    [Theory]
    [InlineData("tcp", 22, 22, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("TCP", 22, 22, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("6", 22, 22, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("tcp", 0, 1024, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("tcp", 0, 22, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("tcp", -1, -1, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("tcp", null, null, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("-1", null, null, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("-1", -1, -1, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("tcp", 22, 22, "::/0", CisStatus.Fail)]
    [InlineData("tcp", 22, 22, "0::0/0", CisStatus.Fail)]
    [InlineData("tcp", 23, 3388, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("tcp", 0, 21, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("udp", 22, 22, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("17", 22, 22, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("icmp", 3, -1, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("icmp", 3, 22, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("1", -1, -1, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("icmpv6", -1, -1, "::/0", CisStatus.Pass)]
    [InlineData("58", 3, 22, "::/0", CisStatus.Pass)]
    [InlineData("47", null, null, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("50", -1, -1, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData("tcp", 22, 22, "10.0.0.0/8", CisStatus.Pass)]
    [InlineData("tcp", 22, 22, "0.0.0.0/1", CisStatus.Pass)]
    [InlineData("tcp", 22, 22, "8.8.8.8/24", CisStatus.Pass)]
    [InlineData("tcp", 22, 22, "sg-x", CisStatus.Pass)]
    public void Ssh(string protocol, int? from, int? to, string source, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control("4.1", Group(Rule(protocol, from, to, source))).Status);

    [Theory]
    [InlineData("tcp", 3389, 3389, CisStatus.Fail)]
    [InlineData("tcp", 3000, 4000, CisStatus.Fail)]
    [InlineData("udp", 3389, 3389, CisStatus.Fail)]
    [InlineData("17", 3389, 3389, CisStatus.Fail)]
    [InlineData("-1", null, null, CisStatus.Fail)]
    [InlineData("tcp", 3390, 3390, CisStatus.Pass)]
    [InlineData("tcp", 22, 22, CisStatus.Pass)]
    public void Rdp(string protocol, int? from, int? to, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control("4.2", Group(Rule(protocol, from, to, "0.0.0.0/0"))).Status);

    [Theory]
    [InlineData("4.1", true, CisStatus.Fail)]
    [InlineData("4.1", false, CisStatus.Pass)]
    [InlineData("4.2", false, CisStatus.Pass)]
    public void The_setting_decides_whether_udp_counts(string control, bool includeUdp, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control(control, Group(Rule("udp", 0, 65535, "0.0.0.0/0")), ("IncludeUdp", includeUdp)).Status);

    [Theory]
    [InlineData("::/0")]
    [InlineData("pl-1")]
    public void The_setting_decides_whether_ipv6_counts(string source)
    {
        var evidence = Group(Rule("tcp", 22, 22, source)).WithPrefixList("pl-1", "::/1", "8000::/1");
        Assert.Contains("IPv6", RuleTester.Control("4.1", evidence).Findings[0].Reason);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("4.1", evidence, ("IncludeIpv6", false)).Status);
    }

    [Fact]
    public void Ranges_in_several_rules_are_taken_together()
    {
        var result = RuleTester.Control("4.1", Group(Rule("tcp", 22, 22, "0.0.0.0/1"), Rule("-1", null, null, "128.0.0.0/1")));
        Assert.Equal((CisStatus.Fail, "UnrestrictedBySplitCidr"), (result.Status, result.ReasonCode));
        Assert.Contains("tcp 22 from 0.0.0.0/1, all traffic from 128.0.0.0/1", result.Findings[0].Reason);
    }

    [Fact]
    public void A_range_for_another_port_does_not_complete_the_others() => Assert.Equal(
        CisStatus.Pass, RuleTester.Control("4.1", Group(Rule("tcp", 22, 22, "0.0.0.0/1"), Rule("tcp", 80, 80, "128.0.0.0/1"))).Status);

    [Theory]
    [InlineData("0.0.0.0/1", "128.0.0.0/1", CisStatus.Fail)]
    [InlineData("10.0.0.0/8", "0.0.0.0/0", CisStatus.Fail)]
    [InlineData("0.0.0.0/1", "128.0.0.0/2", CisStatus.Pass)]
    public void A_prefix_list_counts_by_its_entries(string first, string second, CisStatus expected)
    {
        var result = RuleTester.Control("4.1", Group(Rule("tcp", 22, 22, "pl-1")).WithPrefixList("pl-1", first, second));
        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == CisStatus.Fail, result.Findings[0].Reason.Contains("of pl-1"));
    }

    [Fact]
    public void A_prefix_list_that_cannot_be_read_is_unknown()
    {
        var result = RuleTester.Control("4.1", Group(Rule("tcp", 22, 22, "pl-1")).Deny(EvidenceKinds.SecurityGroupPrefixLists, "us-east-1/pl-1"));
        Assert.Equal((CisStatus.Unknown, "AccessDenied"), (result.Status, result.ReasonCode));
        Assert.Contains("ec2:GetManagedPrefixListEntries", result.Reason);
    }

    [Fact]
    public void A_prefix_list_that_cannot_be_read_excuses_no_open_rule() => Assert.Equal(
        CisStatus.Fail,
        RuleTester.Control("4.1", Group(Rule("tcp", 22, 22, "pl-1", "0.0.0.0/0")).Deny(EvidenceKinds.SecurityGroupPrefixLists, "us-east-1/pl-1")).Status);

    [Fact]
    public void A_prefix_list_of_another_port_need_not_be_readable() => Assert.Equal(
        CisStatus.Pass, RuleTester.Control("4.1", Group(Rule("tcp", 443, 443, "pl-1")).Deny(EvidenceKinds.SecurityGroupPrefixLists, "us-east-1/pl-1")).Status);

    [Fact]
    public void A_source_that_is_no_range_is_unknown() =>
        Assert.Equal((CisStatus.Unknown, "Malformed"), StatusOf(RuleTester.Control("4.1", Group(Rule("tcp", 22, 22, "10.0.0.x/8")))));

    [Fact]
    public void The_reason_names_rule_port_source_and_region()
    {
        var rule = Rule("tcp", 0, 1024) with { Ipv4Ranges = [new CidrRange("0.0.0.0/0", "until Friday")], Ipv6Ranges = [new CidrRange("::/0")] };
        var finding = Assert.Single(RuleTester.Control("4.1", Group(rule)).Findings);
        Assert.Equal(
            "Group web opens port 22 to 0.0.0.0/0 and ::/0 (IPv6): " +
            "tcp 0-1024 from 0.0.0.0/0 (until Friday), tcp 0-1024 from ::/0.",
            finding.Reason);
        Assert.Equal(("AWS::EC2::SecurityGroup", "sg-1", "us-east-1"), (finding.ResourceType, finding.ResourceId, finding.Region));
        Assert.Equal("arn:aws:ec2:us-east-1:111122223333:security-group/sg-1", finding.ResourceArn);
        Assert.Equal(["Rule", "Rule", "VpcId"], finding.Facts.Select(f => f.Name));
    }

    [Fact]
    public void One_group_with_many_open_rules_is_one_finding()
    {
        var result = RuleTester.Control("4.1", Groups(
            NewGroup("sg-1", Enumerable.Range(0, 5).Select(i => Rule("tcp", i, 22, "0.0.0.0/0")).ToArray()), NewGroup("sg-2")));
        Assert.Equal((1, 1), (result.FailCount, result.PassCount));
        Assert.Contains("and 3 more", result.Findings[0].Reason);
        Assert.Equal("1 of 2 security groups opens port 22 to the internet: web.", result.Reason);
    }

    [Fact]
    public void A_shared_group_is_its_owners() =>
        Assert.Equal((CisStatus.NotApplicable, "OtherOwner"), StatusOf(RuleTester.Control(
            "4.1", Groups(NewGroup("sg-1", Rule("tcp", 22, 22, "0.0.0.0/0")) with { OwnerId = OtherAccountId }))));

    [Fact]
    public void A_group_on_no_interface_counts_unless_the_program_says_otherwise()
    {
        var evidence = Group(Rule("tcp", 3389, 3389, "0.0.0.0/0"))
            .Set(EvidenceKinds.NetworkInterfaces, "us-east-1", [new NetworkInterface("eni-1", "vpc-1", ["sg-2"])])
            .Set(EvidenceKinds.NetworkInterfaces, "eu-west-1", []);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("4.2", evidence).Status);
        Assert.Equal((CisStatus.NotApplicable, "Unattached"), StatusOf(RuleTester.Control("4.2", evidence, ("IgnoreUnattached", true))));
        evidence.Set(EvidenceKinds.NetworkInterfaces, "us-east-1", [new NetworkInterface("eni-1", "vpc-1", ["sg-1"])]);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("4.2", evidence, ("IgnoreUnattached", true)).Status);
    }

    [Fact]
    public void An_open_group_whose_interfaces_cannot_be_read_is_unknown_when_that_matters()
    {
        var evidence = Group(Rule("tcp", 22, 22, "0.0.0.0/0")).Deny(EvidenceKinds.NetworkInterfaces, "us-east-1").Set(EvidenceKinds.NetworkInterfaces, "eu-west-1", []);
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("4.1", evidence, ("IgnoreUnattached", true)).Status);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("4.1", evidence).Status);
    }

    [Theory]
    [InlineData("10.0.0.0/8", CisStatus.Unknown)]
    [InlineData("0.0.0.0/0", CisStatus.Fail)]
    public void A_region_that_cannot_be_read_spoils_a_pass_and_excuses_no_fail(string source, CisStatus expected)
    {
        var result = RuleTester.Control("4.1", Group(Rule("tcp", 22, 22, source)).Deny(EvidenceKinds.SecurityGroups, "eu-west-1"));
        Assert.Equal(expected, result.Status);
        Assert.True(result.Incomplete);
        Assert.Contains(result.Findings, f => f.ResourceType == "AWS::Region" && f.Region == "eu-west-1" && f.Status == CisStatus.Unknown);
    }

    [Theory]
    [InlineData(ReadFailureKind.ScpDenied, "NotApplicable", CisStatus.Pass)]
    [InlineData(ReadFailureKind.ScpDenied, "Unknown", CisStatus.Unknown)]
    [InlineData(ReadFailureKind.AccessDenied, "NotApplicable", CisStatus.Unknown)]
    public void A_region_denied_by_policy_is_as_the_setting_says(ReadFailureKind why, string setting, CisStatus expected)
    {
        var evidence = Group(Rule("tcp", 22, 22, "10.0.0.0/8")).Deny(EvidenceKinds.SecurityGroups, "eu-west-1", why);
        Assert.Equal(expected, RuleTester.Control("4.1", evidence, ("DeniedRegions", setting)).Status);
    }

    [Fact]
    public void No_group_at_all_is_not_applicable() =>
        Assert.Equal((CisStatus.NotApplicable, "NothingToAssess"), StatusOf(RuleTester.Control("4.1", Groups())));

    [Fact]
    public void Regions_that_cannot_be_listed_are_unknown() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("4.1", Groups().Deny(EvidenceKinds.Regions)).Status);

    private static (CisStatus Status, string Code) StatusOf(CisResult result) => (result.Status, result.ReasonCode);
}
