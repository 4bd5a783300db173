using System;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.FilterPatterns;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.FilterPatterns;

/// <summary>Filters that people have, against the benchmark's. "free" means without knowing which service is meant.</summary>
public sealed class CoverageVectorTests
{
    private const string Ec2 = "$.eventSource = ec2.amazonaws.com";
    private const string Unauthorized = "($.errorCode = \"*UnauthorizedOperation\")";
    private const string Denied = "($.errorCode = \"AccessDenied*\")";
    private const string NoMfa = "($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes)";
    private const string RootCall = "$.userIdentity.type = Root && $.userIdentity.invokedBy NOT EXISTS";
    private const string Disable = "$.eventName = DisableKey";
    private const string Schedule = "$.eventName = ScheduleKeyDeletion";
    private const string Kms = "$.eventSource = kms.amazonaws.com";

    [Theory]
    [MemberData(nameof(BenchmarkPatterns.Controls), MemberType = typeof(BenchmarkPatterns))]
    public void The_reference_covers_itself(string control)
    {
        var result = Decide(control, BenchmarkPatterns.ByControl[control]);
        Assert.Equal(CoverageOutcome.Equivalent, result.Outcome);
        Assert.True(result.Covers);
        Assert.Null(result.ExampleEvent);
        Assert.Empty(result.Notes);
    }

    [Theory]
    [InlineData("3.1", $"{{ $.errorCode = AccessDenied* || $.errorCode = *UnauthorizedOperation || $.errorCode = Client.* }}")]
    [InlineData("3.1", "{ $.errorCode = \"*Unauthorized*\" || $.errorCode = \"AccessDenied*\" }")]
    [InlineData("3.2", $"{{ {NoMfa} && $.eventSource = signin.amazonaws.com }}")]
    [InlineData("3.3", "{ ($.eventType != AwsServiceEvent) && (($.userIdentity.invokedBy NOT EXISTS) && ($.userIdentity.type = Root)) }")]
    [InlineData("3.3", $"{{ {RootCall} }}")]
    [InlineData("3.4", "{ $.eventName = \"*Policy\" || $.eventName = \"*PolicyVersion\" }")]
    [InlineData("3.4", "{ $.eventSource = iam.amazonaws.com && ($.eventName = *Policy || $.eventName = *PolicyVersion) }")]
    [InlineData("3.5", "{ $.eventName = \"*Trail\" || $.eventName = StartLogging || $.eventName = StopLogging }")]
    [InlineData("3.5", "{ $.eventSource = cloudtrail.amazonaws.com }")]
    [InlineData("3.5", "{ $.eventName = %Trail$|Logging$% }")]
    [InlineData("3.5", "{ $.eventName = CreateTrail || $.eventName = UpdateTrail || $.eventName = DeleteTrail }", "{ $.eventName = *Logging }")]
    [InlineData("3.6", "{ $.eventName = \"ConsoleLogin\" && $.errorMessage = \"Failed authentication\" }")]
    [InlineData("3.6", "{ $.eventName = ConsoleLogin && $.errorMessage = \"*\" }")]
    [InlineData("3.7", $"{{ {Kms} && {Disable} || {Schedule} }}")]
    [InlineData("3.13", $"{{ {Ec2} && ($.eventName = *Route || $.eventName = *RouteTable || $.eventName = *RouteTableAssociation) }}")]
    public void What_catches_as_much_covers(string control, params string[] filters)
    {
        var result = Decide(control, filters);
        Assert.True(result.Covers, result.Explanation);
        Assert.Empty(result.Notes);
    }

    [Theory]
    [InlineData("3.1", $"{{ {Unauthorized} || {Denied} && ($.sourceIPAddress != \"delivery.logs.amazonaws.com\") && ($.eventName != HeadBucket) }}", "an event with errorCode \"AccessDenied\" and sourceIPAddress \"delivery.logs.amazonaws.com\"")]
    [InlineData("3.1", "{ $.errorCode = \"AccessDenied\" || $.errorCode = \"UnauthorizedOperation\" }", "an event with errorCode \"Client.UnauthorizedOperation\"")]
    [InlineData("3.1", "{ $.errorCode = \"AccessDenied*\" || $.errorCode = \"UnauthorizedOperation*\" }", "an event with errorCode \"Client.UnauthorizedOperation\"")]
    [InlineData("3.1", $"{{ ({Unauthorized} || {Denied}) && $.userIdentity.invokedBy != \"cloudfront.amazonaws.com\" }}", "an event with errorCode \"Client.UnauthorizedOperation\" and no userIdentity.invokedBy")]
    [InlineData("3.2", $"{{ {NoMfa} && $.userIdentity.type = IAMUser && $.responseElements.ConsoleLogin = Success }}", "ConsoleLogin with userIdentity.type \"AssumedRole\"")]
    [InlineData("3.3", $"{{ {RootCall} && $.eventName = ConsoleLogin }}", "DescribeInstances with userIdentity.type \"Root\"")]
    [InlineData("3.3", "{ $.userIdentity.type = root && $.userIdentity.invokedBy NOT EXISTS && $.eventType != AwsServiceEvent }", "an event with userIdentity.type \"Root\"")]
    [InlineData("3.5", "{ $.eventName = CreateTrail || $.eventName = UpdateTrail || $.eventName = DeleteTrail || $.eventName = StartLogging }", "StopLogging")]
    [InlineData("3.5", "{ ($.eventName = *Trail || $.eventName = *Logging) && $.errorCode NOT EXISTS }", "CreateTrail with errorCode \"AccessDenied\"")]
    [InlineData("3.6", "{ $.eventName = ConsoleLogin && $.responseElements.ConsoleLogin = Failure }", "ConsoleLogin with errorMessage \"Failed authentication\" and no responseElements.ConsoleLogin")]
    [InlineData("3.7", "{ $.eventSource = kms* && $.errorMessage = \"* is pending deletion.\" }", "DisableKey with no errorMessage")]
    [InlineData("3.13", "{ $.eventName = CreateRouteTable || $.eventName = ReplaceRoute || $.eventName = ReplaceRouteTableAssociation || $.eventName = DeleteRouteTable || $.eventName = DeleteRoute || $.eventName = DisassociateRouteTable }", "CreateRoute")]
    public void What_misses_an_event_is_narrower_and_shows_it(string control, string filter, string missed)
    {
        var result = Decide(control, filter);
        Assert.Equal(missed, result.ExampleInWords);
        Assert.Equal((CoverageOutcome.Narrower, false), (result.Outcome, result.Covers));
        Assert.Equal($"The filter misses {missed}.", result.Explanation);
        AssertMissed(control, result, filter);
    }

    [Theory]
    [InlineData("3.5", "{ $.eventName = CreateTrail && $.eventName = UpdateTrail && $.eventName = DeleteTrail && $.eventName = StartLogging && $.eventName = StopLogging }", "CreateTrail")]
    [InlineData("3.7", $"{{ {Disable} && {Schedule} }}", "DisableKey")]
    [InlineData("3.9", "{ $.eventSource = config.amazon.com && $.eventName = StopConfigurationRecorder }", "StopConfigurationRecorder")]
    public void What_never_matches_is_dead(string control, string filter, string missed)
    {
        var result = Decide(control, filter);
        Assert.Equal((CoverageOutcome.NeverMatches, missed), (result.Outcome, result.ExampleInWords));
        Assert.Equal($"The filter can never match an event, not even {missed}.", result.Explanation);
        AssertMissed(control, result, filter);
    }

    [Theory]
    [InlineData("3.2", "{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed = No) }")]
    [InlineData("3.5", "{ $.eventSource = cloudtrail.amazonaws.com }")]
    [InlineData("3.13", $"{{ {Ec2} && ($.eventName = *Route || $.eventName = *RouteTable || $.eventName = *RouteTableAssociation) }}")]
    public void What_covers_by_knowledge_of_the_events_does_not_cover_without(string control, string filter)
    {
        var reference = FilterPattern.Parse(BenchmarkPatterns.ByControl[control]);
        Assert.False(Coverage.Decide(reference, [FilterPattern.Parse(filter)], EventDomain.Unrestricted).Covers);
    }

    [Fact]
    public void An_infix_star_on_which_the_answer_hangs_makes_it_undecidable()
    {
        var result = Decide("3.5", "{ $.eventName = \"C*eTrail\" || $.eventName = UpdateTrail || $.eventName = DeleteTrail || $.eventName = *Logging }");
        Assert.Equal((CoverageOutcome.Undecidable, UndecidableReason.InfixStar), (result.Outcome, result.UndecidableReason));
        Assert.EndsWith("and if it is not, the filter misses CreateTrail.", result.Explanation);
    }

    [Fact]
    public void An_infix_star_on_which_nothing_hangs_does_not()
    {
        Assert.Equal(CoverageOutcome.Broader, Decide("3.5", "{ $.eventName = *Trail || $.eventName = *Logging || $.eventName = Look*Events }").Outcome);
        Assert.Equal(CoverageOutcome.Narrower, Decide("3.5", "{ $.eventName = C*eTrail }").Outcome);
    }

    [Theory]
    [InlineData("3.4", "[event = *Policy*]")]
    [InlineData("3.4", "Policy")]
    [InlineData("3.4", "%Policy%")]
    [InlineData("3.5", "?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging ?StopLogging -errorCode")]
    [InlineData("3.5", "?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging StopLogging")]
    [InlineData("3.5", "%[A-Z][a-z]+Trail|Logging%")]
    [InlineData("3.5", "?eventName")]
    [InlineData("3.1", "?Denied ?Unauthorized")]
    public void What_the_text_of_an_event_decides_is_undecidable_where_readings_differ(string control, string filter)
    {
        var result = Decide(control, filter);
        Assert.Equal((CoverageOutcome.Undecidable, UndecidableReason.NotJsonForm), (result.Outcome, result.UndecidableReason));
        Assert.Contains(filter, result.Explanation);
    }

    [Theory]
    [InlineData("3.5", "?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging ?StopLogging")]
    [InlineData("3.5", "?\"CreateTrail\" ?UpdateTrail ?DeleteTrail ?StartLogging ?StopLogging ?ERROR")]
    [InlineData("3.5", "%CreateTrail|UpdateTrail|DeleteTrail|StartLogging|StopLogging%")]
    [InlineData("3.5", "\"cloudtrail.amazonaws.com\"")]
    [InlineData("3.6", "ConsoleLogin \"Failed authentication\"")]
    [InlineData("3.7", "?DisableKey ?ScheduleKeyDeletion")]
    public void Terms_that_are_values_of_every_event_cover(string control, string filter)
    {
        var result = Decide(control, filter);
        Assert.Equal((CoverageOutcome.Broader, true), (result.Outcome, result.Covers));
    }

    [Fact]
    public void Terms_cover_what_fields_leave() =>
        Assert.True(Decide("3.5", "{ $.eventName = *Trail }", "?StartLogging ?StopLogging").Covers);

    [Theory]
    [InlineData("3.4", "?CreatePolicy ?DeletePolicy", "DeleteGroupPolicy")]
    [InlineData("3.5", "?CreateTrail ?UpdateTrail ?DeleteTrail ?StartLogging", "StopLogging")]
    [InlineData("3.5", "CreateTrail StopLogging", "CreateTrail")]
    [InlineData("3.5", "ERROR", "CreateTrail")]
    [InlineData("3.5", "%ERROR|FATAL%", "CreateTrail")]
    public void Terms_that_are_nowhere_in_an_event_miss_it(string control, string filter, string missed)
    {
        var result = Decide(control, filter);
        Assert.Equal((CoverageOutcome.Narrower, missed), (result.Outcome, result.ExampleInWords));
    }

    [Fact]
    public void What_looks_at_the_text_of_an_event_takes_nothing_from_filters_that_cover() =>
        Assert.Equal(CoverageOutcome.Broader, Decide("3.5", BenchmarkPatterns.ByControl["3.5"], "?CreateTrail").Outcome);

    [Theory]
    [MemberData(nameof(BenchmarkPatterns.Controls), MemberType = typeof(BenchmarkPatterns))]
    public void A_filter_that_catches_whatever_happens_does_not_cover(string control)
    {
        foreach (var filter in new[] { "{ $.eventName = \"*\" }", "", "{ $.eventName != ConsoleLogout || $.eventSource = \"*\" }" })
        {
            var result = Decide(control, filter);
            Assert.Equal((CoverageOutcome.Broader, true, false), (result.Outcome, result.IsCatchAll, result.Covers));
            Assert.Equal("The filter covers the reference only because it matches nearly every event.", result.Explanation);
        }
    }

    [Fact]
    public void A_filter_that_catches_whatever_happens_takes_nothing_from_filters_that_cover() =>
        Assert.True(Decide("3.5", "", BenchmarkPatterns.ByControl["3.5"]).Covers);

    [Fact]
    public void An_or_over_all_regions_covers_and_one_region_does_not()
    {
        var reference = ReferencePatterns.Of(ControlId.Parse("3.5"));
        var events = reference.Events("aws", ["eu-west-1", "us-east-1"]);
        var pattern = FilterPattern.Parse(reference.Pattern);
        Assert.True(Coverage.Decide(pattern, [In("eu-west-1"), In("us-east-1")], events).Covers);
        Assert.Equal("CreateTrail with awsRegion \"us-east-1\"", Coverage.Decide(pattern, [In("eu-west-1")], events).ExampleInWords);

        FilterPattern In(string region) => FilterPattern.Parse($"{{ ($.eventName = *Trail || $.eventName = *Logging) && $.awsRegion = {region} }}");
    }

    [Fact]
    public void To_equal_No_covers_not_to_equal_Yes_and_says_on_what_that_hangs()
    {
        var result = Decide("3.2", "{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed = No) }");
        Assert.Equal((CoverageOutcome.Equivalent, true), (result.Outcome, result.Covers));
        Assert.Contains("If it matched, an event would be missed", Assert.Single(result.Notes));
    }

    [Fact]
    public void A_verdict_that_hangs_on_what_unequal_means_for_an_absent_field_says_so()
    {
        var result = Decide("3.1", $"{{ ({Unauthorized} || {Denied}) && ($.userIdentity.invokedBy != x || $.userIdentity.invokedBy = x) }}");
        Assert.Equal(CoverageOutcome.Narrower, result.Outcome);
        Assert.Contains("If it matched, no event would be missed", Assert.Single(result.Notes));
    }

    [Theory]
    [InlineData("3.2", "{ ($.eventType = AwsConsoleSignIn) && ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) }", "")]
    [InlineData("3.6", "{ $.eventType = AwsConsoleSignIn && $.eventName = ConsoleLogin && $.errorMessage = \"Failed authentication\" }", "")]
    [InlineData("3.5", "{ ($.eventName = *Trail || $.eventName = *Logging) && $.eventType = AwsApiCall && $.eventCategory = Management }", "")]
    [InlineData("3.5", "{ ($.eventName = *Trail || $.eventName = *Logging) && $.managementEvent IS TRUE }", "managementEvent")]
    [InlineData("3.5", "{ $.eventSource = cloudtrail.amazonaws.com && $.readOnly IS FALSE }", "readOnly")]
    [InlineData("3.4", "{ $.eventName = *Policy* && $.awsRegion = us-east-1 }", "")]
    public void What_is_known_of_the_events_covers_and_what_is_documented_as_optional_is_noted(string control, string filter, string relied)
    {
        var result = Decide(control, filter);
        Assert.True(result.Covers, result.Explanation);
        Assert.Equal(relied.Length > 0 ? 1 : 0, result.Notes.Count(n => n.StartsWith($"Relies on {relied}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("3.1", $"{{ ({Unauthorized} || {Denied}) && $.userIdentity.type = \"*\" }}", "and no userIdentity.type")]
    [InlineData("3.1", $"{{ ({Unauthorized} || {Denied}) && $.sourceIPAddress = \"*\" }}", "and no sourceIPAddress")]
    [InlineData("3.3", $"{{ {RootCall} && $.readOnly IS FALSE }}", "and no readOnly")]
    [InlineData("3.5", "{ ($.eventName = *Trail || $.eventName = *Logging) && $.readOnly IS TRUE }", "CreateTrail")]
    public void What_is_not_known_of_every_event_does_not_cover(string control, string filter, string missed)
    {
        var result = Decide(control, filter);
        Assert.False(result.Covers);
        Assert.EndsWith(missed, result.ExampleInWords);
    }

    [Theory]
    [InlineData("3.2", "\"eventType\":\"AwsConsoleSignIn\"")]
    [InlineData("3.5", "\"eventType\":\"AwsApiCall\"")]
    [InlineData("3.5", "\"eventCategory\":\"Management\"")]
    [InlineData("3.5", "\"readOnly\":false")]
    [InlineData("3.5", "\"managementEvent\":true")]
    [InlineData("3.4", "\"awsRegion\":\"us-east-1\"")]
    public void A_witness_carries_what_is_known_of_the_events(string control, string json) =>
        Assert.Contains(json, Decide(control, "{ $.eventName = Nothing }").ExampleEvent);

    [Theory]
    [InlineData("aws", "us-east-1", true)]
    [InlineData("aws", "eu-west-1", false)]
    [InlineData("aws-us-gov", "us-gov-west-1", true)]
    [InlineData("aws-cn", "cn-north-1", true)]
    [InlineData("aws-eusc", "eusc-de-east-1", false)]
    public void Events_of_IAM_carry_the_region_of_the_partition(string partition, string region, bool covers)
    {
        var reference = ReferencePatterns.Of(ControlId.Parse("3.4"));
        var filter = FilterPattern.Parse($"{{ $.eventName = *Policy* && $.awsRegion = {region} }}");
        Assert.Equal(covers, Coverage.Decide(reference.Parsed, [filter], reference.Events(partition, [])).Covers);
    }

    [Theory]
    [InlineData("$.eventVersion != 1.08")]
    [InlineData("($.recipientAccountId NOT EXISTS || $.recipientAccountId != 999988887777)")]
    [InlineData("($.recipientAccountId NOT EXISTS || $.recipientAccountId = \"*\" && $.recipientAccountId != 123)")]
    public void Digits_without_quotes_on_which_the_answer_hangs_make_it_undecidable(string condition)
    {
        var result = Decide("3.5", $"{{ ($.eventName = *Trail || $.eventName = *Logging) && {condition} }}");
        Assert.Equal((CoverageOutcome.Undecidable, UndecidableReason.UnquotedDigits), (result.Outcome, result.UndecidableReason));
        Assert.Contains("whether digits without quotes are a number or text, and if they are text, the filter misses CreateTrail", result.Explanation);
    }

    [Theory]
    [InlineData("$.eventVersion != \"1.08\"", CoverageOutcome.Narrower)]
    [InlineData("$.recipientAccountId = 123456789012", CoverageOutcome.Narrower)]
    [InlineData("$.requestParameters.count > 7", CoverageOutcome.Narrower)]
    [InlineData("($.eventVersion != 1.08 || $.eventVersion = \"1.08\")", CoverageOutcome.Broader)]
    public void Digits_on_which_nothing_hangs_do_not(string condition, CoverageOutcome outcome) =>
        Assert.Equal(outcome, Decide("3.5", $"{{ ($.eventName = *Trail || $.eventName = *Logging) && {condition} }}").Outcome);

    [Theory]
    [InlineData("3.5", "{ $.eventName != DescribeInstances }")]
    [InlineData("3.10", "{ $.eventName != DescribeInstances }")]
    [InlineData("3.5", "{ $.eventName != DescribeInstances && $.eventName != RunInstances && $.eventName != GetCallerIdentity }")]
    [InlineData("3.5", "{ $.eventName = %^[A-P]% }", "{ $.eventName = %^[N-Z]% }")]
    public void Filters_that_match_nearly_every_event_do_not_cover(string control, params string[] filters)
    {
        var result = Decide(control, filters);
        Assert.Equal((CoverageOutcome.Broader, true, false), (result.Outcome, result.IsCatchAll, result.Covers));
    }

    [Theory]
    [InlineData("3.5", "{ ($.eventName = *Trail || $.eventName = *Logging) || ($.readOnly IS TRUE) }")]
    [InlineData("3.5", "{ $.readOnly IS FALSE }")]
    [InlineData("3.4", "{ $.eventSource = iam.amazonaws.com }")]
    public void Filters_that_match_all_of_one_kind_cover(string control, string filter) => Assert.True(Decide(control, filter).Covers);

    [Fact]
    public void The_nearest_of_several_filters_and_the_field_that_decides_are_named()
    {
        var result = Decide(
            "3.2",
            "{ $.eventName = ConsoleLogin && $.errorMessage = \"Failed authentication\" }",
            $"{{ {NoMfa} && $.userIdentity.type = IAMUser && $.responseElements.ConsoleLogin = Success }}",
            "{ $.errorCode = AccessDenied* }");
        Assert.Equal("ConsoleLogin with userIdentity.type \"AssumedRole\"", result.ExampleInWords);
        Assert.Equal("The filters together miss ConsoleLogin with userIdentity.type \"AssumedRole\". Filter 2 of 3 comes closest.", result.Explanation);
    }

    private static CoverageResult Decide(string control, params string[] filters) => Coverage.Decide(
        FilterPattern.Parse(BenchmarkPatterns.ByControl[control]),
        [.. filters.Select(FilterPattern.Parse)],
        ReferencePatterns.Of(ControlId.Parse(control)).Events("aws", []));

    private static void AssertMissed(string control, CoverageResult result, string filter)
    {
        using var example = JsonDocument.Parse(result.ExampleEvent!);
        Assert.True(FilterPattern.Parse(BenchmarkPatterns.ByControl[control]).Matches(example.RootElement));
        Assert.False(FilterPattern.Parse(filter).Matches(example.RootElement));
    }
}
