using System;
using System.IO;
using System.Linq;
using CisAws.FilterPatterns;
using CisAws.Results;

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
        Assert.Contains("\"eventName\":\"StopLogging\"", comparison.ExampleEvent);
        Assert.Contains("StopLogging", comparison.Explanation);
        Assert.Contains("StopLogging", comparison.ReferencePattern);
    }

    [Theory]
    [InlineData("{ $.eventName = CreateTrail && $.eventName = StopLogging }", CoverageOutcome.NeverMatches)]
    [InlineData("{ $.eventSource = cloudtrail.amazonaws.com }", CoverageOutcome.Broader)]
    [InlineData("?CreateTrail ?StopLogging -x", CoverageOutcome.Undecidable)]
    public void Every_outcome_is_told(string pattern, CoverageOutcome outcome) =>
        Assert.Equal(outcome, _session.Objects($"(Compare-CisMetricFilter '3.5' '{pattern}').Outcome").Single().BaseObject);

    [Fact]
    public void A_later_form_covers_with_a_note_unless_a_program_refuses_it()
    {
        const string later = "{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) && ($.userIdentity.type = IAMUser) }";
        var comparison = (CisMetricFilterComparison)_session.Objects($"Compare-CisMetricFilter '3.2' '{later}'").Single().BaseObject;
        Assert.Equal((CoverageOutcome.Narrower, true), (comparison.Outcome, comparison.Covers));
        Assert.Contains("CIS AWS Foundations 1.4.0 and later", comparison.Note[0]);

        var folder = Directory.CreateTempSubdirectory("programs ");
        try
        {
            var tested = _session.Objects(
                "New-CisProgram strict -Setting @{ '3.2' = @{ AcceptLaterVariants = $false } } -Path $file | Out-Null\n" +
                $"Test-CisMetricFilter '3.2' '{later}'; Test-CisMetricFilter '3.2' '{later}' -Program $file",
                ("file", Path.Combine(folder.FullName, "strict.json")));
            Assert.Equal([true, false], tested.Select(t => t.BaseObject));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("Test-CisMetricFilter '4.5' '{ $.eventName = *Trail || $.eventName = *Logging }' -Program cis-aws-3.0.0", "True", "")]
    [InlineData("Test-CisMetricFilter '4.5' '{ $.eventName = CreateTrail }' -Program cis-aws-3.0.0-level-1", "False", "")]
    [InlineData("Test-CisMetricFilter '3.5' '{ $.eventName = *Trail }' -Program cis-aws-3.0.0", "", "NoReferencePattern")]
    [InlineData("Test-CisMetricFilter '4.5' '{ $.eventName = *Trail }'", "", "NoReferencePattern")]
    public void The_control_is_of_the_programs_benchmark(string script, string output, string error)
    {
        var said = _session.Run(script);
        Assert.Equal(output, string.Join(' ', said.Output));
        Assert.Equal(error, string.Join(' ', said.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0])));
    }

    [Fact]
    public void A_control_that_the_program_leaves_out_is_an_error() =>
        Assert.StartsWith("NotInProgram,", _session.Run("Test-CisMetricFilter '3.7' '{ $.a = 1 }' -Program cis-aws-1.2.0-level-1").Error.FullyQualifiedErrorId);

    [Fact]
    public void Patterns_that_cannot_be_judged_do_not_cover_and_a_warning_says_why()
    {
        var run = _session.Run("Test-CisMetricFilter '3.5' '?eventName'");
        Assert.Equal(false, run.Output.Single().BaseObject);
        Assert.Contains("matches the text of events", Assert.Single(run.Warnings));
    }

    [Theory]
    [InlineData("Test-CisMetricFilter '3.5' '{ $.eventName == x }'", "InvalidPattern", "{ $.eventName =-->= x }")]
    [InlineData("Compare-CisMetricFilter '3.5' '{ ($.eventName = x }'", "InvalidPattern", "-->")]
    [InlineData("Select-CisEvent '{ $.eventName' x.json", "InvalidPattern", "-->")]
    [InlineData("Test-CisMetricFilter '2.1' '{ $.a = 1 }'", "NoReferencePattern", "'3.1' to '3.14'")]
    [InlineData("Test-CisMetricFilter '3.15' '{ $.a = 1 }'", "NoReferencePattern", "'3.1' to '3.14'")]
    [InlineData("'{}' | Select-CisEvent '?ERROR'", "PatternOfText", "not its fields")]
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
