using System.Linq;
using CisAws.Core.Tests.Rules;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.Evidence;
using CisAws.Rules;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;
using static CisAws.Core.Tests.Rules.Network.NetworkEvidence;

namespace CisAws.Core.Tests.Assessments;

/// <summary>A result is incomplete when something that its verdict could depend on was not read, and nothing else.</summary>
public sealed class IncompleteTests
{
    private const string OtherTopic = "arn:aws:sns:us-east-1:111122223333:other";

    [Fact]
    public void A_topic_that_only_another_controls_alarm_notifies_is_not_missed()
    {
        var failing = new MonitoredAccount("3.5")
            .Filters(
                MonitoredAccount.NewFilter(BenchmarkPatterns.ByControl["3.5"]),
                MonitoredAccount.NewFilter(BenchmarkPatterns.ByControl["3.13"], "routes") with
                {
                    Transformations = [new MetricTransformation("CISBenchmark", "Routes", "1", null, [])],
                })
            .Alarms(
                MonitoredAccount.NewAlarm() with { ActionsEnabled = false },
                MonitoredAccount.NewAlarm("routes-alarm") with { MetricName = "Routes", AlarmActions = [OtherTopic] })
            .And(e => e.Deny(EvidenceKinds.TopicSubscriptions, OtherTopic));
        var result = failing.Assessed();
        Assert.Equal((CisStatus.Fail, "ActionsDisabled", false), (result.Status, result.ReasonCode, result.Incomplete));
        var routes = RuleTester.Control("3.13", failing.Evidence());
        Assert.Equal((CisStatus.Unknown, true), (routes.Status, routes.Incomplete));
    }

    [Fact]
    public void The_status_of_a_trail_that_fails_by_its_settings_is_not_missed()
    {
        var result = RuleTester.Control("2.4", With(Trail()).Deny(EvidenceKinds.TrailStatus, Trail().Arn));
        Assert.Equal((CisStatus.Fail, "NotIntegrated", false), (result.Status, result.ReasonCode, result.Incomplete));
    }

    [Fact]
    public void A_region_that_may_hide_a_failure_is_missed()
    {
        var evidence = Group(Rule("tcp", 22, 22, "0.0.0.0/0")).Deny(EvidenceKinds.SecurityGroups, "eu-west-1");
        var result = RuleTester.Control("4.1", evidence);
        Assert.Equal((CisStatus.Fail, true), (result.Status, result.Incomplete));
    }

    [Fact]
    public void A_prefix_list_of_a_rule_for_another_port_is_not_missed()
    {
        var evidence = Group(Rule("tcp", 443, 443, "pl-1")).Deny(EvidenceKinds.SecurityGroupPrefixLists, EvidenceKinds.PrefixListSubject("us-east-1", "pl-1"));
        var result = RuleTester.Control("4.1", evidence);
        Assert.Equal((CisStatus.Pass, false), (result.Status, result.Incomplete));
    }

    [Fact]
    public void What_made_a_finding_unknown_is_kept_for_the_warning_at_the_end()
    {
        var result = RuleTester.Control("2.4", With(Trail() with { CloudWatchLogsLogGroupArn = MonitoredAccount.LogGroupArn }).Deny(EvidenceKinds.TrailStatus, Trail().Arn));
        Assert.Equal("cloudtrail:GetTrailStatus", Assert.Single(result.ReadFailures).Action);
    }
}
