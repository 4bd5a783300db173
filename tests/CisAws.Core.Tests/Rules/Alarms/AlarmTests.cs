using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>What counts as an alarm on the metric, and whether it goes off.</summary>
public sealed class AlarmTests
{
    [Theory]
    [InlineData("LessThanThreshold")]
    [InlineData("LessThanOrEqualToThreshold")]
    [InlineData("LessThanLowerThreshold")]
    public void An_alarm_in_the_wrong_direction_fails(string comparison)
    {
        foreach (var sensitivity in new[] { "Warn", "Require", "Ignore" })
        {
            var result = new MonitoredAccount("3.5").Alarm(a => a with { ComparisonOperator = comparison }).Assessed(("AlarmSensitivity", sensitivity));
            Assert.Equal((CisStatus.Fail, "WrongDirection"), (result.Status, result.ReasonCode));
        }
    }

    // statistic, period, comparison, threshold, periods, metric value, default value: does one event set it off?
    [Theory]
    [InlineData("Sum", 300, ">=", 1, 1, "1", null, true)]
    [InlineData("Sum", 300, ">", 0, 1, "1", null, true)]
    [InlineData("Sum", 300, ">", 1, 1, "1", null, false)]
    [InlineData("Sum", 300, ">=", 10, 1, "1", null, false)]
    [InlineData("Sum", 300, ">=", 10, 1, "10", null, true)]
    [InlineData("Sum", 300, ">=", 1, 1, "1", 0.0, true)]
    [InlineData("Sum", 300, ">=", 1, 1, "1", -1.0, false)]
    [InlineData("Sum", 300, ">=", 1, 2, "1", null, false)]
    [InlineData("Maximum", 300, ">=", 1, 1, "1", 0.0, true)]
    [InlineData("SampleCount", 300, ">=", 1, 1, "5", null, true)]
    [InlineData("SampleCount", 300, ">=", 2, 1, "5", null, false)]
    [InlineData("Average", 300, ">=", 1, 1, "1", null, true)]
    [InlineData("Average", 300, ">=", 1, 1, "1", 0.0, false)]
    [InlineData("Average", 60, ">=", 1, 1, "1", 0.0, true)]
    [InlineData("Average", 300, ">", 0, 1, "1", 0.0, true)]
    [InlineData("Minimum", 300, ">=", 1, 1, "1", null, true)]
    [InlineData("Minimum", 300, ">=", 1, 1, "1", 0.0, false)]
    [InlineData("p99", 300, ">=", 1, 1, "1", null, true)]
    public void One_event_sets_the_alarm_off_or_there_is_a_warning(
        string statistic, int period, string comparison, double threshold, int periods, string value, double? idle, bool fires)
    {
        var account = new MonitoredAccount("3.5")
            .Metric(m => m with { MetricValue = value, DefaultValue = idle })
            .Alarm(a => a with
            {
                Statistic = statistic,
                Period = period,
                ComparisonOperator = comparison == ">" ? "GreaterThanThreshold" : "GreaterThanOrEqualToThreshold",
                Threshold = threshold,
                EvaluationPeriods = periods,
            });
        Assert.Equal((CisStatus.Pass, !fires), (account.Assessed().Status, HasWarning(account.Assessed(), "does not trigger alarm")));
        Assert.Equal(fires ? "Alarmed" : "NotSensitive", account.Assessed(("AlarmSensitivity", "Require")).ReasonCode);
        Assert.Empty(account.Assessed(("AlarmSensitivity", "Ignore")).Findings[0].Warnings);
    }

    [Fact]
    public void A_raised_threshold_in_3_1_passes_with_a_warning()
    {
        var result = new MonitoredAccount("3.1").Alarm(a => a with { Threshold = 10 }).Assessed();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Equal(
            ["One event does not trigger alarm events-alarm: Sum is 1 and must be at least 10."], result.Findings[0].Warnings);
    }

    [Fact]
    public void One_datapoint_out_of_several_periods_is_enough() => Assert.Empty(
        new MonitoredAccount("3.5").Alarm(a => a with { EvaluationPeriods = 3, DatapointsToAlarm = 1 }).Assessed().Findings[0].Warnings);

    [Fact]
    public void What_cannot_be_told_is_a_warning_or_undecided_where_it_is_required()
    {
        MonitoredAccount[] accounts =
        [
            new MonitoredAccount("3.5").Alarm(a => a with { Threshold = null, ThresholdMetricId = "ad1", ComparisonOperator = "GreaterThanUpperThreshold" }),
            new MonitoredAccount("3.5").Alarm(a => a with { Statistic = null, ExtendedStatistic = "tm90" }),
            new MonitoredAccount("3.5").Metric(m => m with { MetricValue = "$.requestParameters.count" }),
        ];
        foreach (var account in accounts)
        {
            Assert.Equal((CisStatus.Pass, true), (account.Assessed().Status, HasWarning(account.Assessed(), "is not known")));
            var required = account.Assessed(("AlarmSensitivity", "Require"));
            Assert.Equal((CisStatus.Unknown, "SensitivityUnclear"), (required.Status, required.ReasonCode));
        }
    }

    [Theory]
    [InlineData("Sum", 1.0, 1.0, "notBreaching", true)]
    [InlineData("Sum", 1.0, 5.0, "notBreaching", true)]
    [InlineData("Sum", 0.0, 1.0, "notBreaching", false)]
    [InlineData("Maximum", 1.0, 5.0, "notBreaching", false)]
    [InlineData("SampleCount", 0.0, 1.0, "notBreaching", true)]
    [InlineData("Sum", null, 1.0, "breaching", true)]
    [InlineData("Sum", null, 1.0, "missing", false)]
    [InlineData("Sum", null, 1.0, "ignore", false)]
    public void An_alarm_that_is_on_without_events_is_warned_of(string statistic, double? idle, double threshold, string missing, bool stuck)
    {
        var result = new MonitoredAccount("3.5")
            .Metric(m => m with { DefaultValue = idle })
            .Alarm(a => a with { Statistic = statistic, Threshold = threshold, TreatMissingData = missing })
            .Assessed();
        Assert.Equal((CisStatus.Pass, stuck), (result.Status, HasWarning(result, "is in ALARM without any event")));
    }

    [Fact]
    public void An_alarm_on_one_value_of_a_dimension_is_not_linked()
    {
        var result = new MonitoredAccount("3.5").Alarm(a => a with { Dimensions = [new MetricDimension("eventName", "StopLogging")] }).Assessed();
        Assert.Equal((CisStatus.Fail, "DimensionMismatch"), (result.Status, result.ReasonCode));
        Assert.Contains("eventName=StopLogging", result.Reason);
    }

    [Theory]
    [InlineData(null, null, CisStatus.Pass)]
    [InlineData(null, "None", CisStatus.Pass)]
    [InlineData("Count", null, CisStatus.Pass)]
    [InlineData("Count", "Count", CisStatus.Pass)]
    [InlineData("None", "None", CisStatus.Pass)]
    [InlineData(null, "Bytes", CisStatus.Fail)]
    [InlineData(null, "Count", CisStatus.Fail)]
    [InlineData("Count", "None", CisStatus.Fail)]
    [InlineData("Count", "count", CisStatus.Fail)]
    public void An_alarm_gets_data_only_in_the_unit_that_the_filter_publishes(string? published, string? watched, CisStatus expected)
    {
        var query = MonitoredAccount.Query("m1", returned: true);
        MonitoredAccount Account() => new MonitoredAccount("3.5").Metric(m => m with { Unit = published });
        var plain = Account().Alarm(a => a with { Unit = watched }).Assessed();
        var math = Account().Math(query with { MetricStat = query.MetricStat! with { Unit = watched } }).Assessed();
        var code = expected == CisStatus.Pass ? "Alarmed" : "UnitMismatch";
        Assert.Equal((expected, code, expected, code), (plain.Status, plain.ReasonCode, math.Status, math.ReasonCode));
    }

    [Fact]
    public void The_reason_names_both_units() => Assert.Equal(
        "Alarm events-alarm watches metric CISBenchmark/Events in unit Bytes, but metric filter events publishes it in unit None.",
        new MonitoredAccount("3.5").Alarm(a => a with { Unit = "Bytes" }).Assessed().Reason);

    [Fact]
    public void An_alarm_in_the_right_unit_counts_beside_one_in_another() => Assert.Equal(
        CisStatus.Pass,
        new MonitoredAccount("3.5").Alarms(MonitoredAccount.NewAlarm("a") with { Unit = "Bytes" }, MonitoredAccount.NewAlarm("b") with { Unit = "None" }).Assessed().Status);

    // m1 is the metric, m2 another one. The first expression is the one that is returned.
    public static TheoryData<string[]> Triggered => new(
        [""], ["m1"], ["(m1)"], ["((m1))"], ["FILL(m1, 0)"], ["FILL(m1, REPEAT)"], ["m1 + m2"], ["FILL(m1,0) + FILL(m2, 0)"], ["SUM(METRICS())"], ["SUM([m1, m2])"],
        ["e1 + m2", "FILL(m1, 0)"], ["m1*1"], ["m1 * 2.5"], ["2 * m1 / 2"], ["100 * m1 - 99"], ["-(-m1)"], ["CEIL(m1)"], ["FLOOR(m1)"], ["ABS(0 - m1)"], ["CEIL(m1 / 10)"],
        ["MAX(METRICS())"], ["MAX([m1, 0])"], ["MAX([m2, m1])"], ["MIN([m1, 5])"], ["AVG([m1, 1])"], ["SUM(METRICS(\"m1\"))"], ["IF(m1 > 0, 1, 0)"], ["IF(m1 >= 1, m1, 0)"],
        ["IF(m1, 1)"], ["IF(m1 == 1, 1, 0)"], ["IF(m1 != 0, 1, 0)"], ["IF(0 < m1, 1, 0)"], ["IF(m1 > 0 OR m2 > 0, 1, 0)"], ["IF(m1 > 0 || m2 > 0, 1, 0)"],
        ["IF(m1 > 0 AND 1, 1, 0)"], ["m1 >= 1"], ["m1 / PERIOD(m1) * 300"], ["TIME_SERIES(1) * m1"], ["TIME_SERIES(1 / SUM(m1))"], ["SUM(m1) * (m1 / m1)"], [" m1\n +\tm2 "]);

    [Theory]
    [MemberData(nameof(Triggered))]
    public void Math_whose_result_reaches_the_threshold_with_one_event_is_alarmed_on(string[] expressions)
    {
        var result = Math(expressions).Assessed(("AlarmSensitivity", "Require"));
        Assert.Equal((CisStatus.Pass, "Alarmed"), (result.Status, result.ReasonCode));
    }

    public static TheoryData<string[]> TriggeredByMore => new(["IF(m1 > 5, 1, 0)"], ["m1 / 10"], ["IF(m1 > 5, m1)"], ["FLOOR(m1 / 2)"], ["m1 - 1"], ["IF(m1 > 0 AND m1 > 3, 1, 0)"]);

    [Theory]
    [MemberData(nameof(TriggeredByMore))]
    public void Math_that_takes_more_than_one_event_is_what_a_higher_threshold_is(string[] expressions)
    {
        var warned = Math(expressions).Assessed();
        Assert.Equal((CisStatus.Pass, true), (warned.Status, HasWarning(warned, $"does not trigger alarm events-alarm: {expressions[0]}")));
        Assert.Equal("NotSensitive", Math(expressions).Assessed(("AlarmSensitivity", "Require")).ReasonCode);
    }

    public static TheoryData<string[]> NeverTriggered => new(["m1 * 0"], ["0 - m1"], ["-m1"], ["IF(m1 < 0, 1, 0)"], ["MIN([m1, 0])"], ["m1 / 0"]);

    [Theory]
    [MemberData(nameof(NeverTriggered))]
    public void Math_that_no_number_of_events_brings_to_the_threshold_fails(string[] expressions)
    {
        var result = Math(expressions).Assessed(("AlarmSensitivity", "Ignore"));
        Assert.Equal((CisStatus.Fail, "AlarmNeverTriggered"), (result.Status, result.ReasonCode));
    }

    // SEARCH and anomaly bands, functions over time, powers, circles, and what is not an expression at all.
    public static TheoryData<string[]> NotUnderstood => new(
        ["RATE(m1)"], ["DIFF(m1)"], ["m1 ^ 2"], ["RUNNING_SUM(m1)"], ["m1 + e1"], ["m1 + missing"], ["e1", "m1 + e0"], ["SELECT SUM(Events) FROM CISBenchmark"], ["METRICS()"],
        ["m1 +"], ["(m1"], ["m1 m1"], ["MAX(m1, m2)"], ["IF(m1 > 0)"], ["FILL(m1)"], ["m1 # 1"], ["ABS(m1, 1)"], ["LOG(m1)"]);

    [Theory]
    [MemberData(nameof(NotUnderstood))]
    public void Math_on_the_metric_that_is_not_understood_is_unknown(string[] expressions)
    {
        foreach (var sensitivity in new[] { "Warn", "Require", "Ignore" })
        {
            var result = Math(expressions).Assessed(("AlarmSensitivity", sensitivity));
            Assert.Equal((CisStatus.Unknown, "MetricMathNotUnderstood"), (result.Status, result.ReasonCode));
            Assert.Contains(expressions[0], result.Reason);
        }
    }

    [Fact]
    public void Two_returned_results_are_not_understood() => Assert.Equal(
        "MetricMathNotUnderstood", new MonitoredAccount("3.5").Math(MonitoredAccount.Query("m1", returned: true), MonitoredAccount.Query("m2", "Other", returned: true)).Assessed().ReasonCode);

    [Theory]
    [InlineData("m1 - m2")]
    [InlineData("m1 / m2")]
    [InlineData("MIN(METRICS())")]
    [InlineData("AVG(METRICS())")]
    [InlineData("IF(m2 > 0, m1, 0)")]
    [InlineData("IF(m2 > 5, m1, m1 + 1)")]
    [InlineData("m1 * m2")]
    [InlineData("AVG(m1)")]
    public void Math_whose_result_depends_on_other_metrics_is_unknown(string expression)
    {
        var result = Math([expression]).Assessed();
        Assert.Equal((CisStatus.Unknown, "MetricMathUnclear"), (result.Status, result.ReasonCode));
        Assert.Contains(expression, result.Reason);
    }

    [Fact]
    public void A_break_after_math_that_is_not_understood_decides() =>
        Assert.Equal("ActionsDisabled", Math(["RATE(m1)"]).Alarm(a => a with { ActionsEnabled = false }).Assessed().ReasonCode);

    [Theory]
    [InlineData("m1")]
    [InlineData("m2")]
    [InlineData("RATE(m2)")]
    public void Math_that_leaves_the_metric_out_is_not_alarmed_on(string other)
    {
        var account = new MonitoredAccount("3.5").Math(
            new MetricDataQuery("e1", true, other.Replace("m1", "1")), MonitoredAccount.Query("m1"), MonitoredAccount.Query("m2", "Other"));
        Assert.Equal("NoAlarm", account.Assessed().ReasonCode);
    }

    [Theory]
    [InlineData("-m1", "LessThanThreshold", 0, CisStatus.Pass)]
    [InlineData("100 - m1", "LessThanOrEqualToThreshold", 99, CisStatus.Pass)]
    [InlineData("m1 * 2", "LessThanThreshold", 5, CisStatus.Fail)]
    [InlineData("100 - m1", "LessThanThreshold", 200, CisStatus.Fail)]
    public void Math_can_turn_the_direction_round(string expression, string comparison, double threshold, CisStatus expected) => Assert.Equal(
        expected, Math([expression]).Alarm(a => a with { ComparisonOperator = comparison, Threshold = threshold }).Assessed(("AlarmSensitivity", "Require")).Status);

    [Theory]
    [InlineData("FILL(m1, 1)", true)]
    [InlineData("FILL(m1, 0)", false)]
    [InlineData("m1 + 5", false)]
    [InlineData("FILL(m1, 0) + 5", true)]
    [InlineData("TIME_SERIES(5) + m1", true)]
    public void Math_that_reaches_the_threshold_without_events_is_warned_of(string expression, bool stuck)
    {
        var result = Math([expression]).Assessed();
        Assert.Equal((CisStatus.Pass, stuck), (result.Status, HasWarning(result, "is in ALARM without any event")));
    }

    [Theory]
    [InlineData(null, CisStatus.Pass)]
    [InlineData(RuleTester.AccountId, CisStatus.Pass)]
    [InlineData("444455556666", CisStatus.Fail)]
    public void Math_on_another_accounts_metric_is_not_alarmed_on(string? account, CisStatus expected) =>
        Assert.Equal(expected, new MonitoredAccount("3.5").Math(MonitoredAccount.Query("m1", returned: true, account: account)).Assessed().Status);

    [Fact]
    public void Math_by_dimension_is_not_alarmed_on()
    {
        var query = MonitoredAccount.Query("m1", returned: true);
        query = query with { MetricStat = query.MetricStat! with { Dimensions = [new MetricDimension("eventName", "StopLogging")] } };
        Assert.Equal("DimensionMismatch", new MonitoredAccount("3.5").Math(query).Assessed().ReasonCode);
    }

    /// <summary>An anomaly detection alarm returns the metric and the band, which is its threshold.</summary>
    [Fact]
    public void The_band_of_an_anomaly_detection_alarm_is_not_a_second_result()
    {
        var result = new MonitoredAccount("3.5")
            .Math(MonitoredAccount.Query("m1", returned: true), new MetricDataQuery("ad1", true, "ANOMALY_DETECTION_BAND(m1, 2)"))
            .Alarm(a => a with { Threshold = null, ThresholdMetricId = "ad1", ComparisonOperator = "GreaterThanUpperThreshold" })
            .Assessed();
        Assert.Equal((CisStatus.Pass, true), (result.Status, HasWarning(result, "anomaly detection band")));
    }

    [Fact]
    public void Math_of_any_depth_and_any_number_of_references_is_bounded()
    {
        var doubling = Enumerable.Range(0, 90).Select(i => i == 89 ? "m1" : $"e{i + 1} + e{i + 1}").ToArray();
        Assert.Equal(CisStatus.Pass, Math(doubling).Assessed().Status);
        Assert.Equal("MetricMathNotUnderstood", Math([new string('(', 100_000) + "m1" + new string(')', 100_000)]).Assessed().ReasonCode);
        Assert.Equal("MetricMathNotUnderstood", Math([new string('-', 100_000) + "m1"]).Assessed().ReasonCode);
    }

    [Fact]
    public void The_statistic_of_the_query_counts_in_math() =>
        Assert.True(HasWarning(new MonitoredAccount("3.5").Metric(m => m with { DefaultValue = 0 }).Math(MonitoredAccount.Query("m1", returned: true, stat: "Average")).Assessed(), "Average is 0.2"));

    private static MonitoredAccount Math(string[] expressions)
    {
        var queries = expressions.Where(e => e.Length > 0).Select((e, i) => new MetricDataQuery($"e{i}", i == 0, e));
        return new MonitoredAccount("3.5").Math(
            [.. queries, MonitoredAccount.Query("m1", returned: expressions[0].Length == 0), MonitoredAccount.Query("m2", "Other")]);
    }

    private static bool HasWarning(CisResult result, string text) => result.Findings[0].Warnings.Any(w => w.Contains(text));
}
