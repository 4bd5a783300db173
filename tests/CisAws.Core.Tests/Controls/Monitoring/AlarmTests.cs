using System.Linq;
using CisAws.Evidence;

namespace CisAws.Core.Tests.Controls.Monitoring;

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
            var result = new MonitoredAccount("3.5").Alarm(a => a with { ComparisonOperator = comparison }).Judged(("AlarmSensitivity", sensitivity));
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
        Assert.Equal((CisStatus.Pass, !fires), (account.Judged().Status, HasWarning(account.Judged(), "does not set alarm")));
        Assert.Equal(fires ? "Alarmed" : "NotSensitive", account.Judged(("AlarmSensitivity", "Require")).ReasonCode);
        Assert.Empty(account.Judged(("AlarmSensitivity", "Ignore")).Findings[0].Warnings);
    }

    [Fact]
    public void A_raised_threshold_in_3_1_passes_with_a_warning()
    {
        var result = new MonitoredAccount("3.1").Alarm(a => a with { Threshold = 10 }).Judged();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Equal(
            ["One event does not set alarm events-alarm off: Sum is 1 then, and must be at least 10."], result.Findings[0].Warnings);
    }

    [Fact]
    public void One_datapoint_out_of_several_periods_is_enough() => Assert.Empty(
        new MonitoredAccount("3.5").Alarm(a => a with { EvaluationPeriods = 3, DatapointsToAlarm = 1 }).Judged().Findings[0].Warnings);

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
            Assert.Equal((CisStatus.Pass, true), (account.Judged().Status, HasWarning(account.Judged(), "cannot be told")));
            var required = account.Judged(("AlarmSensitivity", "Require"));
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
            .Judged();
        Assert.Equal((CisStatus.Pass, stuck), (result.Status, HasWarning(result, "is on without any event")));
    }

    [Fact]
    public void An_alarm_on_one_value_of_a_dimension_is_not_linked()
    {
        var result = new MonitoredAccount("3.5").Alarm(a => a with { Dimensions = [new MetricDimension("eventName", "StopLogging")] }).Judged();
        Assert.Equal((CisStatus.Fail, "DimensionMismatch"), (result.Status, result.ReasonCode));
        Assert.Contains("eventName=StopLogging", result.Reason);
    }

    public static TheoryData<string[]> SimpleMath => new(
        [""], ["m1"], ["FILL(m1, 0)"], ["m1 + m2"], ["FILL(m1,0) + FILL(m2, 0)"], ["SUM(METRICS())"], ["SUM([m1, m2])"], ["e1 + m2", "FILL(m1, 0)"]);

    [Theory]
    [MemberData(nameof(SimpleMath))]
    public void A_metric_a_sum_or_a_filled_metric_is_alarmed_on(string[] expressions) =>
        Assert.Equal(CisStatus.Pass, Math(expressions).Judged().Status);

    public static TheoryData<string[]> OtherMath => new(
        ["m1 - m2"], ["m1 / m2"], ["m1 * 0"], ["IF(m1 > 5, 1, 0)"], ["FILL(m1, 1)"], ["RATE(m1)"], ["MIN(METRICS())"], ["m1 + e1", "0 - m1"], ["m1 + missing"], ["e1", "e2"],
        ["SELECT SUM(Events) FROM CISBenchmark"]);

    [Theory]
    [MemberData(nameof(OtherMath))]
    public void Any_other_expression_is_not_alarmed_on_and_warned_of(string[] expressions)
    {
        var result = Math(expressions).Judged();
        Assert.Equal((CisStatus.Fail, "MetricMathNotSimple"), (result.Status, result.ReasonCode));
        Assert.True(HasWarning(result, expressions[0]));
    }

    [Fact]
    public void Math_that_leaves_the_metric_out_is_not_alarmed_on() =>
        Assert.Equal(CisStatus.Fail, new MonitoredAccount("3.5").Math(MonitoredAccount.Query("m1"), MonitoredAccount.Query("m2", "Other", returned: true)).Judged().Status);

    [Theory]
    [InlineData(null, CisStatus.Pass)]
    [InlineData(Judge.AccountId, CisStatus.Pass)]
    [InlineData("444455556666", CisStatus.Fail)]
    public void Math_on_another_accounts_metric_is_not_alarmed_on(string? account, CisStatus expected) =>
        Assert.Equal(expected, new MonitoredAccount("3.5").Math(MonitoredAccount.Query("m1", returned: true, account: account)).Judged().Status);

    [Fact]
    public void Math_by_dimension_is_not_alarmed_on()
    {
        var query = MonitoredAccount.Query("m1", returned: true);
        query = query with { MetricStat = query.MetricStat! with { Dimensions = [new MetricDimension("eventName", "StopLogging")] } };
        Assert.Equal("MetricMathNotSimple", new MonitoredAccount("3.5").Math(query).Judged().ReasonCode);
    }

    [Fact]
    public void The_statistic_of_the_query_counts_in_math() =>
        Assert.True(HasWarning(new MonitoredAccount("3.5").Metric(m => m with { DefaultValue = 0 }).Math(MonitoredAccount.Query("m1", returned: true, stat: "Average")).Judged(), "Average is 0.2"));

    private static MonitoredAccount Math(string[] expressions)
    {
        var queries = expressions.Where(e => e.Length > 0).Select((e, i) => new MetricDataQuery($"e{i}", i == 0, e));
        return new MonitoredAccount("3.5").Math(
            [.. queries, MonitoredAccount.Query("m1", returned: expressions[0].Length == 0), MonitoredAccount.Query("m2", "Other")]);
    }

    private static bool HasWarning(CisResult result, string text) => result.Findings[0].Warnings.Any(w => w.Contains(text));
}
