using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Readers;

public class S3ReadersTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(301)]
    public async Task A_buckets_region_is_told_even_to_those_who_are_refused(int status)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("HEAD /logs", Head(status, "eu-north-1"));

        Assert.Equal(new Bucket(true, "eu-north-1"), await aws.KnownAsync(EvidenceKinds.Buckets, "logs"));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_known_not_to_exist()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("HEAD /logs", Head(404, null));

        Assert.Equal(new Bucket(false), await aws.KnownAsync(EvidenceKinds.Buckets, "logs"));
    }

    [Theory]
    [InlineData(403, "AccessDenied", 403, ReadFailureKind.AccessDenied)]
    [InlineData(403, "RequestTimeTooSkewed", 403, ReadFailureKind.ServiceError)]
    [InlineData(403, "SignatureDoesNotMatch", 403, ReadFailureKind.CredentialsRejected)]
    [InlineData(400, "ExpiredToken", 400, ReadFailureKind.CredentialsRejected)]
    public async Task Why_a_bucket_may_not_be_asked_after_is_found_out_where_an_answer_has_a_body(int head, string code, int status, ReadFailureKind kind)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("HEAD /logs", Head(head, null)).On(Listing, Error(code, status));

        var why = await aws.UnreadableAsync(EvidenceKinds.Buckets, "logs");

        Assert.Equal(("s3:ListBucket", "us-east-1", code, kind), (why.Action, why.Region, why.ErrorCode, why.Kind));
    }

    [Fact]
    public async Task A_bucket_that_can_be_listed_exists()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("HEAD /logs", Head(403, null)).On(Listing, S3("<ListBucketResult><Name>logs</Name><IsTruncated>false</IsTruncated></ListBucketResult>"));

        Assert.Equal(new Bucket(true, "us-east-1"), await aws.KnownAsync(EvidenceKinds.Buckets, "logs"));
    }

    [Fact]
    public async Task S3_asks_with_503_for_fewer_requests()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("HEAD /logs", Head(503, null));

        var why = await aws.UnreadableAsync(EvidenceKinds.Buckets, "logs");

        Assert.Equal(("s3:ListBucket", "us-east-1", ReadFailureKind.Throttled), (why.Action, why.Region, why.Kind));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(407)]
    [InlineData(302)]
    public async Task An_answer_that_S3_did_not_number_is_a_proxys(int status)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("HEAD /logs", new CannedAnswer("", status, "text/html") { Headers = [] });

        var why = await aws.UnreadableAsync(EvidenceKinds.Buckets, "logs");

        Assert.Equal(("s3:ListBucket", "us-east-1", ReadFailureKind.Malformed, $"HTTP {status}"), (why.Action, why.Region, why.Kind, why.ErrorCode));
    }

    [Fact]
    public async Task A_bucket_is_read_in_its_own_region_and_as_our_own()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("HEAD /logs", Head(200, "eu-north-1"));
        aws.On("GET /logs?acl", S3("""
            <AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>o</ID></Owner><AccessControlList>
            <Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>o</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant>
            <Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>
            </AccessControlList></AccessControlPolicy>
            """));

        await aws.KnownAsync(EvidenceKinds.Buckets, "logs");
        var acl = await aws.KnownAsync(EvidenceKinds.BucketAcl, "logs");

        Assert.Equal("o", acl.OwnerId);
        Assert.Equal(
            [new BucketGrant("CanonicalUser", "FULL_CONTROL", "o"), new BucketGrant("Group", "READ", null, "http://acs.amazonaws.com/groups/global/AllUsers")],
            acl.Grants);
        Assert.Equal(2, aws.Requests.Count);
        Assert.Equal("us-east-1/s3", aws.Requests.First().SignedFor);
        Assert.Equal("eu-north-1/s3", aws.Requests.Last().SignedFor);
        Assert.Equal(CannedAws.AccountId, aws.Requests.Last().Headers["x-amz-expected-bucket-owner"]);
    }

    [Fact]
    public async Task A_policy_is_read_as_it_stands()
    {
        await using var aws = await Bucket("?policy", new CannedAnswer("""{"Version":"2012-10-17","Statement":[]}""", 200, "application/json") { Headers = RequestId });

        Assert.Equal("""{"Version":"2012-10-17","Statement":[]}""", await aws.KnownAsync(EvidenceKinds.BucketPolicy, "logs"));
    }

    [Fact]
    public async Task No_policy_is_known_to_be_none()
    {
        await using var aws = await Bucket("?policy", Error("NoSuchBucketPolicy", 404));

        Assert.Null(await aws.KnownAsync(EvidenceKinds.BucketPolicy, "logs"));
    }

    [Theory]
    [InlineData("NoSuchBucket", 404, ReadFailureKind.ServiceError)]
    [InlineData("AccessDenied", 403, ReadFailureKind.AccessDenied)]
    public async Task Another_error_is_not_taken_for_no_policy(string code, int status, ReadFailureKind kind)
    {
        await using var aws = await Bucket("?policy", Error(code, status));

        var why = await aws.UnreadableAsync(EvidenceKinds.BucketPolicy, "logs");

        Assert.Equal(("s3:GetBucketPolicy", code, kind), (why.Action, why.ErrorCode, why.Kind));
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("null", 200)]
    [InlineData("[]", 200)]
    [InlineData("{}", 200)]
    [InlineData("""{"Version":"2012-10-17","Statem""", 200)]
    [InlineData("<html><body>Sign in</body></html>", 200)]
    [InlineData("<html><body>Not here</body></html>", 404)]
    public async Task What_is_no_policy_is_not_taken_for_one(string body, int status)
    {
        await using var aws = await Bucket("?policy", new CannedAnswer(body, status, "application/json") { Headers = RequestId });

        var why = await aws.UnreadableAsync(EvidenceKinds.BucketPolicy, "logs");

        Assert.Equal(("s3:GetBucketPolicy", "us-east-1", ReadFailureKind.Malformed), (why.Action, why.Region, why.Kind));
        Assert.NotEmpty(why.Message);
    }

    [Fact]
    public async Task The_policy_status_is_AWSs_word()
    {
        await using var aws = await Bucket("?policyStatus", S3("<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>"));
        Assert.True(await aws.KnownAsync(EvidenceKinds.BucketPolicyIsPublic, "logs"));

        aws.On("GET /logs?policyStatus", Error("NoSuchBucketPolicy", 404));
        Assert.Null(await aws.KnownAsync(EvidenceKinds.BucketPolicyIsPublic, "logs"));
    }

    [Fact]
    public async Task Block_public_access_of_a_bucket_is_off_where_nothing_is_set()
    {
        await using var aws = await Bucket("?publicAccessBlock", S3("""
            <PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>
            <BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>
            """));
        Assert.Equal(new PublicAccessBlock(IgnorePublicAcls: true), await aws.KnownAsync(EvidenceKinds.BucketPublicAccessBlock, "logs"));

        aws.On("GET /logs?publicAccessBlock", Error("NoSuchPublicAccessBlockConfiguration", 404));
        Assert.Equal(new PublicAccessBlock(), await aws.KnownAsync(EvidenceKinds.BucketPublicAccessBlock, "logs"));
    }

    [Fact]
    public async Task Ownership_may_not_be_set()
    {
        await using var aws = await Bucket("?ownershipControls", S3("<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>"));
        Assert.Equal("BucketOwnerEnforced", await aws.KnownAsync(EvidenceKinds.BucketOwnership, "logs"));

        aws.On("GET /logs?ownershipControls", Error("OwnershipControlsNotFoundError", 404));
        Assert.Null(await aws.KnownAsync(EvidenceKinds.BucketOwnership, "logs"));
    }

    [Fact]
    public async Task Access_logging_may_be_off()
    {
        await using var aws = await Bucket("?logging", S3("""
            <BucketLoggingStatus xmlns="http://doc.s3.amazonaws.com/2006-03-01"><LoggingEnabled><TargetBucket>t</TargetBucket><TargetPrefix>p/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>
            """));
        Assert.Equal(new BucketLogging("t", "p/"), await aws.KnownAsync(EvidenceKinds.BucketLogging, "logs"));

        aws.On("GET /logs?logging", S3("""<BucketLoggingStatus xmlns="http://doc.s3.amazonaws.com/2006-03-01"/>"""));
        Assert.Equal(new BucketLogging(), await aws.KnownAsync(EvidenceKinds.BucketLogging, "logs"));
    }

    [Fact]
    public async Task The_accounts_own_block_is_asked_for_with_its_id()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GET /v20180820/configuration/publicAccessBlock", S3("""
            <PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>
            <BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>
            """));

        Assert.Equal(new PublicAccessBlock(true, true, false, true), await aws.KnownAsync(EvidenceKinds.AccountPublicAccessBlock));
        var request = Assert.Single(aws.Requests);
        Assert.Equal((CannedAws.AccountId, "us-east-1/s3"), (request.Headers["x-amz-account-id"].ToString(), request.SignedFor));
        Assert.NotEmpty(request.Headers["x-amz-content-sha256"].ToString());

        aws.On("GET /v20180820/configuration/publicAccessBlock", new CannedAnswer(
            "<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration</Code><Message>m</Message></Error></ErrorResponse>", 404));
        Assert.Equal(new PublicAccessBlock(), await aws.KnownAsync(EvidenceKinds.AccountPublicAccessBlock));
    }

    /// <summary>What is asked when an answer to HEAD does not say why.</summary>
    private const string Listing = "GET /logs?list-type=2&max-keys=0";

    private static Dictionary<string, string> RequestId => new() { ["x-amz-request-id"] = "ABC", ["x-amz-id-2"] = "DEF" };

    private static async Task<CannedAws> Bucket(string query, CannedAnswer answer) =>
        (await CannedAws.StartAsync()).On("HEAD /logs", Head(200, "us-east-1")).On("GET /logs" + query, answer);

    private static CannedAnswer Head(int status, string? region)
    {
        var headers = RequestId;
        if (region is not null)
        {
            headers["x-amz-bucket-region"] = region;
        }

        return new CannedAnswer("", status, "application/xml") { Headers = headers };
    }

    private static CannedAnswer S3(string body) => new(body, 200, "application/xml") { Headers = RequestId };

    private static CannedAnswer Error(string code, int status) =>
        new($"<Error><Code>{code}</Code><Message>m</Message><RequestId>ABC</RequestId></Error>", status, "application/xml") { Headers = RequestId };
}
