using System;
using System.Linq;
using CisAws.Core.Tests.Rules.Trails;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>What could not be read, and what belongs to other accounts; which of several ways decides.</summary>
public sealed class UnreadableChainTests
{
    public static TheoryData<string> Controls => BenchmarkPatterns.Controls;

    private static Trail OrganisationTrail => TrailEvidence.Trail("org", owner: TrailEvidence.OtherAccountId) with
    {
        CloudWatchLogsLogGroupArn = MonitoredAccount.LogGroupArnOf("org", TrailEvidence.OtherAccountId) + ":*",
    };

    [Theory]
    [MemberData(nameof(Controls))]
    public void A_member_account_with_only_a_foreign_organisation_trail_is_unknown(string control)
    {
        var trail = OrganisationTrail;
        var result = RuleTester.Control(control, TrailEvidence.With(trail)
            .Set(EvidenceKinds.TrailStatus, trail.Arn, new TrailStatus(true))
            .Set(EvidenceKinds.EventSelectors, trail.Arn, TrailEvidence.AllEvents));
        Assert.Equal((CisStatus.Unknown, "ForeignOwner"), (result.Status, result.ReasonCode));
        Assert.Contains(TrailEvidence.OtherAccountId, result.Reason);
    }

    [Fact]
    public void An_own_trail_with_a_broken_chain_leaves_a_foreign_trail_to_decide()
    {
        var result = new MonitoredAccount("3.5")
            .Alarm(a => a with { ActionsEnabled = false })
            .And(e => e.WithTrail(OrganisationTrail))
            .Assessed();
        Assert.Equal((CisStatus.Unknown, "ForeignOwner"), (result.Status, result.ReasonCode));
        Assert.Contains(result.Findings[0].Facts, f => f.Value.Contains("ActionsDisabled"));
    }

    [Fact]
    public void A_foreign_trail_without_a_log_group_leaves_the_own_trails_to_decide()
    {
        var result = new MonitoredAccount("3.5")
            .Alarm(a => a with { ActionsEnabled = false })
            .And(e => e.WithTrail(OrganisationTrail with { CloudWatchLogsLogGroupArn = null }))
            .Assessed();
        Assert.Equal((CisStatus.Fail, "ActionsDisabled"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void A_member_account_with_only_a_foreign_trail_without_a_log_group_is_unknown()
    {
        var trail = OrganisationTrail with { CloudWatchLogsLogGroupArn = null };
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("3.5", TrailEvidence.With(trail)
            .Set(EvidenceKinds.TrailStatus, trail.Arn, new TrailStatus(true))
            .Set(EvidenceKinds.EventSelectors, trail.Arn, TrailEvidence.AllEvents)).Status);
    }

    [Fact]
    public void A_foreign_trail_does_not_harm_a_complete_chain() => Assert.Equal(
        CisStatus.Pass,
        new MonitoredAccount("3.5").And(e => e.WithTrail(TrailEvidence.Trail("org", owner: TrailEvidence.OtherAccountId))).Assessed().Status);

    [Fact]
    public void A_log_group_of_another_account_is_unknown()
    {
        var result = new MonitoredAccount("3.5")
            .Trail(t => t with { CloudWatchLogsLogGroupArn = MonitoredAccount.LogGroupArnOf("central", TrailEvidence.OtherAccountId) + ":*" })
            .Assessed();
        Assert.Equal((CisStatus.Unknown, "ForeignOwner"), (result.Status, result.ReasonCode));
    }

    /// <summary>A delegated administrator's trail belongs to the management account, and its log group to the administrator.</summary>
    [Fact]
    public void A_foreign_trail_that_delivers_to_a_log_group_of_this_account_is_followed()
    {
        const string arn = $"arn:aws:cloudtrail:us-east-1:{TrailEvidence.OtherAccountId}:trail/main";
        var account = new MonitoredAccount("3.5").Trail(t => t with { Arn = arn, IsOrganizationTrail = true });
        Assert.Equal(CisStatus.Pass, account.Assessed().Status);
        Assert.Equal(CisStatus.Unknown, account.Deny(EvidenceKinds.TrailStatus, arn).Assessed().Status);
        Assert.Equal("NoMatchingFilter", account.Filters().Assessed().ReasonCode);
    }

    [Fact]
    public void A_log_group_that_is_no_arn_is_unknown() => Assert.Equal(
        "Malformed", new MonitoredAccount("3.5").Trail(t => t with { CloudWatchLogsLogGroupArn = "CloudTrail/main" }).Assessed().ReasonCode);

    [Fact]
    public void A_foreign_topic_that_refuses_is_unknown()
    {
        var result = new MonitoredAccount("3.5")
            .Alarm(a => a with { AlarmActions = [MonitoredAccount.OtherTopicArn] })
            .And(e => e.Deny(EvidenceKinds.TopicSubscriptions, MonitoredAccount.OtherTopicArn, ReadFailureKind.ForeignOwner, "AuthorizationError"))
            .Assessed();
        Assert.Equal((CisStatus.Unknown, "ForeignOwner"), (result.Status, result.ReasonCode));
        Assert.Contains("sns:ListSubscriptionsByTopic", result.Reason);
        Assert.True(result.Incomplete);
    }

    [Fact]
    public void A_foreign_topic_that_answers_passes() => Assert.Equal(
        CisStatus.Pass,
        new MonitoredAccount("3.5")
            .Alarm(a => a with { AlarmActions = [MonitoredAccount.OtherTopicArn] })
            .And(e => e.Set(EvidenceKinds.TopicSubscriptions, MonitoredAccount.OtherTopicArn, [new Subscription($"{MonitoredAccount.OtherTopicArn}:1", "https", TrailEvidence.OtherAccountId)]))
            .Assessed().Status);

    [Fact]
    public void Denied_metric_filters_are_unknown() =>
        AssertUnknown("logs:DescribeMetricFilters", new MonitoredAccount("3.5").Deny(EvidenceKinds.MetricFilters, MonitoredAccount.LogGroupArn).Assessed());

    [Fact]
    public void Denied_alarms_are_unknown() =>
        AssertUnknown("cloudwatch:DescribeAlarms", new MonitoredAccount("3.5").Deny(EvidenceKinds.Alarms, MonitoredAccount.Region).Assessed());

    [Fact]
    public void A_denied_trail_status_is_unknown() =>
        AssertUnknown("cloudtrail:GetTrailStatus", new MonitoredAccount("3.5").Deny(EvidenceKinds.TrailStatus, TrailEvidence.Trail().Arn).Assessed());

    [Fact]
    public void Denied_event_selectors_are_unknown() =>
        AssertUnknown("cloudtrail:GetEventSelectors", new MonitoredAccount("3.5").Deny(EvidenceKinds.EventSelectors, TrailEvidence.Trail().Arn).Assessed());

    [Fact]
    public void A_break_further_on_decides_whatever_could_not_be_read() => Assert.Equal(
        "NoMatchingFilter",
        new MonitoredAccount("3.5").Deny(EvidenceKinds.TrailStatus, TrailEvidence.Trail().Arn).Filters().Assessed().ReasonCode);

    [Fact]
    public void Metric_filters_that_answer_show_that_the_log_group_exists()
    {
        var account = new MonitoredAccount("3.5").Deny(EvidenceKinds.TrailLogGroup, MonitoredAccount.LogGroupArn);
        Assert.Equal(CisStatus.Pass, account.Assessed().Status);
        var failed = account.Alarm(a => a with { ActionsEnabled = false }).Assessed();
        Assert.Equal((CisStatus.Fail, false), (failed.Status, failed.Incomplete));
    }

    [Fact]
    public void No_readable_region_is_unknown() =>
        AssertUnknown("cloudtrail:DescribeTrails", RuleTester.Control("3.5", TrailEvidence.NoTrails().Deny(EvidenceKinds.Trails, "us-east-1").Deny(EvidenceKinds.Trails, "eu-west-1")));

    [Fact]
    public void One_readable_region_shows_the_multi_region_trail() =>
        Assert.Equal(CisStatus.Pass, new MonitoredAccount("3.5").Deny(EvidenceKinds.Trails, "us-east-1").Assessed().Status);

    [Fact]
    public void The_second_of_two_trails_may_be_the_complete_one()
    {
        var result = new MonitoredAccount("3.5").And(e => e.WithTrail(TrailEvidence.Trail("another") with { IsMultiRegionTrail = false })).Assessed();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains(result.Findings[0].Facts, f => f.Value.Contains("trail/another: SingleRegionTrail"));
    }

    [Fact]
    public void The_reason_names_the_first_broken_link_of_the_closest_way()
    {
        var result = new MonitoredAccount("3.5")
            .Subscriptions("PendingConfirmation")
            .Alarms(MonitoredAccount.NewAlarm("a") with { ActionsEnabled = false }, MonitoredAccount.NewAlarm("b"), MonitoredAccount.NewAlarm("c") with { AlarmActions = [] })
            .And(e => e.WithTrail(TrailEvidence.Trail("another") with { IsMultiRegionTrail = false }))
            .Assessed();
        Assert.Equal((CisStatus.Fail, "NoConfirmedSubscription"), (result.Status, result.ReasonCode));
        Assert.Contains("Topic security", result.Reason);
        Assert.Equal(4, result.Findings[0].Facts.Count);
    }

    [Fact]
    public void Of_trails_that_do_not_qualify_the_nearest_is_named() => Assert.Equal(
        "NotLogging",
        RuleTester.Control("3.5", TrailEvidence.NoTrails()
            .WithTrail(TrailEvidence.Trail("a") with { IsMultiRegionTrail = false }, new TrailStatus(true))
            .WithTrail(TrailEvidence.Trail("b"), new TrailStatus(false))).ReasonCode);

    [Fact]
    public void A_trail_that_leaves_kms_out_fails_3_7()
    {
        var result = new MonitoredAccount("3.7").Selectors(new([new EventSelector("All", true, ["kms.amazonaws.com"])], [])).Assessed();
        Assert.Equal((CisStatus.Fail, "EventSourcesExcluded"), (result.Status, result.ReasonCode));
        Assert.Contains("kms.amazonaws.com", result.Reason);
    }

    [Fact]
    public void A_topic_that_exists_is_enough_where_the_program_says_so()
    {
        var result = new MonitoredAccount("3.5").Subscriptions("PendingConfirmation").Assessed(("RequireConfirmedSubscription", false));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains("no confirmed subscription", Assert.Single(result.Findings[0].Warnings));
        Assert.Equal("TopicMissing", new MonitoredAccount("3.5").NoTopic().Assessed(("RequireConfirmedSubscription", false)).ReasonCode);
    }

    [Theory]
    [InlineData(0.1, null, null)]
    [InlineData(30.0, null, "2026-02-28 06:00 UTC")]
    [InlineData(null, null, "has not delivered")]
    [InlineData(0.1, "Access denied", "Access denied")]
    public void Trouble_with_the_delivery_is_a_warning(double? hoursAgo, string? error, string? warning)
    {
        var finding = new MonitoredAccount("3.5")
            .Status(s => s with { LatestCloudWatchLogsDeliveryTime = hoursAgo is { } h ? RuleTester.Now - TimeSpan.FromHours(h) : null, LatestCloudWatchLogsDeliveryError = error })
            .Assessed().Findings[0];
        Assert.Equal(CisStatus.Pass, finding.Status);
        Assert.Equal(warning is null ? 0 : 1, finding.Warnings.Count(w => w.Contains(warning ?? "")));
        Assert.Equal(warning is null ? 0 : 1, finding.Warnings.Count);
    }

    private static void AssertUnknown(string action, CisResult result)
    {
        Assert.Equal((CisStatus.Unknown, "AccessDenied"), (result.Status, result.ReasonCode));
        Assert.Contains(action, result.Reason);
        Assert.True(result.Incomplete);
    }
}
