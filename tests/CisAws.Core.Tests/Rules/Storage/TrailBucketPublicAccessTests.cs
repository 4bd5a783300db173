using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;

namespace CisAws.Core.Tests.Rules.Storage;

public sealed class TrailBucketPublicAccessTests
{
    private const string Groups = "http://acs.amazonaws.com/groups/";
    private const string Everyone = """{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" }""";
    private const string Conditioned =
        """{ "Sid": "Org", "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "s3:*", "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-1" } } }""";

    private static readonly PublicAccessBlock Off = new();

    [Fact]
    public void A_private_bucket_passes()
    {
        var result = RuleTester.Control("2.3", Bucket());
        Assert.Equal(CisStatus.Pass, result.Status);
        var finding = Assert.Single(result.Findings);
        Assert.Equal(("AWS::S3::Bucket", "logs", "arn:aws:s3:::logs", "us-east-1"), (finding.ResourceType, finding.ResourceId, finding.ResourceArn, finding.Region));
        Assert.Empty(finding.Warnings);
    }

    [Theory]
    [InlineData(Groups + "global/AuthenticatedUsers", CisStatus.Fail)]
    [InlineData(Groups + "global/AllUsers", CisStatus.Fail)]
    [InlineData("https://acs.amazonaws.com/groups/global/AllUsers", CisStatus.Fail)]
    [InlineData(Groups + "s3/LogDelivery", CisStatus.Pass)]
    public void An_acl_for_everyone_is_public(string group, CisStatus expected)
    {
        var evidence = WithGrant(Bucket(), group);
        Assert.Equal(expected, RuleTester.Control("2.3", evidence).Status);
        Assert.Equal(expected, RuleTester.Control("2.3", evidence, ("PublicAccess", "Literal")).Status);
    }

    [Theory]
    [InlineData(false, true, "ObjectWriter")]
    [InlineData(true, false, "ObjectWriter")]
    [InlineData(false, false, "BucketOwnerEnforced")]
    public void A_public_acl_that_is_ignored_is_a_warning(bool bucket, bool account, string ownership)
    {
        var evidence = WithGrant(Bucket(), Groups + "global/AllUsers")
            .Set(EvidenceKinds.BucketPublicAccessBlock, "logs", Off with { IgnorePublicAcls = bucket })
            .Set(EvidenceKinds.AccountPublicAccessBlock, "", Off with { IgnorePublicAcls = account })
            .Set(EvidenceKinds.BucketOwnership, "logs", ownership);
        var result = RuleTester.Control("2.3", evidence);
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains("READ to AllUsers", Assert.Single(result.Findings[0].Warnings));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.3", evidence, ("PublicAccess", "Literal")).Status);
    }

    [Fact]
    public void Blocks_that_only_stop_new_grants_neutralise_nothing()
    {
        var evidence = WithPolicy(WithGrant(Bucket(), Groups + "global/AllUsers"), Everyone, isPublic: true)
            .Set(EvidenceKinds.BucketPublicAccessBlock, "logs", new PublicAccessBlock(BlockPublicAcls: true, BlockPublicPolicy: true));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.3", evidence).Status);
    }

    [Theory]
    [InlineData(Everyone)]
    [InlineData("""{ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "s3:ListBucket" }""")]
    [InlineData("""{ "Effect": "Allow", "Principal": ["*"], "Action": "s3:ListBucket" }""")]
    [InlineData("""{ "Effect": "Allow", "Principal": ["arn:aws:iam::111122223333:root", "*"] }""")]
    [InlineData("""{ "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::111122223333:root", "*"] } }""")]
    [InlineData("""{ "Effect": "Allow", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:root" } }""")]
    [InlineData("""{ "effect": "Allow", "principal": "*" }""")]
    [InlineData(Everyone + """, { "Effect": "Deny", "Principal": "*", "Action": "s3:*" }""")]
    public void A_policy_for_everyone_is_public_unless_the_account_restricts_it(string statement)
    {
        var evidence = WithPolicy(Bucket(), statement, isPublic: true);
        Assert.Equal((CisStatus.Fail, "PublicPolicy"), StatusOf(RuleTester.Control("2.3", evidence)));
        evidence.Set(EvidenceKinds.AccountPublicAccessBlock, "", Off with { RestrictPublicBuckets = true });
        var restricted = RuleTester.Control("2.3", evidence);
        Assert.Equal(CisStatus.Pass, restricted.Status);
        Assert.Single(restricted.Findings[0].Warnings);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.3", evidence, ("PublicAccess", "Literal")).Status);
    }

    [Theory]
    [InlineData("""{ "Effect": "Allow", "Principal": { "Service": "cloudtrail.amazonaws.com" }, "Action": "s3:PutObject" }""")]
    [InlineData("""{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" } }""")]
    [InlineData("""{ "Effect": "Deny", "Principal": "*", "Action": "s3:*" }""")]
    [InlineData("""{ "Effect": "Deny", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:root" } }""")]
    public void A_policy_for_somebody_is_not_public(string statement)
    {
        var evidence = WithPolicy(Bucket(), statement, isPublic: false);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.3", evidence).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.3", evidence, ("PublicAccess", "Literal")).Status);
    }

    [Theory]
    [InlineData(false, false, CisStatus.Pass, 0, 1)]
    [InlineData(true, true, CisStatus.Pass, 1, 0)]
    [InlineData(true, false, CisStatus.Fail, 0, 1)]
    [InlineData(null, false, CisStatus.Unknown, 0, 2)]
    [InlineData(null, true, CisStatus.Pass, 1, 0)]
    public void A_condition_is_judged_by_what_aws_calls_public(bool? isPublic, bool restricted, CisStatus expected, int warnings, int facts)
    {
        var evidence = WithPolicy(Bucket(), Conditioned, isPublic).Set(EvidenceKinds.BucketPublicAccessBlock, "logs", Off with { RestrictPublicBuckets = restricted });
        var finding = Assert.Single(RuleTester.Control("2.3", evidence).Findings);
        Assert.Equal((expected, warnings, facts), (finding.Status, finding.Warnings.Count, finding.Facts.Count));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.3", evidence, ("PublicAccess", "Literal")).Status);
    }

    [Theory]
    [InlineData(Conditioned + "," + Everyone)]
    [InlineData("""{ "Effect": "Allow", "Principal": "*", "Condition": {} }""")]
    public void What_no_condition_narrows_is_public_whatever_aws_says(string statements) =>
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.3", WithPolicy(Bucket(), statements, isPublic: false)).Status);

    [Theory]
    [InlineData(true, false, CisStatus.Fail)]
    [InlineData(true, true, CisStatus.Pass)]
    [InlineData(null, false, CisStatus.Unknown)]
    [InlineData(null, true, CisStatus.Pass)]
    public void Another_policy_that_aws_calls_public_counts(bool? isPublic, bool restricted, CisStatus expected)
    {
        var evidence = WithPolicy(Bucket(), """{ "Effect": "Allow", "Principal": { "Federated": "accounts.example.com" } }""", isPublic)
            .Set(EvidenceKinds.BucketPublicAccessBlock, "logs", Off with { RestrictPublicBuckets = restricted });
        Assert.Equal(expected, RuleTester.Control("2.3", evidence).Status);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "Statement": ["Allow"] }""")]
    [InlineData("""{ "Statement": [{ "Effect": "Allow", "Principal": 7 }] }""")]
    public void A_policy_that_is_none_is_unknown(string policy)
    {
        var evidence = Bucket().Set(EvidenceKinds.BucketPolicy, "logs", policy).Set(EvidenceKinds.BucketPolicyIsPublic, "logs", false);
        Assert.Equal((CisStatus.Unknown, "Malformed"), StatusOf(RuleTester.Control("2.3", evidence)));
        Assert.Contains("s3:GetBucketPolicy returned a response that is not valid (NotAPolicy) in us-east-1", RuleTester.Control("2.3", evidence).Reason);
    }

    [Fact]
    public void A_single_statement_need_not_be_in_a_list()
    {
        var evidence = Bucket().Set(EvidenceKinds.BucketPolicy, "logs", $$"""{ "Statement": {{Everyone}} }""").Set(EvidenceKinds.BucketPolicyIsPublic, "logs", true);
        Assert.Equal("PublicPolicy", RuleTester.Control("2.3", evidence).ReasonCode);
    }

    [Fact]
    public void A_bucket_whose_block_cannot_be_read_is_unknown_when_the_grant_is_public()
    {
        var evidence = WithPolicy(Bucket(), Everyone, isPublic: true).Deny(EvidenceKinds.BucketPublicAccessBlock, "logs");
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.3", evidence).Status);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.3", Bucket().Deny(EvidenceKinds.BucketPublicAccessBlock, "logs")).Status);
    }

    [Fact]
    public void A_public_acl_fails_whatever_else_could_not_be_read()
    {
        var evidence = WithGrant(Bucket(), Groups + "global/AllUsers").Deny(EvidenceKinds.BucketPolicyIsPublic, "logs").Deny(EvidenceKinds.BucketPolicy, "logs");
        Assert.Equal((CisStatus.Fail, "PublicAcl"), StatusOf(RuleTester.Control("2.3", evidence)));
    }

    [Fact]
    public void The_accounts_block_lets_no_bucket_pass_that_may_be_another_accounts()
    {
        var evidence = WithGrant(Bucket(), Groups + "global/AllUsers").Deny(EvidenceKinds.BucketPolicy, "logs", ReadFailureKind.ForeignOwner, "MethodNotAllowed")
            .Set(EvidenceKinds.AccountPublicAccessBlock, "", Off with { IgnorePublicAcls = true });
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.3", evidence).Status);
    }

    [Fact]
    public void The_accounts_block_is_applied_to_the_bucket_of_an_organisation_trail_when_it_is_ours()
    {
        var evidence = WithPolicy(Bucket(Trail("org", OtherAccountId)), Everyone, isPublic: true)
            .Set(EvidenceKinds.AccountPublicAccessBlock, "", Off with { RestrictPublicBuckets = true });
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.3", evidence).Status);
    }

    [Theory]
    [InlineData(RuleTester.AccountId, "another account")]
    [InlineData(OtherAccountId, OtherAccountId)]
    public void A_bucket_that_cannot_be_read_is_unknown_with_a_hint_at_its_owner(string trailOwner, string hint)
    {
        foreach (var evidence in new[]
        {
            Bucket(Trail("org", trailOwner)).Deny(EvidenceKinds.BucketAcl, "logs"),
            Bucket(Trail("org", trailOwner)).Deny(EvidenceKinds.Buckets, "logs", ReadFailureKind.ForeignOwner),
        })
        {
            var result = RuleTester.Control("2.3", evidence);
            Assert.Equal(CisStatus.Unknown, result.Status);
            Assert.Contains(hint, result.Reason);
        }
    }

    [Fact]
    public void A_bucket_that_is_gone_fails() => Assert.Equal(
        (CisStatus.Fail, "BucketMissing"), StatusOf(RuleTester.Control("2.3", With(Trail()).Set(EvidenceKinds.Buckets, "logs", new Bucket(false)))));

    [Fact]
    public void Two_trails_that_share_a_bucket_are_one_row() =>
        Assert.Single(RuleTester.Control("2.3", Bucket(Trail(), Trail("second"))).Findings);

    [Fact]
    public void No_trail_is_not_applicable() =>
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("2.3", NoTrails().Set(EvidenceKinds.AccountPublicAccessBlock, "", Off)).Status);

    [Fact]
    public void A_region_that_cannot_be_read_may_hide_a_bucket() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.3", Bucket().Deny(EvidenceKinds.Trails, "eu-west-1")).Status);

    /// <summary>The bucket of these trails, private and without any block.</summary>
    private static AccountEvidence Bucket(params Trail[] trails) => With(trails.DefaultIfEmpty(Trail()).ToArray())
        .Set(EvidenceKinds.Buckets, "logs", new Bucket(true, "us-east-1"))
        .Set(EvidenceKinds.BucketAcl, "logs", new BucketAcl("owner", [new BucketGrant("CanonicalUser", "FULL_CONTROL", "owner")]))
        .Set(EvidenceKinds.BucketPolicy, "logs", null)
        .Set(EvidenceKinds.BucketPolicyIsPublic, "logs", null)
        .Set(EvidenceKinds.BucketOwnership, "logs", null)
        .Set(EvidenceKinds.BucketPublicAccessBlock, "logs", Off)
        .Set(EvidenceKinds.AccountPublicAccessBlock, "", Off);

    private static AccountEvidence WithGrant(AccountEvidence evidence, string group) =>
        evidence.Set(EvidenceKinds.BucketAcl, "logs", new BucketAcl("owner", [new BucketGrant("Group", "READ", GranteeUri: group)]));

    /// <summary>A policy of these statements; null where AWS's word on it cannot be read.</summary>
    private static AccountEvidence WithPolicy(AccountEvidence evidence, string statements, bool? isPublic)
    {
        evidence.Set(EvidenceKinds.BucketPolicy, "logs", $$"""{ "Version": "2012-10-17", "Statement": [{{statements}}] }""");
        return isPublic is null ? evidence.Deny(EvidenceKinds.BucketPolicyIsPublic, "logs") : evidence.Set(EvidenceKinds.BucketPolicyIsPublic, "logs", isPublic);
    }

    private static (CisStatus Status, string Code) StatusOf(CisResult result) => (result.Status, result.ReasonCode);
}
