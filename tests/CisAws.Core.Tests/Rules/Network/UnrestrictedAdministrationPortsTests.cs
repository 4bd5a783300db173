using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Text;
using static CisAws.Core.Tests.Rules.Network.NetworkEvidence;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class UnrestrictedAdministrationPortsTests
{
    private const string Ipv4 = "network-unrestricted-administration-ports-ipv4";
    private const string Ipv6 = "network-unrestricted-administration-ports-ipv6";
    private const string Cifs = "network-unrestricted-cifs";

    [Theory]
    [InlineData(Ipv4, "tcp", 22, 22, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData(Ipv4, "tcp", 3389, 3389, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData(Ipv4, "-1", null, null, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData(Ipv4, "tcp", 22, 22, "::/0", CisStatus.Pass)]
    [InlineData(Ipv4, "tcp", 23, 3388, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData(Ipv4, "icmp", 3, -1, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData(Ipv4, "tcp", 22, 22, "10.0.0.0/8", CisStatus.Pass)]
    [InlineData(Ipv4, "tcp", 22, 22, "sg-x", CisStatus.Pass)]
    [InlineData(Ipv6, "tcp", 22, 22, "::/0", CisStatus.Fail)]
    [InlineData(Ipv6, "tcp", 0, 65535, "::/0", CisStatus.Fail)]
    [InlineData(Ipv6, "tcp", 22, 22, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData(Ipv6, "tcp", 22, 22, "2001:db8::/32", CisStatus.Pass)]
    [InlineData(Cifs, "tcp", 445, 445, "0.0.0.0/0", CisStatus.Fail)]
    [InlineData(Cifs, "tcp", 445, 445, "::/0", CisStatus.Fail)]
    [InlineData(Cifs, "udp", 445, 445, "0.0.0.0/0", CisStatus.Pass)]
    [InlineData(Cifs, "tcp", 139, 139, "0.0.0.0/0", CisStatus.Pass)]
    public void A_group_fails_by_what_it_opens_to_everyone(string rule, string protocol, int? from, int? to, string source, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(rule, Group(Rule(protocol, from, to, source))).Status);

    [Theory]
    [InlineData(true, CisStatus.Fail)]
    [InlineData(false, CisStatus.Pass)]
    public void The_setting_decides_whether_UDP_counts(bool include, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Ipv4, Group(Rule("udp", 3389, 3389, "0.0.0.0/0")), ("IncludeUdp", include)).Status);

    [Theory]
    [InlineData(5985, CisStatus.Fail)]
    [InlineData(22, CisStatus.Pass)]
    public void The_ports_are_a_setting(int port, CisStatus expected) => Assert.Equal(
        expected, RuleTester.Rule(Ipv4, Group(Rule("tcp", port, port, "0.0.0.0/0")), ("AdministrationPorts", new PrintableList<string>(["5985", "5986"]))).Status);

    [Fact]
    public void Without_a_port_nothing_passes()
    {
        var result = RuleTester.Rule(Ipv4, Group(), ("AdministrationPorts", PrintableList<string>.None));
        Assert.Equal((CisStatus.Unknown, "NoPorts"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void A_group_is_one_finding_that_names_its_open_ports()
    {
        var result = RuleTester.Rule(Ipv4, Group(Rule("tcp", 22, 22, "0.0.0.0/1", "128.0.0.0/1"), Rule("tcp", 3389, 3389, "0.0.0.0/0")));
        var finding = Assert.Single(result.Findings);
        Assert.StartsWith("Group web opens ports 22, 3389 to 0.0.0.0/0 by ranges that together cover all addresses:", finding.Reason);
        Assert.Equal("UnrestrictedBySplitCidr", finding.ReasonCode);
        Assert.Contains("Ports=22, 3389", finding.Facts.Select(f => f.ToString()));
    }

    [Fact]
    public void What_cannot_be_read_is_unknown_unless_another_rule_decides()
    {
        var prefixList = EvidenceKinds.PrefixListSubject("us-east-1", "pl-1");
        var hidden = Group(Rule("tcp", 22, 22, "pl-1")).Deny(EvidenceKinds.SecurityGroupPrefixLists, prefixList);
        Assert.Equal((CisStatus.Unknown, true), (RuleTester.Rule(Ipv4, hidden).Status, RuleTester.Rule(Ipv4, hidden).Incomplete));
        var open = Group(Rule("tcp", 22, 22, "pl-1", "0.0.0.0/0")).Deny(EvidenceKinds.SecurityGroupPrefixLists, prefixList);
        Assert.Equal(CisStatus.Fail, RuleTester.Rule(Ipv4, open).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(Ipv4, Group().Deny(EvidenceKinds.SecurityGroups, "eu-west-1", code: "UnauthorizedOperation")).Status);
        Assert.Equal("Malformed", RuleTester.Rule(Ipv4, Group(Rule("tcp", 22, 22, "10.0.0.x/8"))).Findings.Single().ReasonCode);
    }

    [Fact]
    public void Groups_of_others_and_unused_ones_may_be_left_out()
    {
        var shared = NewGroup("sg-2", Rule("tcp", 22, 22, "0.0.0.0/0")) with { OwnerId = OtherAccountId };
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Rule(Ipv4, Groups(shared)).Status);
        var unused = Group(Rule("tcp", 22, 22, "0.0.0.0/0"))
            .Set(EvidenceKinds.NetworkInterfaces, "us-east-1", []).Set(EvidenceKinds.NetworkInterfaces, "eu-west-1", []);
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Rule(Ipv4, unused, ("IgnoreUnattached", true)).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(Ipv4, unused.Deny(EvidenceKinds.NetworkInterfaces, "us-east-1"), ("IgnoreUnattached", true)).Status);
    }
}
