using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Rules.Alarms;
using CsCheck;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>Composite alarms that notify in the place of the metric alarm.</summary>
public sealed class CompositeAlarmTests
{
    [Theory]
    [InlineData("ALARM(\"events-alarm\")")]
    [InlineData("ALARM(events-alarm)")]
    [InlineData("ALARM( \"events-alarm\" ) OR ALARM(\"other\")")]
    [InlineData("(ALARM(\"a (b) OR c\") OR\n (ALARM(\"events-alarm\")))")]
    [InlineData("ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:events-alarm) OR ALARM(x)")]
    [InlineData("AT_LEAST(1, ALARM, (\"events-alarm\", other))")]
    [InlineData("at_least( 1 , alarm , ( events-alarm ) )")]
    [InlineData("AT_LEAST(50%, ALARM, (events-alarm, other))")]
    [InlineData("AT_LEAST(33.3%, NOT OK, (a, events-alarm, b))")]
    [InlineData("AT_LEAST(1, NOT INSUFFICIENT_DATA, (events-alarm)) AND NOT OK(events-alarm)")]
    [InlineData("NOT OK(\"events-alarm\")")]
    [InlineData("NOT NOT ALARM(events-alarm)")]
    [InlineData("NOT (OK(events-alarm))")]
    [InlineData("ALARM(\"events-alarm\") OR FALSE")]
    [InlineData("TRUE AND ALARM(events-alarm)")]
    [InlineData("ALARM(a) AND ALARM(b) OR ALARM(events-alarm)")]
    [InlineData("(ALARM(events-alarm) OR ALARM(a)) AND (ALARM(events-alarm) OR ALARM(b))")]
    public void A_rule_that_the_alarm_alone_makes_true_passes(string rule)
    {
        var result = new MonitoredAccount("3.5").Composite(rule).Assessed();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Equal("Alarm events-alarm notifies topic security through composite alarm any.", result.Reason);
        Assert.Empty(result.Findings[0].Warnings);
    }

    /// <summary>The usual state of the others is OK; what another state of theirs does is a warning.</summary>
    [Theory]
    [InlineData("ALARM(events-alarm) AND NOT ALARM(maintenance)")]
    [InlineData("ALARM(events-alarm) AND OK(other)")]
    [InlineData("AT_LEAST(2, NOT ALARM, (a, b)) AND ALARM(events-alarm)")]
    public void A_rule_that_another_alarm_can_keep_from_being_true_passes_with_a_warning(string rule)
    {
        var result = new MonitoredAccount("3.5").Composite(rule).Assessed();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains(rule, Assert.Single(result.Findings[0].Warnings));
    }

    [Fact]
    public void The_metric_alarms_own_actions_may_be_disabled() => Assert.Equal(
        CisStatus.Pass, new MonitoredAccount("3.5").Composite("ALARM(events-alarm)").Alarm(a => a with { ActionsEnabled = false }).Assessed().Status);

    [Theory]
    [InlineData("ALARM(\"events-alarm\") AND ALARM(\"other\")")]
    [InlineData("NOT ALARM(\"events-alarm\")")]
    [InlineData("ALARM(\"events-alarm\") AND NOT OK(\"other\")")]
    [InlineData("ALARM(\"events-alarm\") OR TRUE")]
    [InlineData("AT_LEAST(2, ALARM, (events-alarm, other))")]
    [InlineData("AT_LEAST(60%, ALARM, (events-alarm, other))")]
    [InlineData("AT_LEAST(51%, ALARM, (events-alarm, other))")]
    [InlineData("AT_LEAST(1, NOT ALARM, (events-alarm, other))")]
    [InlineData("FALSE AND ALARM(events-alarm)")]
    [InlineData("NOT (ALARM(a) OR NOT ALARM(events-alarm)) AND ALARM(b)")]
    public void Any_other_rule_fails_with_a_warning(string rule) => AssertWarns(new MonitoredAccount("3.5").Composite(rule).Assessed(), rule);

    [Fact]
    public void A_suppressor_fails_with_a_warning() => AssertWarns(
        new MonitoredAccount("3.5").Composite("ALARM(events-alarm)", c => c with { ActionsSuppressor = "maintenance" }).Assessed(), "maintenance");

    [Fact]
    public void Disabled_actions_fail_with_a_warning() => AssertWarns(
        new MonitoredAccount("3.5").Composite("ALARM(events-alarm)", c => c with { ActionsEnabled = false }).Assessed(), "disabled");

    [Theory]
    [InlineData("ALARM(\"events\")")]
    [InlineData("ALARM(\"other\")")]
    [InlineData("OK(\"events-alarm\")")]
    [InlineData("INSUFFICIENT_DATA(events-alarm)")]
    [InlineData("AT_LEAST(1, ALARM, (other, events))")]
    [InlineData("ALARM(more-events-alarm-2) XOR ALARM(other)")]
    public void A_rule_about_other_alarms_does_not_count(string rule)
    {
        var result = new MonitoredAccount("3.5").Composite(rule).Assessed();
        Assert.Equal((CisStatus.Fail, "NoSnsAction"), (result.Status, result.ReasonCode));
        Assert.Empty(result.Findings[0].Warnings);
    }

    [Fact]
    public void Quoted_names_are_read_with_their_escapes() => Assert.Equal(
        CisStatus.Pass,
        new MonitoredAccount("3.5").Composite("""ALARM("say \"no\" \\ (twice)")""").Alarm(a => a with { Name = """say "no" \ (twice)""" }).Assessed().Status);

    [Theory]
    [InlineData("ALARM(\"events-alarm\") XOR ALARM(other)")]
    [InlineData("AT_MOST(1, ALARM, (events-alarm))")]
    [InlineData("AT_LEAST(1, FLAPPING, (events-alarm))")]
    [InlineData("AT_LEAST(one, ALARM, (events-alarm))")]
    [InlineData("ALARM(events-alarm")]
    [InlineData("ALARM(events-alarm) OR")]
    [InlineData("ALARM(\"events-alarm\", 5)")]
    [InlineData("STATE(arn:aws:cloudwatch:us-east-1:111122223333:alarm:events-alarm) = ALARM")]
    public void A_rule_that_is_not_understood_and_names_the_alarm_is_unknown(string rule)
    {
        var result = new MonitoredAccount("3.5").Composite(rule).Assessed();
        Assert.Equal((CisStatus.Unknown, "AlarmRuleNotUnderstood"), (result.Status, result.ReasonCode));
        Assert.Contains(rule, result.Reason);
        Assert.Equal("NoSnsAction", new MonitoredAccount("3.5").Composite(rule, c => c with { ActionsEnabled = false }).Assessed().ReasonCode);
        Assert.Equal("NoConfirmedSubscription", new MonitoredAccount("3.5").Composite(rule).Subscriptions("PendingConfirmation").Assessed().ReasonCode);
    }

    // The first composite alarm has the topic.
    [Theory]
    [InlineData("Pass Alarmed", "ALARM(c1)", "ALARM(events-alarm)")]
    [InlineData("Pass Alarmed", "ALARM(\"c1\") OR ALARM(x)", "ALARM(c2)", "ALARM(c3)", "AT_LEAST(1, ALARM, (events-alarm, y))")]
    [InlineData("Pass Alarmed", "ALARM(arn:aws:cloudwatch:us-east-1:111122223333:alarm:c1)", "ALARM(events-alarm)")]
    [InlineData("Pass Alarmed", "NOT OK(c1)", "ALARM(events-alarm)")]
    [InlineData("Pass Alarmed", "ALARM(c1) OR ALARM(events-alarm)", "ALARM(c0)")]
    [InlineData("Pass Alarmed", "ALARM(c1)", "ALARM(c0) OR ALARM(events-alarm)")]
    [InlineData("Pass Alarmed", "ALARM(c0) OR ALARM(events-alarm)")]
    [InlineData("Fail NoSnsAction", "ALARM(c1)", "ALARM(events-alarm) AND ALARM(other)")]
    [InlineData("Fail NoSnsAction", "ALARM(c1) AND ALARM(c2)", "ALARM(events-alarm)", "ALARM(other)")]
    [InlineData("Fail NoSnsAction", "ALARM(c1)", "NOT ALARM(events-alarm)")]
    [InlineData("Fail NoSnsAction", "ALARM(c1)", "OK(events-alarm)")]
    [InlineData("Fail NoSnsAction", "ALARM(c1)", "ALARM(c0)")]
    [InlineData("Unknown AlarmRuleNotUnderstood", "ALARM(c1)", "events-alarm is in ALARM")]
    [InlineData("Unknown AlarmRuleNotUnderstood", "ALARM(c1) AND NOT ALARM(c0)", "ALARM(events-alarm)")]
    [InlineData("Fail NoSnsAction", "ALARM(c1) AND FALSE", "events-alarm is in ALARM")]
    [InlineData("Fail NoSnsAction", "ALARM(events-alarm) OR ALARM(c1)", "NOT ALARM(other)")]
    [InlineData("Pass Alarmed", "ALARM(events-alarm) OR ALARM(c1)", "rain")]
    public void Composite_alarms_are_followed_through_each_other(string expected, params string[] rules)
    {
        var composites = rules.Select((rule, i) => MonitoredAccount.NewComposite($"c{i}", rule) with { AlarmActions = i == 0 ? [MonitoredAccount.TopicArn] : [] });
        var result = new MonitoredAccount("3.5").Composites([.. composites]).Assessed();
        Assert.Equal(expected, $"{result.Status} {result.ReasonCode}");
    }

    [Fact]
    public void A_long_chain_of_composite_alarms_is_followed_to_its_end()
    {
        var composites = Enumerable.Range(0, 150).Select(i => MonitoredAccount.NewComposite($"c{i}", i == 149 ? "ALARM(events-alarm)" : $"ALARM(c{i + 1})") with
        {
            AlarmActions = i == 0 ? [MonitoredAccount.TopicArn] : [],
        });
        Assert.Equal(CisStatus.Pass, new MonitoredAccount("3.5").Composites([.. composites]).Assessed().Status);
    }

    [Fact]
    public void A_rule_of_any_nesting_is_bounded()
    {
        var deep = new string('(', 100_000) + "ALARM(events-alarm)" + new string(')', 100_000);
        Assert.Equal("AlarmRuleNotUnderstood", new MonitoredAccount("3.5").Composite(deep).Assessed().ReasonCode);
        var wide = string.Join(" OR ", Enumerable.Range(0, 10_000).Select(i => $"NOT NOT ALARM(a{i})")) + " OR ALARM(events-alarm)";
        Assert.Equal(CisStatus.Pass, new MonitoredAccount("3.5").Composite(wide).Assessed().Status);
    }

    /// <summary>Networks without circles: each composite alarm refers to the metric alarm, to another, and to those before it.</summary>
    [Fact]
    public void A_composite_alarm_is_triggered_where_its_rule_turns_true() => Gen.Int[0, 4].Array[3].Array[1, 6].Sample(
        network =>
        {
            var composites = network.Select((picks, i) => MonitoredAccount.NewComposite($"c{i}", Rule(i, picks))).ToList();
            var alarm = MonitoredAccount.NewAlarm();
            var following = CompositeAlarms.Of(new RegionAlarms([alarm], composites)).Following(alarm).ToDictionary(f => f.Alarm.Name, f => f.IsTriggered == true);
            for (var i = 0; i < network.Length; i++)
            {
                var expected = !IsInAlarm(i, triggered: false) && IsInAlarm(i, triggered: true);
                Assert.True(following.GetValueOrDefault($"c{i}") == expected, string.Join("; ", composites.Select(c => $"{c.Name} = {c.AlarmRule}")));
            }

            static string Name(int i, int pick) => pick == 0 || i == 0 ? "events-alarm" : pick == 1 ? "other" : $"c{pick % i}";

            static string Rule(int i, int[] picks) => picks[0] switch
            {
                0 => $"ALARM({Name(i, picks[1])}) OR ALARM({Name(i, picks[2])})",
                1 => $"ALARM({Name(i, picks[1])}) AND ALARM({Name(i, picks[2])})",
                2 => $"NOT ALARM({Name(i, picks[1])})",
                3 => $"ALARM({Name(i, picks[1])}) AND OK({Name(i, picks[2])})",
                _ => $"AT_LEAST(2, NOT OK, ({Name(i, picks[1])}, {Name(i, picks[2])}, other))",
            };

            bool IsInAlarm(int i, bool triggered)
            {
                bool On(int pick) => pick == 0 || i == 0 ? triggered : pick != 1 && IsInAlarm(pick % i, triggered);
                var (first, second) = (On(network[i][1]), On(network[i][2]));
                return network[i][0] switch { 0 => first || second, 2 => !first, 3 => first && !second, _ => first && second };
            }
        },
        iter: 5_000,
        threads: 1);

    private static void AssertWarns(CisResult result, string text)
    {
        Assert.Equal((CisStatus.Fail, "NoSnsAction"), (result.Status, result.ReasonCode));
        Assert.Contains(text, Assert.Single(result.Findings[0].Warnings));
    }
}
