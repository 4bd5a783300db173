using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

/// <summary>What is not there is answered with each service's own error, and what the evidence does not tell is never made up.</summary>
public sealed class AbsenceTests : IAsyncLifetime
{
    private const string CloudTrail = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.";
    private const string OtherTrail = "arn:aws:cloudtrail:us-east-1:999999999999:trail/org";

    private EmulatorServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmulatorServer.StartAsync(
        TestAccount.Create().WithBucket("logs", "us-east-1").WithBucket("logs-eu", "eu-west-1")
            .Set(EvidenceKinds.Buckets, "gone", new Bucket(false))
            .Set(EvidenceKinds.AccountPublicAccessBlock, "", new PublicAccessBlock())
            .Set(EvidenceKinds.PasswordPolicy, "", null)
            .Set(EvidenceKinds.SupportPolicyEntities, "", null)
            .Set(EvidenceKinds.ContactInformation, "", null)
            .Set(EvidenceKinds.SecurityContact, "", null)
            .Set(EvidenceKinds.Organization, "", null)
            .Set(EvidenceKinds.KmsKeyArns, "us-east-1", [])
            .Set(EvidenceKinds.Vpcs, "us-east-1", [])
            .Set(EvidenceKinds.TrailLogGroup, "arn:aws:logs:us-east-1:111122223333:log-group:gone", null)
            .Set(EvidenceKinds.MetricFilters, "arn:aws:logs:us-east-1:111122223333:log-group:gone", [])
            .Set(EvidenceKinds.TopicSubscriptions, "arn:aws:sns:us-east-1:111122223333:gone", null)
            .Set(EvidenceKinds.TopicAttributes, "arn:aws:sns:us-east-1:111122223333:gone", null)
            .Set(EvidenceKinds.EventSelectors, OtherTrail, EvidenceKinds.EventSelectors.Refused(ReadFailureKind.ForeignOwner, "", "")),
        ct: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string, string, int> Absent() => new()
    {
        { "iam GetAccountPasswordPolicy", "NoSuchEntity", 404 },
        { "iam ListEntitiesForPolicy PolicyArn=arn:aws:iam::aws:policy/AWSSupportAccess", "NoSuchEntity", 404 },
        { "iam ListEntitiesForPolicy PolicyArn=arn:aws:iam::111122223333:policy/AWSSupportAccess", "NoSuchEntity", 404 },
        { "sns ListSubscriptionsByTopic TopicArn=arn:aws:sns:us-east-1:111122223333:gone", "NotFound", 404 },
        { "sns ListSubscriptionsByTopic TopicArn=arn:aws:sns:eu-west-1:111122223333:gone", "InvalidParameter", 400 },
        { "sns GetTopicAttributes TopicArn=arn:aws:sns:us-east-1:111122223333:gone", "NotFound", 404 },
        { "sns GetTopicAttributes TopicArn=arn:aws:sns:eu-west-1:111122223333:gone", "InvalidParameter", 400 },
        { "ec2 GetManagedPrefixListEntries PrefixListId=pl-1", "InvalidPrefixListID.NotFound", 400 },
        { "ec2 DescribeVpcs VpcId.1=vpc-1", "InvalidVpcID.NotFound", 400 },
        { $"cloudtrail {CloudTrail}GetTrailStatus {{\"Name\":\"none\"}}", "TrailNotFoundException", 400 },
        { $"cloudtrail {CloudTrail}GetEventSelectors {{\"TrailName\":\"{OtherTrail}\"}}", "TrailNotFoundException", 400 },
        { "logs Logs_20140328.DescribeMetricFilters {\"logGroupName\":\"gone\"}", "ResourceNotFoundException", 400 },
        { "kms TrentService.DescribeKey {\"KeyId\":\"1234\"}", "NotFoundException", 400 },
        { "kms TrentService.DescribeKey {\"KeyId\":\"arn:aws:kms:eu-west-1:111122223333:key/1\"}", "NotFoundException", 400 },
        { "organizations AWSOrganizationsV20161128.DescribeOrganization {}", "AWSOrganizationsNotInUseException", 400 },
        { "account POST /getContactInformation {}", "ResourceNotFoundException", 404 },
        { "account POST /getAlternateContact {\"AlternateContactType\":\"SECURITY\"}", "ResourceNotFoundException", 404 },
        { "account POST /getAlternateContact {\"AlternateContactType\":\"BILLING\"}", "ResourceNotFoundException", 404 },
        { "account POST /getContactInformation {\"AccountId\":\"111122223333\"}", "AccessDeniedException", 403 },
        { "s3 GET /gone?acl", "NoSuchBucket", 404 },
        { "s3 GET /never-heard-of?acl", "NoSuchBucket", 404 },
        { "s3 GET /logs?policy", "NoSuchBucketPolicy", 404 },
        { "s3 GET /logs?policyStatus", "NoSuchBucketPolicy", 404 },
        { "s3 GET /logs?publicAccessBlock", "NoSuchPublicAccessBlockConfiguration", 404 },
        { "s3 GET /logs?ownershipControls", "OwnershipControlsNotFoundError", 404 },
        { "s3 GET /logs-eu?acl", "PermanentRedirect", 301 },
        { "s3 HEAD /gone", "", 404 },
    };

    [Theory]
    [MemberData(nameof(Absent))]
    public async Task What_does_not_exist_has_the_service_s_own_error(string call, string code, int status)
    {
        var answer = await Parse(call).SendAsync(_server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Theory]
    [InlineData("iam ListUsers", "InvalidAction", 400)]
    [InlineData("ec2 DescribeImages", "InvalidAction", 400)]
    [InlineData("cloudtrail com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DeleteTrail {}", "UnknownOperationException", 400)]
    [InlineData("account POST /putAlternateContact {}", "UnknownOperationException", 400)]
    [InlineData("s3 PUT /logs", "MethodNotAllowed", 405)]
    [InlineData("s3 PUT /logs?acl", "MethodNotAllowed", 405)]
    [InlineData("lambda GET /2015-03-31/functions", "UnknownService", 400)]
    [InlineData("ec2 DescribeVpcs Filter.1.Name=tag:x Filter.1.Value.1=y", "InvalidParameterValue", 400)]
    [InlineData("ec2 DescribeVpcs Unheard=1", "ValidationError", 400)]
    [InlineData("ec2 DescribeVpcs NextToken=made-up", "ValidationError", 400)]
    [InlineData("ec2 DescribeVpcs MaxResults=many", "ValidationError", 400)]
    [InlineData("cloudtrail com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails [1]", "SerializationException", 400)]
    [InlineData("cloudtrail com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails {", "SerializationException", 400)]
    public async Task What_the_emulator_does_not_know_is_an_error_that_says_so(string call, string code, int status)
    {
        var answer = await Parse(call).SendAsync(_server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task Evidence_that_was_not_collected_is_not_an_empty_list()
    {
        var answer = await Parse("ec2 DescribeSubnets").SendAsync(_server);
        Assert.Equal(("EvidenceNotCollected", 400), (answer.Code, answer.Status));
        Assert.Contains("does not contain ec2.subnets of us-east-1", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ec2 DescribeVpcs", "AuthFailure", 401)]
    [InlineData("kms TrentService.ListKeys {}", "UnrecognizedClientException", 400)]
    [InlineData("sns ListSubscriptionsByTopic TopicArn=arn:aws:sns:me-south-1:111122223333:t", "InvalidClientTokenId", 403)]
    public async Task A_region_that_is_not_enabled_rejects_the_key(string call, string code, int status)
    {
        var answer = await (Parse(call) with { Region = "me-south-1" }).SendAsync(_server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Theory]
    [InlineData("HEAD", "/logs-eu")]
    [InlineData("GET", "/logs-eu?logging")]
    public async Task A_bucket_of_another_region_tells_which(string method, string target)
    {
        var answer = await AwsCall.Rest("s3", method, target).SendAsync(_server);
        Assert.Equal((301, "eu-west-1"), (answer.Status, answer.Headers["x-amz-bucket-region"]));
        Assert.Equal(200, (await (AwsCall.Rest("s3", method, target) with { Region = "eu-west-1" }).SendAsync(_server)).Status);
    }

    [Theory]
    [InlineData(TestAccount.Id, 200)]
    [InlineData("999999999999", 403)]
    public async Task The_owner_that_is_expected_must_be_the_owner(string owner, int status)
    {
        var call = AwsCall.Rest("s3", "GET", "/logs?acl") with { Headers = new Dictionary<string, string> { ["x-amz-expected-bucket-owner"] = owner } };
        Assert.Equal(status, (await call.SendAsync(_server)).Status);
    }

    [Theory]
    [InlineData(TestAccount.Id, "NoSuchPublicAccessBlockConfiguration", 404)]
    [InlineData("999999999999", "AccessDenied", 403)]
    public async Task The_account_s_block_is_told_to_the_account(string accountId, string code, int status)
    {
        var call = AwsCall.Rest("s3", "GET", "/v20180820/configuration/publicAccessBlock") with { Headers = new Dictionary<string, string> { ["x-amz-account-id"] = accountId } };
        var answer = await call.SendAsync(_server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    /// <summary>Reads <c>service operation name=value ...</c>, <c>service target {json}</c> or <c>service METHOD /path {json}</c>.</summary>
    private static AwsCall Parse(string text)
    {
        var words = text.Split(' ');
        var rest = string.Join(' ', words.Skip(2));
        return words switch
        {
            [var service, "GET" or "HEAD" or "PUT" or "POST", var target, ..] => AwsCall.Rest(service, words[1], target, string.Join(' ', words.Skip(3))),
            [var service, var target, ..] when target.Contains('.') => AwsCall.Json(service, target, rest),
            _ => AwsCall.Query(words[0], words[1], words.Skip(2).Select(w => w.Split('=', 2)).Select(p => (p[0], p[1])).ToArray()),
        };
    }
}
