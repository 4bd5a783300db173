using System.Linq;

namespace CisAws.Core.Tests.Controls.Monitoring;

/// <summary>Composite alarms that notify in the place of the metric alarm.</summary>
public sealed class CompositeAlarmTests
{
    [Theory]
    [InlineData("ALARM(\"events-alarm\")")]
    [InlineData("ALARM(events-alarm)")]
    [InlineData("ALARM( \"events-alarm\" ) OR ALARM(\"other\")")]
    [InlineData("(ALARM(\"a (b) OR c\") OR\n (ALARM(\"events-alarm\")))")]
    [InlineData("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:events-alarm) OR ALARM(x)")]
    public void An_OR_of_alarms_that_has_the_topic_passes(string rule)
    {
        var result = new MonitoredAccount("3.5").Composite(rule).Judged();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains("through composite alarm any", result.Reason);
    }

    [Fact]
    public void The_metric_alarms_own_actions_may_be_disabled() => Assert.Equal(
        CisStatus.Pass, new MonitoredAccount("3.5").Composite("ALARM(events-alarm)").Alarm(a => a with { ActionsEnabled = false }).Judged().Status);

    [Theory]
    [InlineData("ALARM(\"events-alarm\") AND ALARM(\"other\")")]
    [InlineData("NOT ALARM(\"events-alarm\")")]
    [InlineData("ALARM(\"events-alarm\") AND NOT OK(\"other\")")]
    [InlineData("ALARM(\"events-alarm\") OR TRUE")]
    public void Any_other_rule_fails_with_a_warning(string rule) => AssertWarns(new MonitoredAccount("3.5").Composite(rule).Judged(), rule);

    [Fact]
    public void A_suppressor_fails_with_a_warning() => AssertWarns(
        new MonitoredAccount("3.5").Composite("ALARM(events-alarm)", c => c with { ActionsSuppressor = "maintenance" }).Judged(), "maintenance");

    [Fact]
    public void Disabled_actions_fail_with_a_warning() => AssertWarns(
        new MonitoredAccount("3.5").Composite("ALARM(events-alarm)", c => c with { ActionsEnabled = false }).Judged(), "disabled");

    [Theory]
    [InlineData("ALARM(\"events\")")]
    [InlineData("ALARM(\"other\")")]
    [InlineData("OK(\"events-alarm\")")]
    public void A_rule_about_other_alarms_does_not_count(string rule)
    {
        var result = new MonitoredAccount("3.5").Composite(rule).Judged();
        Assert.Equal((CisStatus.Fail, "NoSnsAction"), (result.Status, result.ReasonCode));
        Assert.Empty(result.Findings[0].Warnings);
    }

    [Fact]
    public void Quoted_names_are_read_with_their_escapes() => Assert.Equal(
        CisStatus.Pass,
        new MonitoredAccount("3.5").Composite("""ALARM("say \"no\" \\ (twice)")""").Alarm(a => a with { Name = """say "no" \ (twice)""" }).Judged().Status);

    private static void AssertWarns(CisResult result, string text)
    {
        Assert.Equal((CisStatus.Fail, "NoSnsAction"), (result.Status, result.ReasonCode));
        Assert.Contains(text, Assert.Single(result.Findings[0].Warnings));
    }
}
