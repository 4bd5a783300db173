using CisAws.Evidence;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;

namespace CisAws.Core.Tests.Rules.Storage;

public sealed class TrailBucketLoggingTests
{
    [Theory]
    [InlineData("access-logs", CisStatus.Pass, 0)]
    [InlineData("logs", CisStatus.Pass, 1)]
    [InlineData(null, CisStatus.Fail, 0)]
    public void Access_must_be_logged(string? target, CisStatus expected, int warnings)
    {
        var finding = Assert.Single(RuleTester.Control("2.6", Logged(With(Trail()), target)).Findings);
        Assert.Equal((expected, warnings), (finding.Status, finding.Warnings.Count));
    }

    [Fact]
    public void One_bucket_of_three_trails_is_one_row() =>
        Assert.Single(RuleTester.Control("2.6", Logged(With(Trail("a"), Trail("b"), Trail("c")), null)).Findings);

    [Fact]
    public void A_bucket_in_another_region_is_judged_like_any()
    {
        var finding = Assert.Single(RuleTester.Control("2.6", Logged(With(Trail()), "access-logs", "ap-south-1")).Findings);
        Assert.Equal((CisStatus.Pass, "ap-south-1"), (finding.Status, finding.Region));
    }

    [Theory]
    [InlineData(RuleTester.AccountId, "another account")]
    [InlineData(OtherAccountId, OtherAccountId)]
    public void A_bucket_that_cannot_be_read_is_unknown_with_a_hint_at_its_owner(string trailOwner, string hint)
    {
        var result = RuleTester.Control("2.6", Logged(With(Trail("org", trailOwner)), null).Deny(EvidenceKinds.BucketLogging, "logs"));
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.Contains(hint, result.Reason);
    }

    [Fact]
    public void Trouble_that_has_nothing_to_do_with_owners_gives_no_hint_at_one() => Assert.DoesNotContain(
        "owns", RuleTester.Control("2.6", Logged(With(Trail()), null).Deny(EvidenceKinds.BucketLogging, "logs", ReadFailureKind.Throttled)).Reason);

    [Fact]
    public void A_bucket_that_is_gone_fails()
    {
        var result = RuleTester.Control("2.6", With(Trail()).Set(EvidenceKinds.Buckets, "logs", new Bucket(false)));
        Assert.Equal((CisStatus.Fail, "BucketMissing"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void The_arn_is_of_the_accounts_partition()
    {
        var evidence = Logged(NoTrails("aws-cn").WithTrail(Trail()), "access-logs");
        Assert.Equal("arn:aws-cn:s3:::logs", Assert.Single(RuleTester.Control("2.6", evidence).Findings).ResourceArn);
    }

    [Fact]
    public void No_trail_is_not_applicable() => Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("2.6", NoTrails()).Status);

    [Fact]
    public void A_region_that_cannot_be_read_may_hide_a_bucket() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.6", Logged(With(Trail()), "access-logs").Deny(EvidenceKinds.Trails, "eu-west-1")).Status);

    private static AccountEvidence Logged(AccountEvidence evidence, string? target, string region = "us-east-1") => evidence
        .Set(EvidenceKinds.Buckets, "logs", new Bucket(true, region))
        .Set(EvidenceKinds.BucketLogging, "logs", new BucketLogging(target));
}
