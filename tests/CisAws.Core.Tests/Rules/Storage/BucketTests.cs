using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Storage;

/// <summary>The rules about all buckets of the account.</summary>
public sealed class BucketTests
{
    private const string Encryption = "storage-bucket-encryption";
    private const string MfaDelete = "storage-bucket-mfa-delete";
    private const string PublicAccess = "storage-bucket-block-public-access";
    private const string Transport = "storage-bucket-secure-transport";

    private const string Deny =
        """{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}""";

    private static readonly PublicAccessBlock AllOn = new(true, true, true, true);

    public static TheoryData<string, CisStatus> Policies => new()
    {
        { Deny, CisStatus.Pass },
        { Deny.Replace("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":[\"*\"]}"), CisStatus.Pass },
        { Deny.Replace("s3:*", "S3:*").Replace("\"false\"", "false").Replace("aws:SecureTransport", "AWS:securetransport"), CisStatus.Pass },
        { Deny.Replace("\"Bool\"", "\"BoolIfExists\""), CisStatus.Pass },
        { Deny.Replace("""["arn:aws:s3:::b","arn:aws:s3:::b/*"]""", "\"*\""), CisStatus.Pass },
        { Deny.Replace("""["arn:aws:s3:::b","arn:aws:s3:::b/*"]""", "\"arn:aws:s3:::b*\""), CisStatus.Pass },
        { Deny.Replace("arn:aws:s3:::b\",", "arn:aws:s3:::b/*\",") + "," + Deny.Replace("arn:aws:s3:::b/*", "arn:aws:s3:::b"), CisStatus.Pass },
        // Only the objects, another bucket, some callers, some actions, another effect, a narrower or another condition.
        { Deny.Replace("\"arn:aws:s3:::b\",", ""), CisStatus.Fail },
        { Deny.Replace(",\"arn:aws:s3:::b/*\"", ""), CisStatus.Fail },
        { Deny.Replace("arn:aws:s3:::b", "arn:aws:s3:::c"), CisStatus.Fail },
        { Deny.Replace("arn:aws:s3:::b/*", "arn:aws:s3:::b/public/*"), CisStatus.Fail },
        { Deny.Replace("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":\"111122223333\"}"), CisStatus.Fail },
        { Deny.Replace("s3:*", "s3:GetObject"), CisStatus.Fail },
        { Deny.Replace("Deny", "Allow"), CisStatus.Fail },
        { Deny.Replace("\"false\"", "\"true\""), CisStatus.Fail },
        { Deny.Replace("\"Condition\":{", "\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-1\"},"), CisStatus.Fail },
        { Deny.Replace("\"Bool\":{\"aws:SecureTransport\":\"false\"}", "\"NumericLessThan\":{\"s3:TlsVersion\":1.2}"), CisStatus.Fail },
        { Deny.Replace("\"Deny\"", "\"\""), CisStatus.Unknown },
        { $"\"text\",{Deny}", CisStatus.Unknown },
        { """{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}""", CisStatus.Fail },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_has_to_deny_plain_HTTP_to_everyone_for_everything(string statements, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Transport, One().Set(EvidenceKinds.ListedBucketPolicy, "b", $"{{\"Statement\":[{statements}]}}")).Status);

    [Theory]
    [InlineData("{}", CisStatus.Unknown)]
    [InlineData("no JSON", CisStatus.Unknown)]
    [InlineData("""{"Statement":["text"]}""", CisStatus.Unknown)]
    [InlineData(null, CisStatus.Fail)]
    public void No_policy_fails_and_an_invalid_one_is_unknown(string? policy, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Transport, One().Set(EvidenceKinds.ListedBucketPolicy, "b", policy)).Status);

    [Theory]
    [InlineData("Enabled", "Enabled", CisStatus.Pass, "MfaDelete")]
    [InlineData("Enabled", "Disabled", CisStatus.Fail, "NoMfaDelete")]
    [InlineData("Enabled", null, CisStatus.Fail, "NoMfaDelete")]
    [InlineData("Suspended", "Enabled", CisStatus.Fail, "NoVersioning")]
    [InlineData(null, null, CisStatus.Fail, "NoVersioning")]
    public void Versioning_and_MFA_delete_have_to_be_enabled(string? status, string? mfaDelete, CisStatus expected, string code)
    {
        var finding = RuleTester.Rule(MfaDelete, One().Set(EvidenceKinds.BucketVersioning, "b", new BucketVersioning(status, mfaDelete))).Findings.Single();
        Assert.Equal((expected, code), (finding.Status, finding.ReasonCode));
    }

    [Theory]
    [InlineData("AES256", CisStatus.Pass)]
    [InlineData("aws:kms", CisStatus.Pass)]
    [InlineData(null, CisStatus.Fail)]
    public void A_bucket_has_default_encryption(string? algorithm, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Rule(Encryption, One().Set(EvidenceKinds.BucketEncryption, "b", algorithm)).Status);

    [Theory]
    [InlineData("1111", "0000", CisStatus.Pass)]
    [InlineData("0000", "1111", CisStatus.Pass)]
    [InlineData("1100", "0011", CisStatus.Pass)]
    [InlineData("1110", "0000", CisStatus.Fail)]
    [InlineData("0000", "0111", CisStatus.Fail)]
    public void The_four_settings_are_on_in_the_account_or_the_bucket(string account, string bucket, CisStatus expected) => Assert.Equal(
        expected,
        RuleTester.Rule(
            PublicAccess, One().Set(EvidenceKinds.AccountPublicAccessBlock, "", Block(account)).Set(EvidenceKinds.ListedBucketPublicAccessBlock, "b", Block(bucket))).Status);

    [Fact]
    public void What_is_off_is_named() => Assert.Equal(
        "Block Public Access is not on in full: RestrictPublicBuckets.",
        RuleTester.Rule(PublicAccess, One().Set(EvidenceKinds.AccountPublicAccessBlock, "", Block("0000")).Set(EvidenceKinds.ListedBucketPublicAccessBlock, "b", Block("1110")))
            .Findings.Single().Reason);

    [Fact]
    public void The_account_or_the_bucket_is_enough_when_the_other_cannot_be_read()
    {
        AccountEvidence With(PublicAccessBlock account, PublicAccessBlock bucket) =>
            One().Set(EvidenceKinds.AccountPublicAccessBlock, "", account).Set(EvidenceKinds.ListedBucketPublicAccessBlock, "b", bucket);
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(PublicAccess, With(AllOn, new()).Deny(EvidenceKinds.ListedBucketPublicAccessBlock, "b")).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Rule(PublicAccess, With(new(), AllOn).Deny(EvidenceKinds.AccountPublicAccessBlock)).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(PublicAccess, With(new(), new()).Deny(EvidenceKinds.ListedBucketPublicAccessBlock, "b")).Status);
        Assert.Equal(CisStatus.Unknown, RuleTester.Rule(PublicAccess, With(new(), new()).Deny(EvidenceKinds.AccountPublicAccessBlock)).Status);
    }

    [Theory]
    [InlineData(Encryption)]
    [InlineData(MfaDelete)]
    [InlineData(Transport)]
    public void A_bucket_that_cannot_be_read_is_unknown(string rule)
    {
        EvidenceKind kind = rule switch { Encryption => EvidenceKinds.BucketEncryption, MfaDelete => EvidenceKinds.BucketVersioning, _ => EvidenceKinds.ListedBucketPolicy };
        var result = RuleTester.Rule(rule, One().Deny(kind, "b"));
        Assert.Equal((CisStatus.Unknown, true), (result.Status, result.Incomplete));
    }

    [Theory]
    [InlineData(Encryption)]
    [InlineData(MfaDelete)]
    [InlineData(PublicAccess)]
    [InlineData(Transport)]
    public void No_bucket_does_not_apply_and_a_denied_list_is_unknown(string rule)
    {
        var none = RuleTester.Rule(rule, RuleTester.NewEvidence().Set(EvidenceKinds.AccountPublicAccessBlock, "", new()).Set(EvidenceKinds.ListedBuckets, "", []));
        Assert.Equal((CisStatus.NotApplicable, "The account has no buckets."), (none.Status, none.Reason));
        Assert.Equal(
            CisStatus.Unknown, RuleTester.Rule(rule, RuleTester.NewEvidence().Set(EvidenceKinds.AccountPublicAccessBlock, "", new()).Deny(EvidenceKinds.ListedBuckets)).Status);
    }

    private static PublicAccessBlock Block(string bits) => new(bits[0] == '1', bits[1] == '1', bits[2] == '1', bits[3] == '1');

    private static AccountEvidence One() => RuleTester.NewEvidence().Set(EvidenceKinds.ListedBuckets, "", [new ListedBucket("b", "eu-west-1")]);
}
