using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules;

/// <summary>Rules with one finding for each region: Access Analyzer, Security Hub, EBS encryption by default.</summary>
public sealed class EachRegionTests
{
    private const string AccessAnalyzer = "iam-access-analyzer-all-regions";
    private const string SecurityHub = "securityhub-all-regions";
    private const string Ebs = "storage-ebs-encryption-by-default";

    [Theory]
    [InlineData("ACCOUNT", "ACTIVE", CisStatus.Pass, "ActiveAnalyzer")]
    [InlineData("ORGANIZATION", "ACTIVE", CisStatus.Pass, "ActiveAnalyzer")]
    [InlineData("ACCOUNT", "DISABLED", CisStatus.Fail, "InactiveAnalyzer")]
    [InlineData("ACCOUNT", "CREATING", CisStatus.Fail, "InactiveAnalyzer")]
    [InlineData("ACCOUNT_UNUSED_ACCESS", "ACTIVE", CisStatus.Fail, "NoAnalyzer")]
    [InlineData("ORGANIZATION_INTERNAL_ACCESS", "ACTIVE", CisStatus.Fail, "NoAnalyzer")]
    public void A_region_needs_an_active_analyzer_for_external_access(string type, string status, CisStatus expected, string code)
    {
        var finding = RuleTester.Rule(AccessAnalyzer, Analyzers([new("a", "arn:a", type, status)])).Findings.Single(f => f.Region == "us-east-1");
        Assert.Equal((expected, code), (finding.Status, finding.ReasonCode));
    }

    [Fact]
    public void One_analyzer_of_several_is_enough() => Assert.Equal(
        CisStatus.Pass, RuleTester.Rule(AccessAnalyzer, Analyzers([new("a", "arn:a", "ACCOUNT", "FAILED"), new("b", "arn:b", "ACCOUNT", "ACTIVE")])).Status);

    [Fact]
    public void A_region_without_is_named()
    {
        var evidence = Analyzers([]);
        Assert.Equal("1 of 2 regions has no active analyzer for external access: us-east-1.", RuleTester.Rule(AccessAnalyzer, evidence).Reason);
        var hub = RuleTester.NewEvidence().Set(EvidenceKinds.SecurityHub, "us-east-1", null).Set(EvidenceKinds.SecurityHub, "eu-west-1", new SecurityHub("arn:hub"));
        Assert.Equal("1 of 2 regions does not have Security Hub enabled: us-east-1.", RuleTester.Rule(SecurityHub, hub).Reason);
        Assert.Equal("1 of 2 regions does not encrypt new EBS volumes by default: us-east-1.", RuleTester.Rule(Ebs, Volumes(false, true)).Reason);
    }

    [Theory]
    [InlineData(true, true, CisStatus.Pass)]
    [InlineData(true, false, CisStatus.Fail)]
    [InlineData(false, false, CisStatus.Fail)]
    public void Every_region_has_to_encrypt_volumes(bool usEast1, bool euWest1, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Ebs, Volumes(usEast1, euWest1)).Status);

    [Theory]
    [InlineData(AccessAnalyzer)]
    [InlineData(SecurityHub)]
    [InlineData(Ebs)]
    public void A_region_that_cannot_be_read_is_unknown_unless_the_program_accepts_its_denial(string rule)
    {
        EvidenceKind kind = rule switch { AccessAnalyzer => EvidenceKinds.Analyzers, SecurityHub => EvidenceKinds.SecurityHub, _ => EvidenceKinds.EbsEncryptionByDefault };
        AccountEvidence Good() => Analyzers([new("a", "arn:a", "ACCOUNT", "ACTIVE")])
            .Set(EvidenceKinds.SecurityHub, "us-east-1", new SecurityHub("arn:hub")).Set(EvidenceKinds.SecurityHub, "eu-west-1", new SecurityHub("arn:hub"))
            .Set(EvidenceKinds.EbsEncryptionByDefault, "us-east-1", true).Set(EvidenceKinds.EbsEncryptionByDefault, "eu-west-1", true);
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(rule, Good()).Status);
        Assert.Equal((CisStatus.Unknown, true), Of(RuleTester.Rule(rule, Good().Deny(kind, "eu-west-1"))));
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(rule, Good().Deny(kind, "eu-west-1", ReadFailureKind.ScpDenied)).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(rule, Good().Deny(kind, "eu-west-1", ReadFailureKind.ScpDenied), ("DeniedRegions", "NotApplicable")).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(rule, Good().Deny(kind, "eu-west-1", ReadFailureKind.NotSupported)).Status);
    }

    private static (CisStatus Status, bool Incomplete) Of(CisResult result) => (result.Status, result.Incomplete);

    private static AccountEvidence Analyzers(Analyzer[] inUsEast1) => RuleTester.NewEvidence()
        .Set(EvidenceKinds.Analyzers, "us-east-1", inUsEast1)
        .Set(EvidenceKinds.Analyzers, "eu-west-1", [new("b", "arn:b", "ACCOUNT", "ACTIVE")]);

    private static AccountEvidence Volumes(bool usEast1, bool euWest1) => RuleTester.NewEvidence()
        .Set(EvidenceKinds.EbsEncryptionByDefault, "us-east-1", usEast1).Set(EvidenceKinds.EbsEncryptionByDefault, "eu-west-1", euWest1);
}
