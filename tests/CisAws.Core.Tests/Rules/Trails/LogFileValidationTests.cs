using CisAws.Evidence;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;

namespace CisAws.Core.Tests.Rules.Trails;

public sealed class LogFileValidationTests
{
    [Fact]
    public void A_multi_region_trail_with_validation_is_one_passing_row()
    {
        var result = RuleTester.Control("2.2", With(Trail()));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Equal(("AWS::CloudTrail::Trail", "main", Trail().Arn), Assert.Single(result.Findings) is var f ? (f.ResourceType, f.ResourceId, f.ResourceArn) : default);
    }

    [Fact]
    public void A_single_region_trail_without_validation_fails_by_name()
    {
        var result = RuleTester.Control("2.2", With(Trail(), Trail("local", home: "eu-west-1") with { IsMultiRegionTrail = false, LogFileValidationEnabled = false }));
        Assert.Equal(CisStatus.Fail, result.Status);
        Assert.Equal("local", result.FailedResource.ToString());
        Assert.Equal("1 of 2 trails has log file validation disabled: local.", result.Reason);
    }

    [Fact]
    public void A_failing_organisation_trail_names_its_owner()
    {
        var finding = Assert.Single(RuleTester.Control("2.2", With(Trail("org", OtherAccountId) with { LogFileValidationEnabled = false })).Findings);
        Assert.Contains(OtherAccountId, finding.Reason);
        Assert.Equal($"Scope=Organization; Owner={OtherAccountId}", finding.Facts.ToString());
    }

    [Fact]
    public void No_trail_is_not_applicable()
    {
        var result = RuleTester.Control("2.2", NoTrails());
        Assert.Equal(CisStatus.NotApplicable, result.Status);
        Assert.Contains("See 2.1.", result.Reason);
    }

    [Theory]
    [InlineData(true, CisStatus.Unknown)]
    [InlineData(false, CisStatus.Fail)]
    public void A_region_that_cannot_be_read_may_hide_a_trail(bool validation, CisStatus expected)
    {
        var evidence = With(Trail() with { LogFileValidationEnabled = validation }).Deny(EvidenceKinds.Trails, "eu-west-1");
        Assert.Equal(expected, RuleTester.Control("2.2", evidence).Status);
    }

    [Fact]
    public void A_digest_that_cannot_be_delivered_is_a_warning()
    {
        var evidence = NoTrails().WithTrail(Trail(), new TrailStatus(true, LatestDigestDeliveryError: "AccessDenied"));
        var finding = Assert.Single(RuleTester.Control("2.2", evidence).Findings);
        Assert.Equal(CisStatus.Pass, finding.Status);
        Assert.Contains("AccessDenied", Assert.Single(finding.Warnings));
    }

    [Fact]
    public void An_unreadable_status_leaves_the_verdict_complete() =>
        Assert.False(RuleTester.Control("2.2", With(Trail()).Deny(EvidenceKinds.TrailStatus, Trail().Arn)).Incomplete);
}
