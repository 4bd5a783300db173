using System;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;

namespace CisAws.Core.Tests.Rules.Trails;

public sealed class CloudWatchLogsDeliveryTests
{
    private static readonly Trail Integrated = Integrate(Trail());

    [Theory]
    [InlineData(10.0 / 60, "Delivering")]
    [InlineData(24.05, "Delivering")]
    [InlineData(-0.05, "Delivering")]
    [InlineData(-2.0, "ClockSkew")]
    [InlineData(25.0, "DeliveryTooOld")]
    [InlineData(30.0, "DeliveryTooOld")]
    [InlineData(null, "NeverDelivered")]
    public void The_last_delivery_must_be_of_the_last_day(double? hoursAgo, string expected) =>
        Assert.Equal(expected, RuleTester.Control("2.4", NoTrails().WithTrail(Integrated, Delivered(hoursAgo))).ReasonCode);

    [Theory]
    [InlineData("Delivering", CisStatus.Pass, 1.0)]
    [InlineData("ClockSkew", CisStatus.Unknown, -2.0)]
    [InlineData("DeliveryTooOld", CisStatus.Fail, 72.0)]
    [InlineData("NeverDelivered", CisStatus.Fail, null)]
    public void The_code_has_a_status(string code, CisStatus expected, double? hoursAgo)
    {
        var result = RuleTester.Control("2.4", NoTrails().WithTrail(Integrated, Delivered(hoursAgo)));
        Assert.Equal((code, expected), (result.ReasonCode, result.Status));
    }

    [Fact]
    public void A_trail_without_a_log_group_fails() =>
        Assert.Equal((CisStatus.Fail, "NotIntegrated"), StatusOf(RuleTester.Control("2.4", NoTrails().WithTrail(Trail(), Delivered(1)))));

    [Fact]
    public void A_fresh_delivery_to_s3_is_none_to_cloudwatch_logs()
    {
        var status = Delivered(72) with { LatestDeliveryTime = RuleTester.Now.AddMinutes(-5), LatestCloudWatchLogsDeliveryError = "Role cannot be assumed" };
        var result = RuleTester.Control("2.4", NoTrails().WithTrail(Integrated, status));
        Assert.Equal(CisStatus.Fail, result.Status);
        Assert.Equal("Trail main does not deliver to CloudWatch Logs.", result.Reason);
        Assert.Contains("last error: Role cannot be assumed.", result.Findings[0].Reason);
    }

    [Fact]
    public void A_fresh_delivery_with_an_error_passes_with_a_warning()
    {
        var result = RuleTester.Control("2.4", NoTrails().WithTrail(Integrated, Delivered(1) with { LatestCloudWatchLogsDeliveryError = "Throttled" }));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains("Throttled", Assert.Single(result.Findings[0].Warnings));
    }

    [Theory]
    [InlineData(0.5, null, CisStatus.Unknown)]
    [InlineData(0.5, 48.0, CisStatus.Unknown)]
    [InlineData(1.5, null, CisStatus.Fail)]
    [InlineData(72.0, null, CisStatus.Fail)]
    public void A_trail_that_was_just_started_is_given_an_hour(double startedHoursAgo, double? deliveredHoursAgo, CisStatus expected) =>
        Assert.Equal(expected, RuleTester.Control("2.4", NoTrails().WithTrail(
            Integrated, Delivered(deliveredHoursAgo) with { StartLoggingTime = RuleTester.Now.AddHours(-startedHoursAgo) })).Status);

    [Fact]
    public void A_stopped_trail_fails_however_late_it_was_started() =>
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.4", NoTrails().WithTrail(
            Integrated, Delivered(null) with { IsLogging = false, StartLoggingTime = RuleTester.Now.AddMinutes(-30) })).Status);

    [Fact]
    public void The_setting_decides_the_age() =>
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.4", NoTrails().WithTrail(Integrated, Delivered(30)), ("MaxDeliveryAgeHours", 48)).Status);

    [Fact]
    public void Every_trail_counts_unless_the_program_asks_for_one()
    {
        var evidence = NoTrails().WithTrail(Integrated, Delivered(1)).WithTrail(Trail("other"), Delivered(1));
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.4", evidence).Status);
        var result = RuleTester.Control("2.4", evidence, ("RequireAllTrails", false));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Equal((1, 1), (result.PassCount, result.NotApplicableCount));
    }

    [Fact]
    public void Of_trails_one_of_which_is_enough_an_unreadable_one_wins_over_a_failing_one()
    {
        var evidence = NoTrails().WithTrail(Integrate(Trail("unreadable"))).WithTrail(Trail("failing"), Delivered(1)).Deny(EvidenceKinds.TrailStatus, Trail("unreadable").Arn);
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.4", evidence, ("RequireAllTrails", false)).Status);
    }

    [Fact]
    public void Where_one_trail_is_enough_it_must_be_multi_region()
    {
        var evidence = NoTrails().WithTrail(Integrated with { IsMultiRegionTrail = false }, Delivered(1));
        Assert.Equal("NoMultiRegionTrail", RuleTester.Control("2.4", evidence, ("RequireAllTrails", false)).ReasonCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_trail_is_not_applicable(bool requireAllTrails) =>
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("2.4", NoTrails(), ("RequireAllTrails", requireAllTrails)).Status);

    [Fact]
    public void An_organisation_trail_is_judged_as_far_as_it_can_be_read()
    {
        var foreign = Trail("org", OtherAccountId);
        Assert.Contains(OtherAccountId, RuleTester.Control("2.4", With(foreign)).Findings[0].Reason);
        var unreadable = With(Integrate(foreign)).Deny(EvidenceKinds.TrailStatus, foreign.Arn, ReadFailureKind.ForeignOwner);
        Assert.Equal((CisStatus.Unknown, "ForeignOwner"), StatusOf(RuleTester.Control("2.4", unreadable)));
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.4", NoTrails().WithTrail(Integrate(foreign), Delivered(1))).Status);
    }

    [Fact]
    public void A_region_that_cannot_be_read_may_hide_a_trail() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.4", NoTrails().WithTrail(Integrated, Delivered(1)).Deny(EvidenceKinds.Trails, "eu-west-1")).Status);

    private static Trail Integrate(Trail trail) =>
        trail with { CloudWatchLogsLogGroupArn = $"arn:aws:logs:us-east-1:{TrailInventory.OwnerOf(trail)}:log-group:trail:*" };

    private static TrailStatus Delivered(double? hoursAgo) => new(
        IsLogging: true, StartLoggingTime: RuleTester.Now.AddDays(-30),
        LatestCloudWatchLogsDeliveryTime: hoursAgo is { } hours ? RuleTester.Now - TimeSpan.FromHours(hours) : null);

    private static (CisStatus Status, string Code) StatusOf(CisResult result) => (result.Status, result.ReasonCode);
}
