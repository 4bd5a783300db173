using System;
using System.Linq;
using System.Threading;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.FilterPatterns;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>Filters are judged by the events they catch. 3.5 stands for all where nothing is peculiar to a control.</summary>
public sealed class SemanticMatchTests
{
    private const string FourOfFive = "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) }";

    [Theory]
    [InlineData("3.1", "{ ($.errorCode = \"AccessDenied*\") || ($.errorCode = *UnauthorizedOperation) || ($.errorCode = Client.*) }")]
    [InlineData("3.2", "{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed = \"No\") }")]
    [InlineData("3.3", "{ $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.type = Root }")]
    [InlineData("3.5", "{ ($.eventName = \"*Trail\") || ($.eventName = StartLogging) || ($.eventName = StopLogging) }")]
    [InlineData("3.5", "{ $.eventSource = cloudtrail.amazonaws.com }")]
    [InlineData("3.5", "{ $.eventName = %Trail$|Logging$% }")]
    [InlineData("3.7", "{ ($.eventSource = kms.amazonaws.com) && ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }")]
    [InlineData("3.13", "{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = *Route*) }")]
    public void A_filter_in_another_spelling_passes_when_it_catches_every_event(string control, string pattern) =>
        Assert.Equal((CisStatus.Pass, "Alarmed"), Assessed(control, pattern));

    [Theory]
    [InlineData("3.5", FourOfFive, "FilterTooNarrow", "Metric filter events misses StopLogging.")]
    [InlineData("3.13", "{ ($.eventName = CreateRouteTable) || ($.eventName = Delete*) || ($.eventName = Replace*) || ($.eventName = DisassociateRouteTable) }", "FilterTooNarrow", "misses CreateRoute.")]
    [InlineData("3.6", "{ ($.eventName = ConsoleLogin) && ($.responseElements.ConsoleLogin = \"Failure\") }", "FilterTooNarrow", "ConsoleLogin")]
    [InlineData("3.3", "{ $.userIdentity.type = \"root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }", "NoMatchingFilter", "")]
    [InlineData("3.7", "{ ($.eventName = DisableKey) && ($.eventName = ScheduleKeyDeletion) }", "FilterNeverMatches", "cannot match any of this control's events")]
    [InlineData("3.5", "{ $.eventName = \"*\" }", "CatchAllFilter", "nearly every event")]
    [InlineData("3.5", "", "CatchAllFilter", "nearly every event")]
    [InlineData("3.5", "?CreateTrail ?StopLogging", "FilterTooNarrow", "Metric filter events misses UpdateTrail.")]
    [InlineData("3.5", "ERROR", "NoMatchingFilter", "such as CreateTrail")]
    public void A_filter_that_misses_an_event_fails_and_names_it(string control, string pattern, string code, string reason)
    {
        var result = new MonitoredAccount(control).Pattern(pattern).Assessed();
        Assert.Equal((CisStatus.Fail, code), (result.Status, result.ReasonCode));
        Assert.Contains(reason, result.Reason);
    }

    [Theory]
    [InlineData("alarms-organizations-changes", "($.eventName = \"UpdateOrganizationalUnit\")", "UpdateOrganizationalUnit")]
    [InlineData("alarms-security-group-rule-changes", "($.eventName = ModifySecurityGroupRules)", "ModifySecurityGroupRules")]
    public void The_patterns_of_later_versions_pass_and_without_an_event_fail(string rule, string last, string missed)
    {
        var pattern = BenchmarkPatterns.ByRule[rule];
        Assert.Equal(CisStatus.Pass, new MonitoredAccount(rule).Assessed().Status);
        Assert.Equal($"Metric filter events misses {missed}.", new MonitoredAccount(rule).Pattern(pattern.Replace(" || " + last, "")).Assessed().Reason);
        Assert.Equal(CisStatus.Unknown, new MonitoredAccount(rule).Deny(EvidenceKinds.MetricFilters, MonitoredAccount.LogGroupArn).Assessed().Status);
    }

    /// <summary>The event that misses least of a filter may belong to one that serves another control.</summary>
    [Fact]
    public void Of_several_filters_the_one_that_is_meant_for_the_control_is_named()
    {
        var result = new MonitoredAccount("3.5").Filters(
            MonitoredAccount.NewFilter(BenchmarkPatterns.ByControl["3.3"], "root-usage"), MonitoredAccount.NewFilter(FourOfFive, "trails")).Assessed();
        Assert.Equal("Metric filter trails misses StopLogging.", result.Reason);
    }

    [Theory]
    [InlineData("AcceptHandshake", "AttachPolicy", "CreatePolicy", "DeletePolicy", "DetachPolicy", "LeaveOrganization")]
    [InlineData("AcceptHandshake", "CreatePolicy")]
    public void A_filter_that_shares_few_names_with_a_control_is_not_meant_for_it(params string[] names)
    {
        var organizations = $"{{ ($.eventSource = organizations.amazonaws.com) && ({string.Join(" || ", names.Select(n => $"($.eventName = {n})"))}) }}";
        var result = new MonitoredAccount("3.4").Pattern(organizations).Assessed();
        Assert.Equal((CisStatus.Fail, "NoMatchingFilter"), (result.Status, result.ReasonCode));
    }

    [Fact]
    public void The_missed_event_is_among_the_facts_as_json()
    {
        var finding = new MonitoredAccount("3.5").Pattern(FourOfFive).Assessed().Findings.Single();
        var missed = finding.Facts.Single(f => f.Name == "MissedEvent").Value;
        using var record = System.Text.Json.JsonDocument.Parse(missed);
        Assert.Equal("StopLogging", record.RootElement.GetProperty("eventName").GetString());
        Assert.Equal("cloudtrail.amazonaws.com", record.RootElement.GetProperty("eventSource").GetString());
    }

    [Fact]
    public void Two_filters_together_pass()
    {
        var result = Split().Assessed();
        Assert.Equal((CisStatus.Pass, "Alarmed"), (result.Status, result.ReasonCode));
        Assert.Equal(["one", "two"], result.Findings[0].Facts.Where(f => f.Name == "MetricFilter").Select(f => f.Value));
    }

    [Fact]
    public void Two_filters_of_which_one_has_no_live_alarm_fail_by_that_alarm()
    {
        var result = Split().And(e => e.Set(
            EvidenceKinds.MetricFilters,
            MonitoredAccount.LogGroupArn,
            [
                .. e.Get(EvidenceKinds.MetricFilters, MonitoredAccount.LogGroupArn).Match(f => f, _ => [])
                    .Select(f => f.Name == "two" ? f with { Transformations = [f.Transformations[0] with { MetricName = "Unwatched" }] } : f),
            ])).Assessed();
        Assert.Equal((CisStatus.Fail, "NoAlarm"), (result.Status, result.ReasonCode));
        Assert.Contains("CISBenchmark/Unwatched", result.Reason);
    }

    [Theory]
    [InlineData(true, CisStatus.Pass)]
    [InlineData(false, CisStatus.Fail)]
    public void The_form_of_a_later_benchmark_passes_with_a_note_where_it_is_accepted(bool accepted, CisStatus expected)
    {
        const string Later = "{ ($.eventName = \"ConsoleLogin\") && ($.additionalEventData.MFAUsed != \"Yes\") && ($.userIdentity.type = \"IAMUser\") && ($.responseElements.ConsoleLogin = \"Success\") }";
        var result = new MonitoredAccount("3.2").Pattern(Later).Assessed(("AcceptLaterVariants", accepted));
        Assert.Equal(expected, result.Status);
        Assert.Equal(accepted, result.Findings[0].Facts.Any(f => f.Name == "Note" && f.Value.Contains("CIS AWS Foundations 1.4.0 and later")));
    }

    [Theory]
    [InlineData("us-east-1", CisStatus.Fail)]
    [InlineData("us-east-1 eu-west-1", CisStatus.Pass)]
    public void A_filter_by_region_has_to_name_every_enabled_region(string regions, CisStatus expected)
    {
        var anyRegion = string.Join(" || ", regions.Split(' ').Select(r => $"($.awsRegion = \"{r}\")"));
        Assert.Equal(expected, Assessed("3.5", $"{{ ($.eventSource = cloudtrail.amazonaws.com) && ({anyRegion}) }}").Status);
    }

    [Fact]
    public void What_the_readings_of_a_star_in_the_middle_decide_is_unknown() =>
        Assert.Equal(
            (CisStatus.Unknown, "PatternUndecidable"),
            Assessed("3.5", "{ ($.eventName = C*eTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = *Logging) }"));

    [Theory]
    [InlineData("{ $.* = StopLogging }")]
    [InlineData("{ $.resources[*].ARN = x }")]
    public void A_pattern_that_AWS_took_and_that_is_not_understood_is_unknown(string pattern) =>
        Assert.Equal((CisStatus.Unknown, "PatternNotUnderstood"), Assessed("3.5", pattern));

    [Fact]
    public void A_pattern_that_is_not_understood_takes_nothing_from_one_that_covers() => Assert.Equal(
        CisStatus.Pass,
        new MonitoredAccount("3.5").Filters(
            MonitoredAccount.NewFilter("{ $.* = x }", "odd"),
            MonitoredAccount.NewFilter("{ $.eventSource = cloudtrail.amazonaws.com }", "good")).Assessed().Status);

    [Fact]
    public void A_filter_for_something_else_is_not_blamed()
    {
        // Any call can be denied, so a filter for denied calls catches some of every control's events.
        var result = new MonitoredAccount("3.5").Pattern("{ $.errorCode = AccessDenied* }").Assessed();
        Assert.Equal((CisStatus.Fail, "NoMatchingFilter"), (result.Status, result.ReasonCode));
        Assert.Contains("such as CreateTrail", result.Reason);
    }

    [Fact]
    public void An_organisations_own_pattern_is_matched_by_meaning_too()
    {
        var account = new MonitoredAccount("3.5").Pattern("{ $.eventName = Put* }");
        Assert.Equal(CisStatus.Pass, account.Assessed(("Pattern", "{ $.eventName = PutEventSelectors }")).Status);
    }

    [Theory]
    [MemberData(nameof(BenchmarkPatterns.Controls), MemberType = typeof(BenchmarkPatterns))]
    public void A_wide_filter_takes_nothing_from_the_benchmarks_own_wherever_it_is_served(string control)
    {
        const string Wide = "{ ($.eventName=\"*Trail*\")||($.eventName=\"*Policy*\")||($.eventName=\"*Bucket*\")||($.eventName=\"*Key*\")||($.eventName=\"*Role*\")||($.eventName=\"*User*\")||($.eventName=\"*Group*\")||($.eventName=\"*Instance*\")||($.eventName=\"*Vpc*\") }";
        var wide = MonitoredAccount.NewFilter(Wide, "any-sensitive-change");
        var own = MonitoredAccount.NewFilter(BenchmarkPatterns.ByControl[control], "own");
        var first = new MonitoredAccount(control).Filters(wide, own).Assessed();
        var last = new MonitoredAccount(control).Filters(own, wide).Assessed();
        Assert.Equal((CisStatus.Pass, CisStatus.Pass), (first.Status, last.Status));
        Assert.Contains(first.Findings[0].Facts, f => f is { Name: "MetricFilter", Value: "own" });
        Assert.Equal(first.Reason, last.Reason);
    }

    [Theory]
    [InlineData("3.5", "?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging ?StopLogging", CisStatus.Pass)]
    [InlineData("3.5", "%CreateTrail|UpdateTrail|DeleteTrail|StartLogging|StopLogging%", CisStatus.Pass)]
    [InlineData("3.5", "?eventName", CisStatus.Unknown)]
    [InlineData("3.5", "?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging ?Logging", CisStatus.Unknown)]
    [InlineData("3.5", "[a, b]", CisStatus.Unknown)]
    public void Terms_pass_where_every_reading_of_them_matches_and_are_unknown_where_readings_differ(string control, string pattern, CisStatus expected)
    {
        var result = new MonitoredAccount(control).Pattern(pattern).Assessed();
        Assert.Equal(expected, result.Status);
        Assert.DoesNotContain("miss", result.Reason);
    }

    [Fact]
    public void Digits_without_quotes_that_decide_are_unknown_and_the_reason_says_why()
    {
        var result = new MonitoredAccount("3.5").Pattern("{ ($.eventName = *Trail || $.eventName = *Logging) && ($.eventVersion != 1.08) }").Assessed();
        Assert.Equal((CisStatus.Unknown, "PatternUndecidable"), (result.Status, result.ReasonCode));
        Assert.StartsWith("Not decided: AWS does not document whether digits without quotes are a number or text", result.Reason);
    }

    [Fact]
    public void Of_several_filters_the_nearest_is_named_with_what_it_misses()
    {
        var result = new MonitoredAccount("3.2").Filters(
            MonitoredAccount.NewFilter(BenchmarkPatterns.ByControl["3.6"], "cis-ConsoleSignInFailures"),
            MonitoredAccount.NewFilter("{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) && ($.userIdentity.type = IAMUser) }", "cis-ConsoleSignInWithoutMfa"),
            MonitoredAccount.NewFilter("{ $.errorCode = AccessDenied* }", "denied")).Assessed(("AcceptLaterVariants", false));
        Assert.Equal("FilterTooNarrow", result.ReasonCode);
        Assert.Equal("Metric filter cis-ConsoleSignInWithoutMfa misses ConsoleLogin with userIdentity.type \"AssumedRole\".", result.Reason);
    }

    [Fact]
    public void A_filter_for_the_events_that_is_too_narrow_is_not_said_to_be_for_something_else()
    {
        var result = new MonitoredAccount("3.5").Pattern("{ $.eventSource = cloudtrail.amazonaws.com && $.readOnly IS FALSE && $.errorCode NOT EXISTS }").Assessed();
        Assert.Equal((CisStatus.Fail, "FilterTooNarrow"), (result.Status, result.ReasonCode));
        Assert.Equal("Metric filter events misses CreateTrail with errorCode \"AccessDenied\".", result.Reason);
    }

    [Fact]
    public void A_filter_that_relies_on_an_optional_field_passes_with_a_note()
    {
        var result = new MonitoredAccount("3.5").Pattern("{ $.eventSource = cloudtrail.amazonaws.com && $.readOnly IS FALSE }").Assessed();
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains(result.Findings[0].Facts, f => f.Name == "Note" && f.Value.StartsWith("Relies on readOnly, which CloudTrail documents as optional", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(70)]
    [InlineData(300)]
    public void A_selector_of_many_levels_is_judged(int levels)
    {
        var deep = "$" + string.Concat(Enumerable.Repeat(".a", levels));
        var filter = $"{{ $.userIdentity.type = Root && {deep} NOT EXISTS }}";
        Assert.Equal(CisStatus.Fail, new MonitoredAccount("3.3").Pattern(filter).Assessed().Status);
        Assert.Equal(CisStatus.Pass, new MonitoredAccount("3.3").Pattern(filter).Assessed(("Pattern", filter)).Status);
        Assert.Equal(CisStatus.Fail, new MonitoredAccount("3.3").Assessed(("Pattern", $"{{ {deep} = x }}")).Status);
    }

    [Fact]
    public void A_pattern_of_the_program_that_nothing_matches_is_unknown() => Assert.Equal(
        (CisStatus.Unknown, "PatternUndecidable"),
        new MonitoredAccount("3.5").Assessed(("Pattern", "{ $.a = x && $.a = y }")) is var result ? (result.Status, result.ReasonCode) : default);

    [Fact]
    public void Cancelling_the_run_ends_the_comparison_of_patterns()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        var id = ControlId.Parse("3.1");
        var requirement = PatternRequirement.Of(ReferencePatterns.Of(id), DefaultPrograms.Benchmark.Find(id)!.Values, "aws", [], cancel.Token);
        Assert.Throws<OperationCanceledException>(() => requirement.Compare([FilterPattern.Parse("{ $.errorCode = %.*a.{30}% || $.errorCode = \"*Access*\" }")]));
    }

    private static (CisStatus Status, string ReasonCode) Assessed(string control, string pattern)
    {
        var result = new MonitoredAccount(control).Pattern(pattern).Assessed();
        return (result.Status, result.ReasonCode);
    }

    private static MonitoredAccount Split() => new MonitoredAccount("3.5").Filters(
        MonitoredAccount.NewFilter("{ $.eventName = *Trail }", "one"), MonitoredAccount.NewFilter("{ $.eventName = *Logging }", "two"));
}
