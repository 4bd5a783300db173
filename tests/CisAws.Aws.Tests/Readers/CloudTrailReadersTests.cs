using System;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Readers;

public class CloudTrailReadersTests
{
    private const string Own = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/own";
    private const string Foreign = "arn:aws:cloudtrail:ap-southeast-2:999988887777:trail/organisation";

    [Fact]
    public async Task Trails_are_asked_for_in_the_region_with_shadow_trails()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeTrails", CannedAnswer.Json("""
            {"trailList":[{"Name":"own","S3BucketName":"logs","S3KeyPrefix":"p","IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":true,"HomeRegion":"eu-west-1",
              "TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/own","LogFileValidationEnabled":true,"HasCustomEventSelectors":true,"IsOrganizationTrail":false,
              "KmsKeyId":"arn:aws:kms:eu-west-1:111122223333:key/k","CloudWatchLogsLogGroupArn":"arn:aws:logs:eu-west-1:111122223333:log-group:g:*",
              "CloudWatchLogsRoleArn":"arn:aws:iam::111122223333:role/r"},
             {"Name":"bare","TrailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/bare","HomeRegion":"us-east-1","S3BucketName":"b"}]}
            """));

        var trails = await aws.KnownAsync(EvidenceKinds.Trails, "eu-central-1");

        Assert.Equal(
            new Trail(
                "own", Own, "eu-west-1", "logs", "p", true, false, true, true, true, "arn:aws:kms:eu-west-1:111122223333:key/k",
                "arn:aws:logs:eu-west-1:111122223333:log-group:g:*", "arn:aws:iam::111122223333:role/r"),
            trails[0]);
        Assert.Equal(new Trail("bare", "arn:aws:cloudtrail:us-east-1:111122223333:trail/bare", "us-east-1", "b"), trails[1]);
        var request = Assert.Single(aws.Requests);
        Assert.Equal(("{}", "eu-central-1/cloudtrail"), (request.Body, request.SignedFor));
        Assert.Equal("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.1", request.Headers.ContentType);
    }

    [Fact]
    public async Task Status_is_asked_for_in_the_home_region_by_the_ARN()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetTrailStatus", CannedAnswer.Json("""
            {"IsLogging":true,"StartLoggingTime":1.7e9,"LatestDeliveryTime":1700000001.5,"LatestDeliveryError":"AccessDenied","LatestCloudWatchLogsDeliveryTime":1700000002}
            """));

        Assert.Equal(
            new TrailStatus(
                true,
                DateTimeOffset.FromUnixTimeSeconds(1700000000),
                LatestDeliveryTime: DateTimeOffset.FromUnixTimeMilliseconds(1700000001500),
                LatestDeliveryError: "AccessDenied",
                LatestCloudWatchLogsDeliveryTime: DateTimeOffset.FromUnixTimeSeconds(1700000002)),
            await aws.KnownAsync(EvidenceKinds.TrailStatus, Own));
        var request = Assert.Single(aws.Requests);
        Assert.Equal(("{\"Name\":\"" + Own + "\"}", "eu-west-1/cloudtrail"), (request.Body, request.SignedFor));
    }

    [Fact]
    public async Task Selectors_of_both_kinds_are_read()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On(
            "GetEventSelectors",
            CannedAnswer.Json("""{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":true,"DataResources":[],"ExcludeManagementEventSources":["kms.amazonaws.com"]}]}"""),
            CannedAnswer.Json("""{"AdvancedEventSelectors":[{"Name":"m","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]},{"Field":"eventSource","NotEquals":["x"]}]}]}"""));

        var classic = await aws.KnownAsync(EvidenceKinds.EventSelectors, Own);
        var advanced = await aws.KnownAsync(EvidenceKinds.EventSelectors, Own);

        var selector = Assert.Single(classic.Classic);
        Assert.Equal(("All", true, "kms.amazonaws.com"), (selector.ReadWriteType, selector.IncludeManagementEvents, Assert.Single(selector.ExcludeManagementEventSources)));
        Assert.Empty(classic.Advanced);
        var fields = Assert.Single(advanced.Advanced).FieldSelectors;
        Assert.Equal(["eventCategory", "eventSource"], fields.Select(f => f.Field));
        Assert.Equal(("Management", "x"), (Assert.Single(fields[0].EqualTo!), Assert.Single(fields[1].NotEquals!)));
        Assert.Equal("{\"TrailName\":\"" + Own + "\"}", aws.Requests.First().Body);
    }

    [Theory]
    [InlineData(""" "KmsKeyId":"\ud800" """)]
    [InlineData(""" "\ud800":1 """)]
    [InlineData(""" "S3KeyPrefix":"\ud800" """)]
    [InlineData(""" "CloudWatchLogsRoleArn":"\ud800" """)]
    public async Task Half_of_a_surrogate_pair_is_no_text(string member)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeTrails", CannedAnswer.Json(
            $$"""{"trailList":[{"Name":"t","TrailARN":"arn:aws:cloudtrail:eu-west-1:111122223333:trail/t","HomeRegion":"eu-west-1","S3BucketName":"b","IsMultiRegionTrail":true,"IncludeGlobalServiceEvents":true,"LogFileValidationEnabled":true,"IsOrganizationTrail":false,{{member}}}]}"""));

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.Trails, "eu-west-1")).Kind);
    }

    [Fact]
    public async Task A_time_beyond_the_calendar_is_no_time()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetTrailStatus", CannedAnswer.Json("""{"IsLogging":true,"LatestDeliveryTime":961689293075}"""));

        var why = await aws.UnreadableAsync(EvidenceKinds.TrailStatus, Own);

        Assert.Equal((ReadFailureKind.Malformed, "The response could not be read: LatestDeliveryTime is a time that is out of range."), (why.Kind, why.Message));
    }

    [Theory]
    [InlineData(Foreign, ReadFailureKind.ForeignOwner)]
    [InlineData(Own, ReadFailureKind.ServiceError)]
    public async Task A_trail_that_is_not_found_may_be_another_accounts(string arn, ReadFailureKind kind)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetTrailStatus", CannedAnswer.JsonError("com.amazonaws.cloudtrail.v20131101#TrailNotFoundException"));

        var why = await aws.UnreadableAsync(EvidenceKinds.TrailStatus, arn);

        Assert.Equal(("cloudtrail:GetTrailStatus", arn.Split(':')[3], "TrailNotFoundException", kind), (why.Action, why.Region, why.ErrorCode, why.Kind));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"trailList\":[{\"Name\":\"no ARN\"}]}")]
    [InlineData("{\"trailList\":\"none\"}")]
    [InlineData("<html></html>")]
    public async Task An_answer_without_its_list_is_malformed_and_never_no_trails(string body)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("DescribeTrails", CannedAnswer.Json(body));

        Assert.Equal(ReadFailureKind.Malformed, (await aws.UnreadableAsync(EvidenceKinds.Trails, "eu-west-1")).Kind);
    }
}
