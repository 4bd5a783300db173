using System;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>Which metric filters have the pattern, and which of them publish a metric that an alarm can watch.</summary>
public sealed class MetricFilterTests
{
    public static TheoryData<string> Controls => BenchmarkPatterns.Controls;

    [Theory]
    [MemberData(nameof(Controls))]
    public void Another_spelling_of_the_benchmarks_pattern_passes(string control)
    {
        var spelt = BenchmarkPatterns.ByControl[control].Replace(" = ", "=").Replace("||", "\n||\n").Replace("{ ", "{ (").Replace(" }", ") }");
        Assert.NotEqual(BenchmarkPatterns.ByControl[control], spelt);
        Assert.Equal(CisStatus.Pass, new MonitoredAccount(control).Pattern(spelt).Assessed().Status);
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void The_pattern_that_the_catalogue_tells_to_set_passes(string control)
    {
        const string label = "Filter pattern: ";
        var step = DefaultPrograms.Benchmark.Find(ControlId.Parse(control))!.Remediation.Console.Single(s => s.StartsWith(label, StringComparison.Ordinal));
        Assert.Equal(CisStatus.Pass, new MonitoredAccount(control).Pattern(step.Substring(label.Length)).Assessed().Status);
    }

    private static readonly (string, object) Exact = ("PatternMatch", "Exact");

    // Extra cases of the controls, as far as equality decides them.
    [Theory]
    [InlineData("3.1", "{ ($.errorCode = \"AccessDenied*\") || ($.errorCode = \"*UnauthorizedOperation\") }")]
    [InlineData("3.1", "{ (($.errorCode = \"*UnauthorizedOperation\") || ($.errorCode = \"AccessDenied*\")) && ($.sourceIPAddress != \"delivery.logs.amazonaws.com\") && ($.eventName != \"HeadBucket\") }")]
    [InlineData("3.2", "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") && ($.userIdentity.type = \"IAMUser\") && ($.responseElements.ConsoleLogin = \"Success\") }")]
    [InlineData("3.3", "{ $.userIdentity.type = \"root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }")]
    [InlineData("3.5", "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) }")]
    [InlineData("3.6", "{ ($.eventName = ConsoleLogin) && ($.responseElements.ConsoleLogin = \"Failure\") }")]
    [InlineData("3.9", "{ ($.eventSource = config.amazon.com) && (($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) || ($.eventName=PutDeliveryChannel) || ($.eventName=PutConfigurationRecorder)) }")]
    [InlineData("3.7", "{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }")]
    [InlineData("3.5", "")]
    [InlineData("3.5", "?CreateTrail ?StopLogging")]
    [InlineData("3.5", "{ ($.eventName = CreateTrail")]
    public void A_pattern_that_does_not_equal_fails_where_equality_is_asked_for(string control, string pattern)
    {
        var result = new MonitoredAccount(control).Pattern(pattern).Assessed(Exact);
        Assert.Equal((CisStatus.Fail, "NoMatchingFilter"), (result.Status, result.ReasonCode));
        Assert.Contains("CloudTrail/main", result.Findings[0].Facts.ToString());
    }

    [Fact]
    public void A_pattern_of_the_program_takes_the_benchmarks_place()
    {
        var account = new MonitoredAccount("3.5").Pattern("{ $.eventName = \"*Trail\" }");
        Assert.Equal(CisStatus.Pass, account.Assessed(("Pattern", "{ ($.eventName = *Trail) }")).Status);
        Assert.Equal(CisStatus.Fail, new MonitoredAccount("3.5").Assessed(("Pattern", "{ ($.eventName = *Trail) }")).Status);
    }

    [Fact]
    public void A_pattern_of_the_program_that_is_none_decides_nothing_and_says_where()
    {
        var result = new MonitoredAccount("3.5").Assessed(("Pattern", "{ $.eventName == x }"));
        Assert.Equal((CisStatus.Unknown, "InvalidPattern"), (result.Status, result.ReasonCode));
        Assert.Contains("at character 16", result.Reason);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0")]
    [InlineData("-1")]
    public void A_metric_that_is_never_above_0_fails(string value) =>
        Assert.Equal("MetricNeverPositive", new MonitoredAccount("3.5").Metric(m => m with { MetricValue = value }).Assessed().ReasonCode);

    [Fact]
    public void A_metric_by_dimension_fails()
    {
        var result = new MonitoredAccount("3.5").Metric(m => m with { Dimensions = [new MetricDimension("eventName", "$.eventName")] }).Assessed();
        Assert.Equal((CisStatus.Fail, "DimensionMismatch"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void A_metric_by_dimension_fails_though_an_alarm_watches_one_value() => Assert.Equal(
        "DimensionMismatch",
        new MonitoredAccount("3.5")
            .Metric(m => m with { Dimensions = [new MetricDimension("eventName", "$.eventName")] })
            .Alarm(a => a with { Dimensions = [new MetricDimension("eventName", "StopLogging")] })
            .Assessed().ReasonCode);

    [Fact]
    public void A_metric_by_system_field_fails() =>
        Assert.Equal("DimensionMismatch", new MonitoredAccount("3.5").Filter(f => f with { EmitSystemFieldDimensions = ["@aws.region"] }).Assessed().ReasonCode);

    [Fact]
    public void A_filter_narrowed_by_field_selection_fails()
    {
        var result = new MonitoredAccount("3.5").Filter(f => f with { FieldSelectionCriteria = "@aws.region = \"us-east-1\"" }).Assessed();
        Assert.Equal((CisStatus.Fail, "FilterNarrowed"), (result.Status, result.ReasonCode));
        Assert.Contains("@aws.region", result.Reason);
    }

    [Fact]
    public void A_filter_on_transformed_logs_is_unknown()
    {
        var result = new MonitoredAccount("3.5").Filter(f => f with { ApplyOnTransformedLogs = true }).Assessed();
        Assert.Equal((CisStatus.Unknown, "TransformedLogs"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void A_filter_on_transformed_logs_fails_when_the_chain_is_broken_anyway() => Assert.Equal(
        "ActionsDisabled",
        new MonitoredAccount("3.5").Filter(f => f with { ApplyOnTransformedLogs = true }).Alarm(a => a with { ActionsEnabled = false }).Assessed().ReasonCode);

    [Fact]
    public void Every_transformation_of_a_filter_is_looked_at()
    {
        var account = new MonitoredAccount("3.5").Filter(f => f with
        {
            Transformations = [new MetricTransformation("Other", "Unwatched", "1", null, []), .. f.Transformations],
        });
        Assert.Equal(CisStatus.Pass, account.Assessed().Status);
    }

    [Fact]
    public void Of_several_filters_one_that_is_complete_is_enough()
    {
        var filter = MonitoredAccount.NewFilter(BenchmarkPatterns.ByControl["3.5"], "second");
        var lonely = filter with { Name = "first", Transformations = [new MetricTransformation("Other", "Unwatched", "1", null, [])] };
        var result = new MonitoredAccount("3.5").Filters(MonitoredAccount.NewFilter("ERROR", "noise"), lonely, filter).Assessed();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Equal(2, result.Findings[0].Facts.Count(f => f.Name == "AlarmPath"));
    }

    [Fact]
    public void A_filter_split_in_two_is_not_equal()
    {
        var result = new MonitoredAccount("3.7").Filters(
            MonitoredAccount.NewFilter("{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) }", "one"),
            MonitoredAccount.NewFilter("{ ($.eventSource = kms.amazonaws.com) && ($.eventName = ScheduleKeyDeletion) }", "two")).Assessed(Exact);
        Assert.Equal("NoMatchingFilter", result.ReasonCode);
        Assert.Contains("None of the 2 metric filters", result.Reason);
    }
}
