using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Emulator.Faults;
using CisAws.Evidence;

namespace CisAws.Emulator.Tests;

/// <summary>What a request with a wrong signature is told, in the words of the service it asks.</summary>
public sealed class SignatureTests : IAsyncLifetime
{
    private EmulatorServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmulatorServer.StartAsync(
        TestAccount.Create().WithRole("Auditor").WithBucket("logs", "us-east-1"), ct: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static AwsCall CallTo(string service) => service switch
    {
        "sts" => AwsCall.Query("sts", "GetCallerIdentity"),
        "ec2" => AwsCall.Query("ec2", "DescribeRegions"),
        "cloudtrail" => AwsCall.Json("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails"),
        "account" => AwsCall.Rest("account", "POST", "/getContactInformation", "{}"),
        _ => AwsCall.Rest("s3", "GET", "/logs?acl"),
    };

    [Theory]
    [InlineData("sts", "InvalidClientTokenId", 403)]
    [InlineData("ec2", "AuthFailure", 401)]
    [InlineData("cloudtrail", "UnrecognizedClientException", 400)]
    [InlineData("account", "UnrecognizedClientException", 403)]
    [InlineData("s3", "InvalidAccessKeyId", 403)]
    public async Task An_unknown_access_key_is_refused(string service, string code, int status) =>
        await AssertRefusedAsync(CallTo(service) with { AccessKey = "AKIAAAAAAAAAAAAAAAAA" }, code, status);

    [Theory]
    [InlineData("sts", "SignatureDoesNotMatch", 403)]
    [InlineData("ec2", "AuthFailure", 401)]
    [InlineData("cloudtrail", "InvalidSignatureException", 400)]
    [InlineData("account", "InvalidSignatureException", 403)]
    [InlineData("s3", "SignatureDoesNotMatch", 403)]
    public async Task A_wrong_secret_is_refused(string service, string code, int status) =>
        await AssertRefusedAsync(CallTo(service) with { SecretKey = "wrong" }, code, status);

    [Theory]
    [InlineData("sts", "MissingAuthenticationToken", 403)]
    [InlineData("cloudtrail", "MissingAuthenticationTokenException", 400)]
    [InlineData("s3", "AccessDenied", 403)]
    public async Task An_unsigned_request_is_refused(string service, string code, int status) =>
        await AssertRefusedAsync(CallTo(service) with { Signed = false }, code, status);

    [Theory]
    [InlineData("sts", "SignatureDoesNotMatch", 403)]
    [InlineData("ec2", "RequestExpired", 400)]
    [InlineData("cloudtrail", "InvalidSignatureException", 400)]
    [InlineData("s3", "RequestTimeTooSkewed", 403)]
    public async Task A_clock_that_is_off_by_more_than_15_minutes_is_refused(string service, string code, int status)
    {
        await AssertRefusedAsync(CallTo(service) with { Time = DateTimeOffset.UtcNow.AddMinutes(-16) }, code, status);
        await AssertRefusedAsync(CallTo(service) with { Time = DateTimeOffset.UtcNow.AddMinutes(16) }, code, status);
    }

    [Fact]
    public async Task A_clock_that_is_off_by_less_is_accepted() =>
        Assert.Equal(200, (await (CallTo("sts") with { Time = DateTimeOffset.UtcNow.AddMinutes(-14) }).SendAsync(_server)).Status);

    [Fact]
    public async Task A_body_that_was_changed_on_the_way_is_refused() =>
        await AssertRefusedAsync(CallTo("sts") with { Tampered = "Action=GetCallerIdentity&More=1" }, "SignatureDoesNotMatch", 403);

    [Fact]
    public async Task A_payload_hash_of_another_body_is_refused() => await AssertRefusedAsync(
        CallTo("sts") with { Headers = new Dictionary<string, string> { ["x-amz-content-sha256"] = new string('0', 64) } }, "XAmzContentSHA256Mismatch", 400);

    [Fact]
    public async Task An_aws_header_that_is_not_signed_is_refused() =>
        await AssertRefusedAsync(CallTo("s3") with { Unsigned = ("x-amz-expected-bucket-owner", TestAccount.Id) }, "SignatureDoesNotMatch", 403);

    [Fact]
    public async Task A_session_token_that_does_not_belong_to_the_key_is_refused() =>
        await AssertRefusedAsync(CallTo("sts") with { SessionToken = "made-up" }, "InvalidClientTokenId", 403);

    [Theory]
    [InlineData("/logs?acl")]
    [InlineData("/logs?acl&x-id=GetBucketAcl")]
    [InlineData("/logs?acl=&x-id=a%20b%2Fc")]
    public async Task Query_strings_are_signed_as_they_are_sent(string target) =>
        Assert.Equal(200, (await AwsCall.Rest("s3", "GET", target).SendAsync(_server)).Status);

    [Fact]
    public async Task Without_RequireSignature_any_key_works_in_the_first_account()
    {
        await using var open = await EmulatorServer.StartAsync(TestAccount.Create(), new EmulatorOptions { RequireSignature = false }, TestContext.Current.CancellationToken);
        var answer = await (CallTo("sts") with { AccessKey = "any", SecretKey = "any" }).SendAsync(open);
        Assert.Equal(200, answer.Status);
        Assert.Contains(TestAccount.Caller, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sts", "ExpiredToken", 403)]
    [InlineData("ec2", "RequestExpired", 400)]
    [InlineData("cloudtrail", "ExpiredTokenException", 400)]
    [InlineData("s3", "ExpiredToken", 400)]
    public async Task Credentials_expire_when_asked_to(string service, string code, int status)
    {
        await using var server = await EmulatorServer.StartAsync(
            TestAccount.Create(), new EmulatorOptions { Faults = [Fault.ExpireCredentials(after: 2)] }, TestContext.Current.CancellationToken);
        Assert.Equal(200, (await CallTo("sts").SendAsync(server)).Status);
        Assert.Equal(200, (await CallTo("sts").SendAsync(server)).Status);
        var answer = await CallTo(service).SendAsync(server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public async Task A_role_is_not_assumed_without_the_external_id_it_asks_for(string? externalId)
    {
        await using var server = await EmulatorServer.StartAsync(TestAccount.Create().WithRole("Auditor", "secret"), ct: TestContext.Current.CancellationToken);
        (string, string)[] parameters = [("RoleArn", "arn:aws:iam::111122223333:role/Auditor"), ("RoleSessionName", "s")];
        var answer = await AwsCall.Query("sts", "AssumeRole", externalId is null ? parameters : [.. parameters, ("ExternalId", externalId)]).SendAsync(server);
        Assert.Equal(("AccessDenied", 403), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task A_role_of_a_service_cannot_be_assumed()
    {
        const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
        var role = new IamRole("Instance", "arn:aws:iam::111122223333:role/Instance", Trust, [], []);
        var account = TestAccount.Create().Set(EvidenceKinds.AuthorizationDetails, "", new AuthorizationDetails([], [], [role], []));
        await using var server = await EmulatorServer.StartAsync(account, ct: TestContext.Current.CancellationToken);
        var answer = await AwsCall.Query("sts", "AssumeRole", ("RoleArn", role.Arn), ("RoleSessionName", "s")).SendAsync(server);
        Assert.Equal(("AccessDenied", 403), (answer.Code, answer.Status));
    }

    [Theory]
    [InlineData("arn:aws:iam::111122223333:role/Nobody")]
    [InlineData("arn:aws:iam::999999999999:role/Auditor")]
    [InlineData("nonsense")]
    public async Task A_role_that_does_not_exist_is_not_assumed(string roleArn)
    {
        var answer = await AwsCall.Query("sts", "AssumeRole", ("RoleArn", roleArn), ("RoleSessionName", "s")).SendAsync(_server);
        Assert.Equal(("AccessDenied", 403), (answer.Code, answer.Status));
    }

    private async Task AssertRefusedAsync(AwsCall call, string code, int status)
    {
        Assert.Equal(200, (await CallTo("sts").SendAsync(_server)).Status);
        var answer = await call.SendAsync(_server);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }
}
