using System.Globalization;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Network;

public sealed class NetworkAclAdministrationPortsTests
{
    private const string Id = "network-acl-administration-ports";

    [Theory]
    [InlineData("100 allow -1 0.0.0.0/0", CisStatus.Fail)]
    [InlineData("100 allow 6 0.0.0.0/0 22-22", CisStatus.Fail)]
    [InlineData("100 allow 6 0.0.0.0/0 0-65535", CisStatus.Fail)]
    [InlineData("100 allow 17 0.0.0.0/0 3389-3389", CisStatus.Fail)]
    [InlineData("100 allow -1 ::/0", CisStatus.Fail)]
    [InlineData("100 allow 6 0.0.0.0/0 443-443", CisStatus.Pass)]
    [InlineData("100 allow 6 0.0.0.0/0 1024-3388", CisStatus.Pass)]
    [InlineData("100 allow 1 0.0.0.0/0", CisStatus.Pass)]
    [InlineData("100 allow 6 10.0.0.0/8 22-22", CisStatus.Pass)]
    [InlineData("100 deny -1 0.0.0.0/0", CisStatus.Pass)]
    [InlineData("", CisStatus.Pass)]
    // The first entry that matches decides, by its number and not by its place in the answer.
    [InlineData("90 deny -1 0.0.0.0/0; 100 allow -1 0.0.0.0/0", CisStatus.Pass)]
    [InlineData("100 allow -1 0.0.0.0/0; 90 deny -1 0.0.0.0/0", CisStatus.Pass)]
    [InlineData("110 deny -1 0.0.0.0/0; 100 allow -1 0.0.0.0/0", CisStatus.Fail)]
    [InlineData("90 deny 6 0.0.0.0/0 22-22; 100 allow 6 0.0.0.0/0 0-65535", CisStatus.Fail)]
    [InlineData("90 deny 6 0.0.0.0/0 22-22; 91 deny 6 0.0.0.0/0 3389-3389; 100 allow 6 0.0.0.0/0 0-65535", CisStatus.Pass)]
    [InlineData("90 deny 6 0.0.0.0/0 22-22; 91 deny 6 0.0.0.0/0 3389-3389; 100 allow -1 0.0.0.0/0", CisStatus.Fail)]
    // A denial of some addresses, or for the other family, does not protect the port.
    [InlineData("90 deny -1 203.0.113.0/24; 100 allow -1 0.0.0.0/0", CisStatus.Fail)]
    [InlineData("90 deny -1 ::/0; 100 allow -1 0.0.0.0/0", CisStatus.Fail)]
    [InlineData("100 allow -1 0.0.0.0/1; 110 allow -1 128.0.0.0/1", CisStatus.Fail)]
    [InlineData("90 deny -1 0.0.0.0/1; 91 deny -1 128.0.0.0/1; 100 allow -1 0.0.0.0/0", CisStatus.Pass)]
    public void Entries_apply_in_the_order_of_their_numbers(string entries, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Id, With(Acl(entries)), ("IncludeIpv6", true)).Status);

    [Fact]
    public void Outbound_entries_do_not_count()
    {
        var acl = Acl("100 allow -1 0.0.0.0/0");
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(Id, With(acl with { Entries = [.. acl.Entries.Select(e => e with { IsEgress = true })] })).Status);
    }

    [Theory]
    [InlineData("100 allow -1 ::/0", "IncludeIpv6")]
    [InlineData("100 allow 17 0.0.0.0/0 22-22", "IncludeUdp")]
    public void Settings_leave_a_family_or_a_protocol_out(string entries, string setting) =>
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(Id, With(Acl(entries)), (setting, false)).Status);

    [Fact]
    public void The_entry_and_the_ports_are_named()
    {
        var finding = RuleTester.Rule(Id, With(Acl("100 allow 6 0.0.0.0/0 20-4000"))).Findings.Single();
        Assert.Equal("The network ACL lets every address reach ports 22, 3389: rule 100, tcp 20-4000 from 0.0.0.0/0.", finding.Reason);
        Assert.Equal(("AWS::EC2::NetworkAcl", "arn:aws:ec2:us-east-1:111122223333:network-acl/acl-1"), (finding.ResourceType, finding.ResourceArn));
    }

    [Fact]
    public void What_is_not_clear_is_unknown_and_what_is_shared_does_not_apply()
    {
        Assert.Equal("Malformed", RuleTester.Rule(Id, With(Acl("100 allow -1 10.0.0.x/8"))).Findings.Single().ReasonCode);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(Id, With().Deny(EvidenceKinds.NetworkAcls, "eu-west-1", code: "UnauthorizedOperation")).Status);
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Rule(Id, With(Acl("100 allow -1 0.0.0.0/0") with { OwnerId = "444455556666" })).Status);
    }

    /// <summary>An ACL of entries such as <c>100 allow 6 0.0.0.0/0 22-22</c>.</summary>
    private static NetworkAcl Acl(string entries) => new(
        "acl-1", "vpc-1", RuleTester.AccountId, IsDefault: false,
        [.. entries.Split("; ", System.StringSplitOptions.RemoveEmptyEntries).Select(Entry), new NetworkAclEntry(32767, "-1", "deny", false, "0.0.0.0/0")]);

    private static NetworkAclEntry Entry(string text)
    {
        var parts = text.Split(' ');
        var ports = parts.Length > 4 ? parts[4].Split('-') : null;
        var isIpv6 = parts[3].Contains(':');
        return new NetworkAclEntry(
            Number(parts[0]), parts[2], parts[1], false, isIpv6 ? null : parts[3], isIpv6 ? parts[3] : null,
            ports is null ? null : Number(ports[0]), ports is null ? null : Number(ports[1]));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static AccountEvidence With(params NetworkAcl[] acls) =>
        RuleTester.NewEvidence().Set(EvidenceKinds.NetworkAcls, "us-east-1", acls).Set(EvidenceKinds.NetworkAcls, "eu-west-1", []);
}
