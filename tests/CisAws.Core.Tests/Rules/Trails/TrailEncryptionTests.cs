using CisAws.Evidence;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;

namespace CisAws.Core.Tests.Rules.Trails;

public sealed class TrailEncryptionTests
{
    private const string OwnKey = $"arn:aws:kms:us-east-1:{RuleTester.AccountId}:key/k1";
    private const string OtherKey = $"arn:aws:kms:us-east-1:{OtherAccountId}:key/k1";

    [Theory]
    [InlineData(OwnKey, "CUSTOMER", "Enabled", CisStatus.Pass, 0)]
    [InlineData(OwnKey, "CUSTOMER", "Updating", CisStatus.Pass, 0)]
    [InlineData(OwnKey, "CUSTOMER", "Unavailable", CisStatus.Pass, 1)]
    [InlineData(OwnKey, "CUSTOMER", "PendingDeletion", CisStatus.Fail, 0)]
    [InlineData(OwnKey, "CUSTOMER", "Disabled", CisStatus.Fail, 0)]
    [InlineData(OwnKey, "AWS", "Enabled", CisStatus.Fail, 0)]
    [InlineData(OtherKey, "CUSTOMER", "Enabled", CisStatus.Pass, 0)]
    [InlineData(OtherKey, "CUSTOMER", "Disabled", CisStatus.Pass, 1)]
    public void The_key_must_be_one_that_works(string key, string manager, string state, CisStatus expected, int warnings)
    {
        var evidence = With(Trail() with { KmsKeyId = key }).Set(EvidenceKinds.TrailKey, key, new KmsKey("k1", key, manager, "SYMMETRIC_DEFAULT", "AWS_KMS", state));
        var finding = Assert.Single(RuleTester.Control("2.7", evidence).Findings);
        Assert.Equal((expected, warnings), (finding.Status, finding.Warnings.Count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_trail_without_a_key_fails(string? key) => Assert.Equal(CisStatus.Fail, RuleTester.Control("2.7", With(Trail() with { KmsKeyId = key })).Status);

    [Fact]
    public void A_stopped_trail_without_a_key_fails() =>
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.7", NoTrails().WithTrail(Trail(), new TrailStatus(IsLogging: false))).Status);

    [Fact]
    public void A_key_that_cannot_be_looked_at_passes_with_a_warning()
    {
        var result = RuleTester.Control("2.7", With(Trail() with { KmsKeyId = OwnKey }).Deny(EvidenceKinds.TrailKey, OwnKey));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.False(result.Incomplete);
        Assert.Contains("kms:DescribeKey was denied", Assert.Single(result.Findings[0].Warnings));
    }

    [Fact]
    public void A_foreign_trail_without_a_key_names_its_owner() =>
        Assert.Contains(OtherAccountId, RuleTester.Control("2.7", With(Trail("org", OtherAccountId))).Findings[0].Reason);

    [Fact]
    public void No_trail_is_not_applicable() => Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("2.7", NoTrails()).Status);

    [Fact]
    public void A_region_that_cannot_be_read_may_hide_a_trail()
    {
        var evidence = With(Trail() with { KmsKeyId = OwnKey }).Deny(EvidenceKinds.TrailKey, OwnKey).Deny(EvidenceKinds.Trails, "eu-west-1");
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.7", evidence).Status);
    }
}
