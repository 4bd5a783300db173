using System;
using System.Linq;
using CisAws.Evidence;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Core.Tests.Rules.Config;

public sealed class ConfigInAllRegionsTests
{
    private static readonly string[] Iam = ["AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::Policy"];

    private static readonly ConfigurationRecorder All = new("default", null, true, true, false, [], [], "ALL_SUPPORTED_RESOURCE_TYPES");
    private static readonly ConfigurationRecorder Global = All with { IncludeGlobalResourceTypes = true };
    private static readonly ConfigurationRecorderStatus Success = new("default", true, "SUCCESS");
    private static readonly DeliveryChannel Channel = new("default", "config-bucket", "arn:aws:sns:us-east-1:111122223333:config");

    [Fact]
    public void All_regions_with_the_global_types_in_one_pass()
    {
        var result = RuleTester.Control("2.5", Recording());
        Assert.Equal(CisStatus.Pass, result.Status);
        Assert.Equal(["eu-west-1", "us-east-1", RuleTester.AccountId], result.Findings.Select(f => f.ResourceId));
        Assert.All(result.Findings, f => Assert.Empty(f.Warnings));
    }

    [Fact]
    public void A_region_without_a_recorder_fails_by_name()
    {
        var result = RuleTester.Control("2.5", Recording().Set(EvidenceKinds.ConfigurationRecorders, "eu-west-1", []));
        Assert.Equal((CisStatus.Fail, "NoRecorder", "eu-west-1"), (result.Status, result.ReasonCode, result.FailedResource.ToString()));
        Assert.Equal("1 of 2 regions has no configuration recorder: eu-west-1.", result.Reason);
    }

    [Fact]
    public void A_service_linked_recorder_is_not_the_accounts() => Assert.Equal(
        "NoRecorder",
        RuleTester.Control("2.5", Recording().Set(EvidenceKinds.ConfigurationRecorders, "eu-west-1", [All with { ServicePrincipal = "access-analyzer.amazonaws.com" }])).ReasonCode);

    public static TheoryData<string, ConfigurationRecorderStatus, CisStatus> Statuses => new()
    {
        { "Recording", Success, CisStatus.Pass },
        { "Recording", Success with { LastStatus = "Success" }, CisStatus.Pass },
        { "NotRecording", Success with { Recording = false }, CisStatus.Fail },
        { "DeliveryFailed", Success with { LastStatus = "Failure", LastErrorCode = "NoSuchBucket" }, CisStatus.Fail },
        { "DeliveryPending", Success with { LastStatus = "Pending", LastStartTime = RuleTester.Now.AddHours(-2) }, CisStatus.Fail },
        { "DeliveryPending", Success with { LastStatus = "Pending" }, CisStatus.Fail },
        { "StatusUndecided", Success with { LastStatus = "Pending", LastStartTime = RuleTester.Now.AddMinutes(-30) }, CisStatus.Unknown },
        { "StatusUndecided", Success with { LastStatus = "NotApplicable" }, CisStatus.Unknown },
        { "StatusUndecided", Success with { LastStatus = null }, CisStatus.Unknown },
        { "StatusUndecided", Success with { Name = "another" }, CisStatus.Unknown },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void The_recorder_must_record_and_deliver(string code, ConfigurationRecorderStatus status, CisStatus expected)
    {
        var finding = Region(Recording().Set(EvidenceKinds.ConfigurationRecorderStatus, "eu-west-1", [status]));
        Assert.Equal((expected, code), (finding.Status, finding.ReasonCode));
    }

    public static TheoryData<string, ConfigurationRecorder, CisStatus> Groups => new()
    {
        { "Recording", All with { Strategy = null }, CisStatus.Pass },
        { "Recording", All with { HasRecordingGroup = false, AllSupported = false, Strategy = null }, CisStatus.Pass },
        { "Recording", Excluding(Iam), CisStatus.Pass },
        { "Recording", Excluding("AWS::RDS::GlobalCluster"), CisStatus.Pass },
        { "ResourceTypesExcluded", Excluding("AWS::EC2::Volume"), CisStatus.Fail },
        { "NotAllResourceTypes", Including(12), CisStatus.Fail },
        { "NotAllResourceTypes", All with { AllSupported = false, Strategy = null }, CisStatus.Fail },
    };

    [Theory]
    [MemberData(nameof(Groups))]
    public void The_recorder_must_record_everything(string code, ConfigurationRecorder recorder, CisStatus expected)
    {
        var finding = Region(Recording().Set(EvidenceKinds.ConfigurationRecorders, "eu-west-1", [recorder]));
        Assert.Equal((expected, code), (finding.Status, finding.ReasonCode));
    }

    [Fact]
    public void Types_left_out_are_named_and_the_setting_allows_them()
    {
        var evidence = Recording().Set(EvidenceKinds.ConfigurationRecorders, "eu-west-1", [Excluding("AWS::EC2::Volume", "AWS::IAM::User")]);
        Assert.Contains(RuleTester.Control("2.5", evidence).Findings, f => f.Reason == "The configuration recorder excludes AWS::EC2::Volume.");
        var allowed = new PrintableList<string>(["AWS::EC2::Volume", "AWS::IAM::User"]);
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.5", evidence, ("AllowedExcludedResourceTypes", allowed)).Status);
    }

    [Fact]
    public void A_region_needs_a_delivery_channel_to_a_bucket()
    {
        Assert.Equal("NoDeliveryChannel", Region(Recording().Set(EvidenceKinds.DeliveryChannels, "eu-west-1", [])).ReasonCode);
        Assert.Equal("NoDeliveryChannel", Region(Recording().Set(EvidenceKinds.DeliveryChannels, "eu-west-1", [new DeliveryChannel("default")])).ReasonCode);
    }

    [Fact]
    public void A_channel_without_a_topic_is_a_warning_and_daily_recording_a_fact()
    {
        var finding = Region(Recording()
            .Set(EvidenceKinds.DeliveryChannels, "eu-west-1", [Channel with { SnsTopicArn = null }])
            .Set(EvidenceKinds.ConfigurationRecorders, "eu-west-1", [All with { RecordingFrequency = "DAILY" }]));
        Assert.Equal((CisStatus.Pass, 1, 1), (finding.Status, finding.Warnings.Count, finding.Facts.Count));
    }

    [Fact]
    public void Everything_that_is_wrong_in_a_region_is_in_its_reason()
    {
        var finding = Region(Recording()
            .Set(EvidenceKinds.ConfigurationRecorderStatus, "eu-west-1", [Success with { Recording = false }])
            .Set(EvidenceKinds.DeliveryChannels, "eu-west-1", []));
        Assert.Equal("The configuration recorder is stopped; it has no delivery channel to a bucket.", finding.Reason);
    }

    [Theory]
    [InlineData("us-east-1", CisStatus.Pass)]
    [InlineData("il-central-1", CisStatus.Fail)]
    [InlineData("mx-central-1", CisStatus.Fail)]
    public void A_region_that_never_records_iam_cannot_be_the_one_that_does(string region, CisStatus expected) =>
        Assert.Equal(expected, Account(Recording(("eu-west-1", All), (region, Global))).Status);

    [Fact]
    public void No_region_with_the_global_types_fails_the_account() =>
        Assert.Equal((CisStatus.Fail, "IamNotRecorded"), StatusOf(Account(Recording(("eu-west-1", All), ("us-east-1", All)))));

    [Fact]
    public void A_failing_region_with_the_global_types_does_not_help() => Assert.Equal(
        CisStatus.Fail, Account(Recording().Set(EvidenceKinds.ConfigurationRecorderStatus, "us-east-1", [Success with { Recording = false }])).Status);

    [Fact]
    public void Excluding_the_iam_types_in_all_but_one_region_passes() =>
        Assert.Equal(CisStatus.Pass, RuleTester.Control("2.5", Recording(("eu-west-1", Excluding(Iam)), ("us-east-1", Excluding()))).Status);

    [Fact]
    public void Excluding_one_iam_type_everywhere_fails_the_account() =>
        Assert.Equal(CisStatus.Fail, Account(Recording(("eu-west-1", Excluding(Iam)), ("us-east-1", Excluding("AWS::IAM::Group")))).Status);

    [Fact]
    public void A_region_that_is_not_enabled_is_not_judged() =>
        Assert.DoesNotContain(RuleTester.Control("2.5", Recording()).Findings, f => f.Region == "me-south-1");

    [Theory]
    [InlineData("Unknown", CisStatus.Unknown)]
    [InlineData("NotApplicable", CisStatus.Pass)]
    public void A_region_denied_by_policy_is_as_the_setting_says(string setting, CisStatus expected)
    {
        var evidence = Recording();
        Deny(evidence, ReadFailureKind.ScpDenied, EvidenceKinds.ConfigurationRecorders, EvidenceKinds.ConfigurationRecorderStatus, EvidenceKinds.DeliveryChannels);
        Assert.Equal(expected, RuleTester.Control("2.5", evidence, ("DeniedRegions", setting)).Status);
    }

    [Fact]
    public void An_unreadable_region_may_be_the_one_that_records_iam()
    {
        var evidence = Recording(("eu-west-1", Global), ("us-east-1", All));
        Deny(evidence, ReadFailureKind.AccessDenied, EvidenceKinds.ConfigurationRecorders);
        Assert.Equal((CisStatus.Unknown, "AccessDenied"), StatusOf(Account(evidence)));
    }

    [Fact]
    public void A_region_whose_status_or_channel_cannot_be_read_is_unknown_unless_what_was_read_fails()
    {
        var evidence = Recording();
        Deny(evidence, ReadFailureKind.AccessDenied, EvidenceKinds.DeliveryChannels);
        Assert.Equal(CisStatus.Unknown, Region(evidence).Status);
        evidence.Set(EvidenceKinds.ConfigurationRecorderStatus, "eu-west-1", [Success with { Recording = false }]);
        Assert.Equal(CisStatus.Fail, Region(evidence).Status);
        evidence = Recording();
        Deny(evidence, ReadFailureKind.AccessDenied, EvidenceKinds.ConfigurationRecorderStatus);
        Assert.Contains("config:DescribeConfigurationRecorderStatus", Region(evidence).Reason);
    }

    [Fact]
    public void A_region_that_was_not_looked_at_may_be_the_one_that_records_iam()
    {
        var result = RuleTester.Control("2.5", Recording(), ["eu-west-1"]);
        Assert.Equal((CisStatus.Unknown, "OutOfScope"), (result.Status, result.ReasonCode));
        Assert.Contains("Assessed in 1 of 2 regions.", result.Reason);
    }

    [Fact]
    public void Regions_that_all_do_not_apply_leave_nothing_to_record_iam()
    {
        var evidence = Recording(("eu-west-1", All)).Deny(EvidenceKinds.ConfigurationRecorders, "eu-west-1", ReadFailureKind.ScpDenied);
        Assert.Equal(CisStatus.NotApplicable, RuleTester.Control("2.5", evidence, ("DeniedRegions", "NotApplicable")).Status);
    }

    [Fact]
    public void No_enabled_region_is_unknown() =>
        Assert.Equal((CisStatus.Unknown, "NoRegion"), StatusOf(Account(RuleTester.NewEvidence().Set(EvidenceKinds.Regions, "", []))));

    [Fact]
    public void Regions_that_cannot_be_listed_are_unknown() => Assert.Equal(CisStatus.Unknown, RuleTester.Control("2.5", Recording().Deny(EvidenceKinds.Regions)).Status);

    /// <summary>AWS Config in both regions, the global types in us-east-1.</summary>
    private static AccountEvidence Recording() => Recording(("eu-west-1", All), ("us-east-1", Global));

    private static AccountEvidence Recording(params (string Region, ConfigurationRecorder Recorder)[] regions)
    {
        var evidence = RuleTester.NewEvidence().Set(EvidenceKinds.Regions, "", regions.Select(r => new Region(r.Region, "opted-in")).Append(new Region("me-south-1", "not-opted-in")).ToList());
        foreach (var (region, recorder) in regions)
        {
            evidence.Set(EvidenceKinds.ConfigurationRecorders, region, [recorder])
                .Set(EvidenceKinds.ConfigurationRecorderStatus, region, [Success])
                .Set(EvidenceKinds.DeliveryChannels, region, [Channel]);
        }

        return evidence;
    }

    private static void Deny(AccountEvidence evidence, ReadFailureKind why, params EvidenceKind[] kinds) =>
        Array.ForEach(kinds, k => evidence.Deny(k, "eu-west-1", why));

    private static ConfigurationRecorder Excluding(params string[] types) => new("default", null, true, false, false, [], types, "EXCLUSION_BY_RESOURCE_TYPES");

    private static ConfigurationRecorder Including(int count) => new(
        "default", null, true, false, false, Enumerable.Range(0, count).Select(i => $"AWS::EC2::Type{i}").ToList(), [], "INCLUSION_BY_RESOURCE_TYPES");

    private static CisFinding Region(AccountEvidence evidence) => RuleTester.Control("2.5", evidence).Findings.Single(f => f.ResourceId == "eu-west-1");

    private static CisFinding Account(AccountEvidence evidence) => RuleTester.Control("2.5", evidence).Findings.Single(f => f.ResourceType == "AWS::Account");

    private static (CisStatus Status, string Code) StatusOf(CisFinding finding) => (finding.Status, finding.ReasonCode);
}
