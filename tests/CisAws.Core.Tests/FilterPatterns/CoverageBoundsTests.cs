using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.FilterPatterns;
using CisAws.FilterPatterns.Automata;
using CisAws.Rules.Alarms;
using CisAws.Testing;

namespace CisAws.Core.Tests.FilterPatterns;

/// <summary>Patterns that are hard to compare are decided or said to be undecidable; none takes for ever.</summary>
public sealed class CoverageBoundsTests
{
    /// <summary>A short run takes the references that cost most, by their number of terms and fields.</summary>
    private static IEnumerable<string> Controls => LongTests.Wanted ? BenchmarkPatterns.ByControl.Keys : ["3.1", "3.4", "3.7"];

    [Fact]
    public void The_longest_pattern_that_AWS_stores_is_decided()
    {
        var longest = "{" + string.Join("||", Enumerable.Range(100, 53).Select(i => $"$.eventName=E{i}x")) + "}";
        Assert.InRange(longest.Length, 950, 1024);
        Assert.Equal(CoverageOutcome.Equivalent, Decide(longest, longest).Outcome);
    }

    [Fact]
    public void A_pattern_far_longer_than_AWS_stores_is_decided()
    {
        var names = string.Join(" || ", Enumerable.Range(0, 1_000).Select(i => $"$.eventName = Event{i}"));
        Assert.Equal("Event1000", Decide($"{{ {names} || $.eventName = Event1000 }}", $"{{ {names} }}").ExampleInWords);
    }

    [Fact]
    public void A_pattern_longer_than_that_is_decided_too()
    {
        var names = Enumerable.Range(0, 5_000).Select(i => $"$.eventName = Event{i}").ToList();
        var reversed = names.AsEnumerable().Reverse();
        Assert.Equal(CoverageOutcome.Equivalent, Decide($"{{ {string.Join(" || ", names)} }}", $"{{ {string.Join(" || ", reversed)} }}").Outcome);
    }

    [Fact]
    public void Twenty_filters_that_all_bear_on_the_reference_are_decided_together()
    {
        var names = Enumerable.Range(0, 20).Select(i => $"$.eventName = \"*Event{i}x\"").ToList();
        var filters = names.Select(n => $"{{ {n} }}").ToArray();
        Assert.Equal(CoverageOutcome.Equivalent, Decide($"{{ {string.Join(" || ", names)} }}", filters).Outcome);
        Assert.Equal(CoverageOutcome.Narrower, Decide($"{{ {string.Join(" || ", names)} }}", filters[1..]).Outcome);
    }

    [Fact]
    public void Brackets_inside_each_other_are_decided()
    {
        var deep = string.Concat(Enumerable.Range(0, 250).Select(i => $"($.a = x && ($.b = y || "));
        var pattern = $"{{ {deep}$.c = z{new string(')', 500)} }}";
        Assert.Equal(CoverageOutcome.Equivalent, Decide(pattern, pattern).Outcome);
    }

    [Fact]
    public void A_hundred_filters_that_have_nothing_to_do_with_the_reference_do_not_hinder_the_decision()
    {
        var others = Enumerable.Range(0, 98).Select(i => $"{{ $.eventName = *Instance{i}* }}");
        string[] filters = ["{ $.eventName = *Trail }", .. others, "{ $.eventName = StopLogging }"];
        Assert.Equal(CoverageOutcome.Broader, Decide("{ $.eventName = CreateTrail || $.eventName = StopLogging }", filters).Outcome);
        Assert.Equal("StopLogging", Decide("{ $.eventName = CreateTrail || $.eventName = StopLogging }", filters[..99]).ExampleInWords);
    }

    [Theory]
    [InlineData("{ $.a = %a.{8}b% }", "{ $.a = %a.{8}% }", CoverageOutcome.Broader)]
    [InlineData("{ $.a = %^a*a*a*a*a*a*a*a*a*a*b$% }", "{ $.a = %^a*b$% }", CoverageOutcome.Equivalent)]
    [InlineData("{ $.a = %a.{40}b% }", "{ $.a = %a.{40}% }", CoverageOutcome.Undecidable)]
    [InlineData("{ $.a = %a.{2000}b% }", "{ $.a = %a.{2000}% }", CoverageOutcome.Undecidable)]
    [InlineData("{ $.a > 1e500 }", "{ $.a > 1 }", CoverageOutcome.Undecidable)]
    public void Regular_expressions_and_numbers_beyond_bounds_are_undecidable(string reference, string filter, CoverageOutcome outcome)
    {
        var result = Decide(reference, filter);
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == CoverageOutcome.Undecidable ? UndecidableReason.TooComplex : UndecidableReason.None, result.UndecidableReason);
    }

    [Fact]
    public void Too_many_fields_are_undecidable()
    {
        var fields = Enumerable.Range(0, 201).Select(i => $"$.f{i} != x").ToList();
        var result = Decide($"{{ {string.Join(" && ", fields)} }}", $"{{ {string.Join(" && ", fields.AsEnumerable().Reverse())} }}");
        Assert.Equal("Not decided: the patterns use too many fields.", result.Explanation);
    }

    [Fact]
    public void Conditions_that_combine_in_too_many_ways_are_undecidable()
    {
        // Each pair of fields is equal in some letter, for many letters: no value of a field makes do for another.
        var pairs = from i in Enumerable.Range(0, 12)
                    from j in Enumerable.Range(0, i)
                    from letter in "abcdefghijk"
                    select $"$.f{i} = {letter} && $.f{j} = {letter}";
        var present = string.Join(" && ", Enumerable.Range(0, 12).Select(i => $"({string.Join(" || ", "abcdefghijk".Select(l => $"$.f{i} = {l}"))})"));
        var result = Decide($"{{ {present} }}", $"{{ {string.Join(" || ", pairs)} }}");
        Assert.Equal((CoverageOutcome.Undecidable, UndecidableReason.TooComplex), (result.Outcome, result.UndecidableReason));
    }

    [Theory]
    [InlineData("{ $.eventName = %.*a.{30}% }")]
    [InlineData("{ $.eventName = %.*a.{60}% || $.eventName = %b.{60}c% || $.eventName = \"*a*b*c*d*e*f*\" }")]
    [InlineData("{ $.errorCode = %.*a.{60}% || $.errorCode = %b.{60}c% || $.errorCode = \"*a*b*c*d*e*f*\" }")]
    public void Regular_expressions_with_states_without_number_are_decided_or_undecidable(string filter)
    {
        long steps = 0;
        foreach (var control in Controls)
        {
            var reference = ReferencePatterns.Of(ControlId.Parse(control));
            var pattern = FilterPattern.Parse(filter);
            var coverage = new ReferenceCoverage(reference.Parsed, reference.Events("aws", []), CancellationToken.None);
            Assert.False(coverage.Decide([pattern]).Covers);

            // What else there is takes nothing from a filter that covers.
            Assert.True(coverage.Decide([pattern, FilterPattern.Parse(reference.Pattern)]).Covers);
            steps += coverage.Steps;
        }

        Assert.InRange(steps, 1, 20_000_000);
    }

    [Fact]
    public void Nine_terms_on_one_field_before_a_filter_take_nothing_from_it()
    {
        var words = new[] { "Trail", "Policy", "Bucket", "Key", "Role", "User", "Group", "Instance", "Vpc" };
        var wide = $"{{ {string.Join(" || ", words.Select(w => $"($.eventName = \"*{w}*\")"))} }}";
        foreach (var (control, pattern) in BenchmarkPatterns.ByControl)
        {
            var reference = ReferencePatterns.Of(ControlId.Parse(control));
            foreach (var filters in new[] { new[] { wide, pattern }, [pattern, wide] })
            {
                Assert.True(Coverage.Decide(reference.Parsed, [.. filters.Select(FilterPattern.Parse)], reference.Events("aws", [])).Covers);
            }
        }
    }

    [Fact]
    public void A_filter_of_many_terms_that_contains_the_reference_covers()
    {
        var words = string.Join(" || ", Enumerable.Range(0, 12).Select(i => $"$.eventName = \"*Word{i}*\""));
        Assert.True(DecideFor("3.7", $"{{ $.eventSource = kms.amazonaws.com && ($.eventName = DisableKey || $.eventName = ScheduleKeyDeletion || {words}) }}").Covers);

        var excluded = string.Join(" && ", Enumerable.Range(0, 12).Select(i => $"$.userIdentity.arn != \"*w{i}*\""));
        var narrowed = DecideFor("3.1", $"{{ ($.errorCode = \"*UnauthorizedOperation\" || $.errorCode = \"AccessDenied*\") && {excluded} }}");
        Assert.Equal(CoverageOutcome.Narrower, narrowed.Outcome);
        Assert.EndsWith("no userIdentity.arn", narrowed.ExampleInWords);
    }

    [Fact]
    public void The_work_is_bounded_by_counted_steps()
    {
        var budget = new WorkBudget(1_000, CancellationToken.None);
        for (var i = 0; i < 1_000; i++)
        {
            budget.Spend();
        }

        Assert.Throws<UndecidableException>(() => budget.Spend());
    }

    /// <summary>As many and as long filters as AWS takes, in the order of their names and the other way round.</summary>
    [Theory]
    [InlineData("*abc*")]
    [InlineData("a0")]
    public void A_hundred_filters_of_as_many_terms_as_fit_are_decided_for_all_controls(string kind)
    {
        var chance = new Random(26);
        string Word() => kind == "a0"
            ? $"*{(char)('a' + chance.Next(26))}{chance.Next(10)}*"
            : $"*{(char)('a' + chance.Next(26))}{(char)('a' + chance.Next(26))}{(char)('a' + chance.Next(26))}*";
        var filters = Enumerable.Range(0, 100)
            .Select(_ => FilterPattern.Parse($"{{ {string.Join(" || ", Enumerable.Range(0, 26).Select(_ => $"($.eventName = \"{Word()}\")"))} }}"))
            .ToList();
        long steps = 0;
        foreach (var control in Controls)
        {
            var reference = ReferencePatterns.Of(ControlId.Parse(control));
            var coverage = new ReferenceCoverage(reference.Parsed, reference.Events("aws", []), CancellationToken.None);
            var result = coverage.Decide(filters);
            Assert.NotEqual(CoverageOutcome.Undecidable, result.Outcome);
            Assert.Equal(result.ExampleInWords, Coverage.Decide(reference.Parsed, [.. filters.AsEnumerable().Reverse()], reference.Events("aws", [])).ExampleInWords);
            Assert.True(coverage.Decide([.. filters, reference.Parsed]).Covers);
            filters.ForEach(f => (coverage.Overlaps(f), coverage.IsMeantFor(f)).ToString());
            steps += coverage.Steps;
        }

        // Some hundred million can be taken in a second.
        Assert.InRange(steps, 1, 20_000_000);
    }

    [Fact]
    public void Cancelling_ends_the_work_itself()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        var reference = FilterPattern.Parse("{ $.a = %a.{40}b% }");
        Assert.Throws<OperationCanceledException>(
            () => new ReferenceCoverage(reference, EventDomain.Unrestricted, cancel.Token).Decide([FilterPattern.Parse("{ $.a = %a.{40}% }")]));
    }

    [Theory]
    [InlineData(70)]
    [InlineData(300)]
    public void Selectors_of_many_levels_are_compared(int levels)
    {
        var deep = "$" + string.Concat(Enumerable.Repeat(".a", levels));
        var result = Decide($"{{ {deep} = x }}", $"{{ {deep} = y }}");
        Assert.Equal(CoverageOutcome.Narrower, result.Outcome);
        Assert.Contains("\"a\":\"x\"", result.ExampleEvent);
        Assert.Equal(CoverageOutcome.Narrower, DecideFor("3.3", $"{{ $.userIdentity.type = Root && {deep} NOT EXISTS }}").Outcome);
    }

    [Fact]
    public void Selectors_deeper_than_JSON_goes_are_undecidable()
    {
        var deep = "$" + string.Concat(Enumerable.Repeat(".a", 5_000));
        Assert.Equal(UndecidableReason.TooComplex, Decide($"{{ {deep} = x }}", $"{{ {deep} = y }}").UndecidableReason);
    }

    [Fact]
    public void A_reference_that_nothing_can_match_is_undecidable()
    {
        var result = Decide("{ $.a = x && $.a = y }", "{ $.a = x }");
        Assert.Equal((CoverageOutcome.Undecidable, UndecidableReason.ReferenceNeverMatches), (result.Outcome, result.UndecidableReason));
    }

    [Fact]
    public void A_reference_that_looks_at_text_is_undecidable() =>
        Assert.Equal(UndecidableReason.NotJsonForm, Decide("?CreateTrail", "{ $.a = x }").UndecidableReason);

    [Fact]
    public void No_filter_at_all_matches_nothing() => Assert.Equal(CoverageOutcome.NeverMatches, Decide("{ $.a = x }").Outcome);

    [Fact]
    public void Characters_of_two_halves_stay_whole_in_a_witness()
    {
        var result = Decide("{ $.a = \"*\ud83d\ude00*\" }", "{ $.a = \"*\ud83d\ude00\" }");
        using var example = JsonDocument.Parse(result.ExampleEvent!);
        Assert.StartsWith("\ud83d\ude00", example.RootElement.GetProperty("a").GetString(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ $.a NOT EXISTS }", "{ $.b = x }", "{}")]
    [InlineData("{ $.a.b[2].c = x }", "{ $.a.b[0].c NOT EXISTS }", """{"a":{"b":[{"c":"x"},null,{"c":"x"}]}}""")]
    [InlineData("{ $.a[1] = x }", "{ $.a[0] != y || $.a[0] IS TRUE }", """{"a":["y","x"]}""")]
    [InlineData("{ $.a[1] = x }", "{ $.a[0] NOT EXISTS }", """{"a":[null,"x"]}""")]
    [InlineData("{ $.a.b NOT EXISTS && $.a IS TRUE }", "{ $.b = x }", """{"a":true}""")]
    [InlineData("{ $.a > 3 && $.a < 4 && $.a = 3.1* }", "{ $.a = \"3.1\" }", """{"a":3.10}""")]
    [InlineData("{ $.a = \"say \\\"\\\\\" }", "{ $.b = x }", """{"a":"say \"\\"}""")]
    public void A_witness_is_an_event_that_can_be(string reference, string filter, string example) =>
        Assert.Equal(example, Decide(reference, filter).ExampleEvent);

    [Theory]
    [InlineData("eventName")]
    [InlineData("$.a = 1 || $.b")]
    [InlineData("$.a} {$.b")]
    [InlineData("")]
    public void A_domain_of_what_is_no_field_is_refused(string selector) =>
        Assert.Throws<System.ArgumentException>(() => EventDomain.CloudTrail.With(selector, "x"));

    [Fact]
    public void A_domain_without_values_is_refused() =>
        Assert.Throws<System.ArgumentException>(() => EventDomain.CloudTrail.With("$.awsRegion"));

    [Theory]
    [InlineData("{ $.eventCategory NOT EXISTS || $.eventName.inner = x || $.userIdentity[0] = x || $[0] = x || $.errorCode.x = y }")]
    [InlineData("{ $.eventName = \"\" || $.eventName != \"*\" || $.eventName IS NULL || $.eventName > 1 }")]
    [InlineData("{ $.readOnly = \"x\" || $.additionalEventData.MFAUsed = Maybe }")]
    public void What_no_record_of_CloudTrail_can_be_never_fires(string filter) => Assert.Equal(
        CoverageOutcome.NeverMatches,
        Coverage.Decide(FilterPattern.Parse("{ $.eventName = x }"), [FilterPattern.Parse(filter)], EventDomain.CloudTrail).Outcome);

    private static CoverageResult DecideFor(string control, string filter)
    {
        var reference = ReferencePatterns.Of(ControlId.Parse(control));
        return Coverage.Decide(reference.Parsed, [FilterPattern.Parse(filter)], reference.Events("aws", []));
    }

    private static CoverageResult Decide(string reference, params string[] filters) =>
        Coverage.Decide(FilterPattern.Parse(reference), [.. filters.Select(FilterPattern.Parse)], EventDomain.Unrestricted);
}
