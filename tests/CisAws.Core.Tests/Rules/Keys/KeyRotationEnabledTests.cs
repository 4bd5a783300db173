using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Keys;

public sealed class KeyRotationEnabledTests
{
    private const string Arn = $"arn:aws:kms:us-east-1:{RuleTester.AccountId}:key/k1";

    private static readonly KmsKey Symmetric = new("k1", Arn, "CUSTOMER", "SYMMETRIC_DEFAULT", "AWS_KMS", "Enabled", Description: "orders");

    [Theory]
    [InlineData(true, CisStatus.Pass)]
    [InlineData(false, CisStatus.Fail)]
    public void A_symmetric_key_must_be_rotated(bool enabled, CisStatus expected)
    {
        var finding = Assert.Single(RuleTester.Control("2.8", Key(Symmetric, enabled)).Findings);
        Assert.Equal(expected, finding.Status);
        Assert.Equal(("AWS::KMS::Key", "k1", Arn, "us-east-1"), (finding.ResourceType, finding.ResourceId, finding.ResourceArn, finding.Region));
        Assert.Contains("orders", finding.Reason);
    }

    public static TheoryData<string, KmsKey> OutOfScope => new()
    {
        { "AwsManaged", Symmetric with { KeyManager = "AWS" } },
        { "NotSymmetric", Symmetric with { KeySpec = "RSA_2048" } },
        { "NotSymmetric", Symmetric with { KeySpec = "HMAC_256" } },
        { "ForeignMaterial", Symmetric with { Origin = "EXTERNAL" } },
        { "ForeignMaterial", Symmetric with { Origin = "AWS_CLOUDHSM" } },
        { "ForeignMaterial", Symmetric with { Origin = "EXTERNAL_KEY_STORE" } },
        { "KeyState", Symmetric with { KeyState = "PendingDeletion" } },
        { "KeyState", Symmetric with { KeyState = "PendingReplicaDeletion" } },
        { "KeyState", Symmetric with { KeyState = "Creating" } },
        { "Disabled", Symmetric with { KeyState = "Disabled" } },
    };

    [Theory]
    [MemberData(nameof(OutOfScope))]
    public void A_key_that_kms_does_not_rotate_is_out_of_scope(string code, KmsKey key)
    {
        var result = RuleTester.Control("2.8", Key(key, enabled: false));
        Assert.Equal((CisStatus.NotApplicable, code), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void The_setting_brings_disabled_keys_in() => Assert.Equal(
        CisStatus.Fail, RuleTester.Control("2.8", Key(Symmetric with { KeyState = "Disabled" }, enabled: false), ("IncludeDisabledKeys", true)).Status);

    [Fact]
    public void A_key_that_is_being_updated_is_in_scope() =>
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.8", Key(Symmetric with { KeyState = "Updating" }, enabled: false)).Status);

    [Fact]
    public void A_replica_points_to_its_primary()
    {
        const string Primary = "arn:aws:kms:eu-west-1:111122223333:key/k1";
        var replica = Symmetric with { MultiRegion = true, MultiRegionKeyType = "REPLICA", PrimaryKeyArn = Primary };
        var finding = Assert.Single(RuleTester.Control("2.8", Key(replica, enabled: false)).Findings);
        Assert.Equal((CisStatus.Fail, $"RemediationTarget={Primary}"), (finding.Status, finding.Facts.ToString()));
    }

    [Theory]
    [InlineData(90, 0)]
    [InlineData(365, 0)]
    [InlineData(366, 1)]
    [InlineData(null, 0)]
    public void A_period_longer_than_a_year_is_a_warning(int? days, int warnings)
    {
        var evidence = Key(Symmetric, enabled: true).Set(EvidenceKinds.KeyRotation, Arn, new KeyRotation(true, days));
        var finding = Assert.Single(RuleTester.Control("2.8", evidence).Findings);
        Assert.Equal((CisStatus.Pass, warnings), (finding.Status, finding.Warnings.Count));
    }

    [Fact]
    public void A_key_whose_rotation_cannot_be_read_is_unknown_and_the_others_are_judged()
    {
        const string Other = $"arn:aws:kms:us-east-1:{RuleTester.AccountId}:key/k2";
        var evidence = Key(Symmetric, enabled: true).Set(EvidenceKinds.KmsKeyArns, "us-east-1", [Arn, Other])
            .Set(EvidenceKinds.KmsKeys, Other, Symmetric with { Arn = Other }).Deny(EvidenceKinds.KeyRotation, Other, code: "AccessDeniedException");
        var result = RuleTester.Control("2.8", evidence);
        Assert.Equal([CisStatus.Unknown, CisStatus.Pass], result.Findings.Select(f => f.Status));
        Assert.Equal(CisStatus.Unknown, result.Status);
    }

    [Fact]
    public void A_key_that_cannot_be_described_is_unknown() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.8", Key(Symmetric, enabled: true).Deny(EvidenceKinds.KmsKeys, Arn)).Status);

    [Fact]
    public void A_key_that_kms_says_it_cannot_rotate_is_out_of_scope() => Assert.Equal(
        "RotationUnsupported",
        RuleTester.Control("2.8", Key(Symmetric, enabled: true).Deny(EvidenceKinds.KeyRotation, Arn, ReadFailureKind.ServiceError, "UnsupportedOperationException")).ReasonCode);

    [Fact]
    public void No_key_is_not_applicable() =>
        Assert.Equal("NothingToAssess", RuleTester.Control("2.8", Key(Symmetric, true).Set(EvidenceKinds.KmsKeyArns, "us-east-1", [])).ReasonCode);

    [Theory]
    [InlineData(true, CisStatus.Unknown)]
    [InlineData(false, CisStatus.Fail)]
    public void A_region_that_cannot_be_read_spoils_a_pass_and_excuses_no_fail(bool enabled, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control("2.8", Key(Symmetric, enabled).Deny(EvidenceKinds.KmsKeyArns, "eu-west-1")).Status);

    private static AccountEvidence Key(KmsKey key, bool enabled) => RuleTester.NewEvidence()
        .Set(EvidenceKinds.KmsKeyArns, "us-east-1", [Arn]).Set(EvidenceKinds.KmsKeyArns, "eu-west-1", [])
        .Set(EvidenceKinds.KmsKeys, Arn, key)
        .Set(EvidenceKinds.KeyRotation, Arn, new KeyRotation(enabled));
}
