using System;
using System.Linq;
using CisAws.FilterPatterns;

namespace CisAws.PowerShell.Tests;

public sealed class MetricFilterCommandTests : IDisposable
{
    private const string FourOfFive =
        "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) }";

    private readonly ModuleSession _session = new();

    [Theory]
    [InlineData("'{ $.eventName = *Trail || $.eventName = *Logging }'", true)]
    [InlineData("'{ $.eventName = *Trail }', '{ $.eventName = StartLogging || $.eventName = StopLogging }'", true)]
    [InlineData("'{ $.eventName = *Trail }'", false)]
    [InlineData("'{ $.eventName = \"*\" }'", false)]
    [InlineData("''", false)]
    public void Patterns_are_tested_together_against_the_benchmarks(string patterns, bool covers) =>
        Assert.Equal(covers, _session.Objects($"Test-CisMetricFilter -ControlId '3.5' -Pattern {patterns}").Single().BaseObject);

    [Fact]
    public void A_narrower_filter_is_compared_by_an_event_that_it_misses()
    {
        var comparison = (CisMetricFilterComparison)_session.Objects($"Compare-CisMetricFilter -ControlId '3.5' -Pattern '{FourOfFive}'").Single().BaseObject;
        Assert.Equal((CoverageOutcome.Narrower, false), (comparison.Outcome, comparison.Covers));
        Assert.Contains("\"eventName\":\"StopLogging\"", comparison.Witness);
        Assert.Contains("StopLogging", comparison.Explanation);
        Assert.Contains("StopLogging", comparison.ReferencePattern);
    }

    [Theory]
    [InlineData("{ $.eventName = CreateTrail && $.eventName = StopLogging }", CoverageOutcome.Dead)]
    [InlineData("{ $.eventSource = cloudtrail.amazonaws.com }", CoverageOutcome.Broader)]
    [InlineData("?CreateTrail ?StopLogging", CoverageOutcome.Undecidable)]
    public void Every_outcome_is_told(string pattern, CoverageOutcome outcome) =>
        Assert.Equal(outcome, _session.Objects($"(Compare-CisMetricFilter '3.5' '{pattern}').Outcome").Single().BaseObject);

    [Fact]
    public void Patterns_that_cannot_be_judged_do_not_cover_and_a_warning_says_why()
    {
        var said = _session.Run("Test-CisMetricFilter '3.5' '?CreateTrail'");
        Assert.Equal(false, said.Output.Single().BaseObject);
        Assert.Contains("looks at an event's text", Assert.Single(said.Warnings));
    }

    [Theory]
    [InlineData("Test-CisMetricFilter '3.5' '{ $.eventName == x }'", "InvalidPattern", "{ $.eventName =-->= x }")]
    [InlineData("Compare-CisMetricFilter '3.5' '{ ($.eventName = x }'", "InvalidPattern", "-->")]
    [InlineData("Select-CisEvent '{ $.eventName' x.json", "InvalidPattern", "-->")]
    [InlineData("Test-CisMetricFilter '2.1' '{ $.a = 1 }'", "NoReferencePattern", "'3.1' to '3.14'")]
    [InlineData("Test-CisMetricFilter '3.15' '{ $.a = 1 }'", "NoReferencePattern", "'3.1' to '3.14'")]
    [InlineData("'{}' | Select-CisEvent '?ERROR'", "PatternOfText", "not at its fields")]
    [InlineData("'{' | Select-CisEvent '{ $.a = 1 }'", "UnreadableRecords", "the input")]
    [InlineData("'7' | Select-CisEvent '{ $.a = 1 }'", "UnreadableRecords", "neither a record")]
    public void Bad_input_is_an_error_that_points_at_the_place(string script, string id, string message)
    {
        var error = _session.Run(script).Error;
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId);
        Assert.Contains(message, error.ToString());
        Assert.False(string.IsNullOrWhiteSpace(error.ErrorDetails.RecommendedAction));
    }

    public void Dispose() => _session.Dispose();
}
