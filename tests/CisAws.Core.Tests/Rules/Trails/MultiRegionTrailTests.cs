using System.Linq;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Text;
using static CisAws.Core.Tests.Rules.Trails.TrailEvidence;

namespace CisAws.Core.Tests.Rules.Trails;

public sealed class MultiRegionTrailTests
{
    private static readonly TrailStatus Logging = new(IsLogging: true);

    private static readonly FieldSelector Management = Is("eventCategory", "Management");

    public static TheoryData<string, EventSelectors, string> Selectors => new()
    {
        { "all", AllEvents, "TrailQualifies" },
        { "read and write apart", new([new("ReadOnly", true, []), new("WriteOnly", true, [])], []), "TrailQualifies" },
        { "write only", new([new("WriteOnly", true, [])], []), "ReadOrWriteEventsOnly" },
        { "read only beside data events", new([new("ReadOnly", true, []), new("All", false, [])], []), "ReadOrWriteEventsOnly" },
        { "data events only", new([new("All", false, [])], []), "NoManagementEvents" },
        { "kms left out", new([new("All", true, ["kms.amazonaws.com"])], []), "EventSourcesExcluded" },
        { "kms left out of the writes", new([new("ReadOnly", true, []), new("WriteOnly", true, ["kms.amazonaws.com"])], []), "EventSourcesExcluded" },
        { "kms left out beside all", new([new("All", true, ["kms.amazonaws.com"]), new("All", true, [])], []), "TrailQualifies" },
        { "advanced", Advanced([Management]), "TrailQualifies" },
        { "advanced data events only", Advanced([Is("eventCategory", "Data"), Is("resources.type", "AWS::S3::Object")]), "NoManagementEvents" },
        { "advanced read and write apart", Advanced([Management, Is("readOnly", "true")], [Management, Is("readOnly", "false")]), "TrailQualifies" },
        { "advanced reads and data", Advanced([Management, Is("readOnly", "true")], [Is("eventCategory", "Data")]), "ReadOrWriteEventsOnly" },
        { "advanced reads that are writes", Advanced([Management, Is("readOnly", "true"), Is("readOnly", "false")]), "ReadOrWriteEventsOnly" },
        { "advanced without kms", Advanced([Management, new("eventSource", NotEquals: ["kms.amazonaws.com"])]), "EventSourcesExcluded" },
        { "advanced of one source", Advanced([Management, Is("eventSource", "s3.amazonaws.com")]), "SelectorNarrowed" },
        { "advanced of some names", Advanced([Management, new("eventName", StartsWith: ["Get"])]), "SelectorNarrowed" },
        { "advanced with two operators", Advanced([Management, new("readOnly", EqualTo: ["true", "false"], NotEquals: ["true"])]), "SelectorNarrowed" },
        { "advanced narrow beside wide", Advanced([Management, Is("eventName", "RunInstances")], [Management]), "TrailQualifies" },
        { "the default, unsaid", new([], []), "TrailQualifies" },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void The_trail_must_record_all_management_events(string what, EventSelectors selectors, string expected)
    {
        var result = RuleTester.Control("2.1", NoTrails().WithTrail(Trail(), Logging, selectors));
        Assert.Equal((what, expected), (what, result.ReasonCode));
        Assert.Equal(expected == "TrailQualifies" ? CisStatus.Pass : CisStatus.Fail, result.Status);
        Assert.Equal("AWS::Account", Assert.Single(result.Findings).ResourceType);
    }

    [Fact]
    public void Custom_selectors_that_are_none_record_nothing() => Assert.Equal(
        "NoManagementEvents",
        RuleTester.Control("2.1", NoTrails().WithTrail(Trail() with { HasCustomEventSelectors = true }, Logging, new([], []))).ReasonCode);

    [Fact]
    public void A_trail_that_shows_in_every_region_is_one_candidate()
    {
        var result = RuleTester.Control("2.1", NoTrails().WithTrail(Trail(), Logging));
        Assert.Equal("qualifies", Assert.Single(Assert.Single(result.Findings).Facts).Value);
    }

    [Fact]
    public void A_stopped_trail_fails()
    {
        var result = RuleTester.Control("2.1", NoTrails().WithTrail(Trail(), new TrailStatus(IsLogging: false)));
        Assert.Equal((CisStatus.Fail, "NotLogging"), (result.Status, result.ReasonCode));
        Assert.Contains("main", result.Reason);
    }

    [Fact]
    public void Single_region_trails_in_every_region_fail()
    {
        var evidence = NoTrails();
        foreach (var region in Regions)
        {
            evidence.WithTrail(Trail(region, home: region) with { IsMultiRegionTrail = false }, Logging);
        }

        var result = RuleTester.Control("2.1", evidence);
        Assert.Equal((CisStatus.Fail, "SingleRegionTrail"), (result.Status, result.ReasonCode));
        Assert.Equal(2, result.Findings[0].Facts.Count);
    }

    [Fact]
    public void The_reason_is_that_of_the_closest_trail()
    {
        var evidence = NoTrails()
            .WithTrail(Trail("far") with { IsMultiRegionTrail = false }, Logging)
            .WithTrail(Trail("near"), Logging, new([new("All", true, ["kms.amazonaws.com"])], []))
            .WithTrail(Trail("stopped"), new TrailStatus(IsLogging: false));
        Assert.Contains("trail near does not record the management events of kms.amazonaws.com", RuleTester.Control("2.1", evidence).Reason);
    }

    [Theory]
    [InlineData("kms.amazonaws.com", CisStatus.Pass)]
    [InlineData("rdsdata.amazonaws.com", CisStatus.Fail)]
    public void The_setting_allows_sources_to_be_left_out(string allowed, CisStatus expected)
    {
        var evidence = NoTrails().WithTrail(Trail(), Logging, new([new("All", true, ["kms.amazonaws.com"])], []));
        Assert.Equal(expected, RuleTester.Control("2.1", evidence, ("AllowedExcludedEventSources", new PrintableList<string>([allowed]))).Status);
    }

    [Fact]
    public void No_trail_fails() => Assert.Equal((CisStatus.Fail, "NoTrail"), (RuleTester.Control("2.1", NoTrails()).Status, RuleTester.Control("2.1", NoTrails()).ReasonCode));

    [Fact]
    public void Only_an_organisation_trail_that_cannot_be_asked_is_unknown()
    {
        var trail = Trail("org", OtherAccountId);
        var evidence = With(trail)
            .Deny(EvidenceKinds.TrailStatus, trail.Arn, ReadFailureKind.ForeignOwner, "TrailNotFoundException")
            .Deny(EvidenceKinds.EventSelectors, trail.Arn, ReadFailureKind.ForeignOwner, "TrailNotFoundException");
        var result = RuleTester.Control("2.1", evidence);
        Assert.Equal((CisStatus.Unknown, "ForeignOwner"), (result.Status, result.ReasonCode));
        Assert.EndsWith($"; another account owns the trail; assess it together with account {OtherAccountId}.", result.Reason, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_passing_trail_wins_over_an_unreadable_one()
    {
        var foreign = Trail("org", OtherAccountId);
        var evidence = NoTrails().WithTrail(Trail(), Logging).WithTrail(foreign).Deny(EvidenceKinds.TrailStatus, foreign.Arn).Deny(EvidenceKinds.EventSelectors, foreign.Arn);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.1", evidence).Status);
    }

    [Fact]
    public void An_unreadable_trail_wins_over_a_failing_one()
    {
        var evidence = NoTrails().WithTrail(Trail(), new TrailStatus(IsLogging: false)).WithTrail(Trail("other"), Logging);
        evidence.Deny(EvidenceKinds.EventSelectors, Trail("other").Arn);
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.1", evidence).Status);
    }

    [Fact]
    public void A_shortfall_that_was_read_decides_whatever_else_is_unreadable()
    {
        var evidence = NoTrails().WithTrail(Trail(), new TrailStatus(IsLogging: false)).Deny(EvidenceKinds.EventSelectors, Trail().Arn);
        Assert.Equal(CisStatus.Fail, RuleTester.Control("2.1", evidence).Status);
    }

    [Fact]
    public void A_trail_that_cannot_deliver_passes_with_a_warning()
    {
        var result = RuleTester.Control("2.1", NoTrails().WithTrail(Trail(), Logging with { LatestDeliveryError = "NoSuchBucket" }));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains("NoSuchBucket", Assert.Single(result.Findings[0].Warnings));
    }

    [Fact]
    public void A_multi_region_trail_without_global_services_passes_with_a_note()
    {
        var result = RuleTester.Control("2.1", NoTrails().WithTrail(Trail() with { IncludeGlobalServiceEvents = false }, Logging));
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Contains(result.Findings[0].Facts, f => f.Name == "Note");
    }

    [Fact]
    public void One_readable_region_is_enough_to_find_the_trail_or_none()
    {
        var found = NoTrails().WithTrail(Trail(), Logging).Deny(EvidenceKinds.Trails, "eu-west-1");
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.1", found).Status);
        var none = RuleTester.Control("2.1", NoTrails().Deny(EvidenceKinds.Trails, "eu-west-1"));
        Assert.Equal((CisStatus.Fail, "There is no trail in the regions assessed."), (none.Status, none.Reason));
        Assert.True(none.Incomplete);
        Assert.Equal("The account has no trail.", RuleTester.Control("2.1", NoTrails()).Reason);
    }

    [Fact]
    public void No_readable_region_is_unknown()
    {
        var evidence = NoTrails();
        Regions.ToList().ForEach(r => evidence.Deny(EvidenceKinds.Trails, r));
        var result = RuleTester.Control("2.1", evidence);
        Assert.Equal(CisStatus.Unknown, result.Status);
        Assert.Contains("cloudtrail:DescribeTrails was denied", result.Reason);
    }

    [Theory]
    [InlineData("Unknown", CisStatus.Unknown)]
    [InlineData("NotApplicable", CisStatus.NotApplicable)]
    public void Regions_that_are_all_denied_by_policy_are_as_the_setting_says(string setting, CisStatus expected)
    {
        var evidence = NoTrails();
        Regions.ToList().ForEach(r => evidence.Deny(EvidenceKinds.Trails, r, ReadFailureKind.ScpDenied));
        Assert.Equal(expected, RuleTester.Control("2.1", evidence, ("DeniedRegions", setting)).Status);
    }

    [Fact]
    public void Regions_that_cannot_be_listed_are_unknown() =>
        Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.1", NoTrails().Deny(EvidenceKinds.Regions)).Status);

    [Fact]
    public void No_enabled_region_is_unknown() =>
        Assert.Equal("NoRegion", RuleTester.Control("2.1", NoTrails().Set(EvidenceKinds.Regions, "", [])).ReasonCode);
}
