using System.Linq;
using CisAws.Core.Tests.Rules.Trails;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>The chain from the trail to the subscriber, one link after another. 3.5 stands for all fourteen controls.</summary>
public sealed class ChainTests
{
    public static TheoryData<string> Controls => BenchmarkPatterns.Controls;

    [Theory]
    [MemberData(nameof(Controls))]
    public void A_full_chain_with_the_benchmarks_pattern_passes(string control)
    {
        var result = new MonitoredAccount(control).Assessed();
        Assert.Equal((CisStatus.Pass, "Alarmed"), (result.Status, result.ReasonCode));
        Assert.False(result.Incomplete);
        Assert.Empty(Assert.Single(result.Findings).Warnings);
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void A_filter_with_another_controls_pattern_fails(string control)
    {
        var other = control == "3.5" ? "3.6" : "3.5";
        AssertFails("NoMatchingFilter", new MonitoredAccount(control).Pattern(BenchmarkPatterns.ByControl[other]).Assessed());
    }

    [Fact]
    public void A_pass_shows_what_makes_it()
    {
        var finding = Assert.Single(new MonitoredAccount("3.5").Assessed().Findings);
        Assert.Equal(
            [
                ("Trail", "arn:aws:cloudtrail:us-east-1:111122223333:trail/main"),
                ("LogGroup", MonitoredAccount.LogGroupArn),
                ("MetricFilter", "events"),
                ("Metric", "CISBenchmark/Events"),
                ("Alarm", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:events-alarm"),
                ("Topic", MonitoredAccount.TopicArn),
            ],
            finding.Facts.Where(f => f.Name != "AlarmPath").Select(f => (f.Name, f.Value)));
        Assert.Equal("AWS::Account", finding.ResourceType);
    }

    [Fact]
    public void No_trail_fails() => Assert.Equal("NoTrail", RuleTester.Control("3.5", TrailEvidence.NoTrails()).ReasonCode);

    [Fact]
    public void A_single_region_trail_fails() =>
        AssertFails("SingleRegionTrail", new MonitoredAccount("3.5").Trail(t => t with { IsMultiRegionTrail = false }).Assessed());

    [Fact]
    public void A_stopped_trail_fails() => AssertFails("NotLogging", new MonitoredAccount("3.5").Status(s => s with { IsLogging = false }).Assessed());

    [Fact]
    public void A_trail_of_write_events_only_fails() =>
        AssertFails("ReadOrWriteEventsOnly", new MonitoredAccount("3.5").Selectors(new([new EventSelector("WriteOnly", true, [])], [])).Assessed());

    [Fact]
    public void Advanced_selectors_of_management_events_pass() => Assert.Equal(
        CisStatus.Pass,
        new MonitoredAccount("3.5").Selectors(TrailEvidence.Advanced([TrailEvidence.Is("eventCategory", "Management")])).Assessed().Status);

    [Fact]
    public void A_trail_without_a_log_group_fails() =>
        AssertFails("NoLogGroup", new MonitoredAccount("3.5").Trail(t => t with { CloudWatchLogsLogGroupArn = null }).Assessed());

    [Fact]
    public void A_log_group_that_does_not_exist_fails() => AssertFails("LogGroupMissing", new MonitoredAccount("3.5").NoLogGroup().Assessed());

    [Fact]
    public void A_filter_on_a_log_group_that_no_trail_writes_to_fails()
    {
        var empty = MonitoredAccount.LogGroupArnOf("CloudTrail/empty");
        var result = new MonitoredAccount("3.5")
            .Trail(t => t with { CloudWatchLogsLogGroupArn = empty + ":*" })
            .And(e => e.Set(EvidenceKinds.TrailLogGroup, empty, new LogGroup("CloudTrail/empty", empty)).Set(EvidenceKinds.MetricFilters, empty, []))
            .Assessed();
        AssertFails("NoMatchingFilter", result);
        Assert.Contains("CloudTrail/empty", result.Reason);
    }

    [Fact]
    public void An_alarm_on_the_name_in_another_namespace_fails()
    {
        var result = new MonitoredAccount("3.5").Alarm(a => a with { Namespace = "LogMetrics" }).Assessed();
        AssertFails("NoAlarm", result);
        Assert.Contains("metric CISBenchmark/Events", result.Reason);
        Assert.Contains("namespace LogMetrics", result.Reason);
    }

    [Fact]
    public void Metric_names_are_told_apart_by_case() =>
        AssertFails("NoAlarm", new MonitoredAccount("3.5").Alarm(a => a with { MetricName = "events" }).Assessed());

    [Fact]
    public void Disabled_actions_fail() => AssertFails("ActionsDisabled", new MonitoredAccount("3.5").Alarm(a => a with { ActionsEnabled = false }).Assessed());

    [Fact]
    public void An_alarm_without_actions_fails() => AssertFails("NoSnsAction", new MonitoredAccount("3.5").Alarm(a => a with { AlarmActions = [] }).Assessed());

    [Fact]
    public void An_action_that_is_no_topic_fails() => AssertFails(
        "NoSnsAction",
        new MonitoredAccount("3.5").Alarm(a => a with { AlarmActions = ["arn:aws:lambda:us-east-1:111122223333:function:tell"] }).Assessed());

    [Fact]
    public void A_topic_that_does_not_exist_fails() => AssertFails("TopicMissing", new MonitoredAccount("3.5").NoTopic().Assessed());

    [Theory]
    [InlineData]
    [InlineData("PendingConfirmation")]
    [InlineData("Deleted", "PendingConfirmation")]
    public void A_topic_without_a_confirmed_subscription_fails(params string[] subscriptions) =>
        AssertFails("NoConfirmedSubscription", new MonitoredAccount("3.5").Subscriptions(subscriptions).Assessed());

    [Fact]
    public void One_confirmed_subscription_is_enough() => Assert.Equal(
        CisStatus.Pass, new MonitoredAccount("3.5").Subscriptions("PendingConfirmation", $"{MonitoredAccount.TopicArn}:1").Assessed().Status);

    private static void AssertFails(string code, CisResult result)
    {
        Assert.Equal((CisStatus.Fail, code), (result.Status, result.ReasonCode));
        Assert.Contains(result.Findings[0].Facts, f => f.Name == "AlarmPath" && f.Value.Contains($": {code}: "));
    }
}
