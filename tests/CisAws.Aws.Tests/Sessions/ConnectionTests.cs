using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Connections;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>From options to an account.</summary>
public class ConnectionTests
{
    private const string Role = "arn:aws-us-gov:iam::111122223333:role/path/Auditor";

    private static readonly Patience OneAttempt = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Attempts: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_account_is_whose_the_credentials_are()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", Identity);
        var calls = new List<AwsCall>();

        using var connection = await ConnectAsync(Options(aws) with { Region = "us-gov-east-1", OnCall = calls.Add });

        Assert.Equal(("111122223333", "aws-us-gov", "arn:aws-us-gov:iam::111122223333:user/a"), (connection.Account.AccountId, connection.Account.Partition, connection.Account.CallerArn));
        Assert.Equal(("the access key given", 1), (connection.CredentialSource, connection.CallCount));
        Assert.Equal("us-gov-east-1/sts", Assert.Single(aws.Requests).SignedFor);
        Assert.Equal(("sts:GetCallerIdentity", "us-gov-east-1", "OK"), (calls[0].Action, calls[0].Region, calls[0].Outcome));
    }

    [Fact]
    public async Task A_role_is_assumed_first()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", Identity);
        aws.On("AssumeRole", """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
            <SessionToken>role-token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></AssumeRoleResponse>
            """);

        using var connection = await ConnectAsync(Options(aws) with { RoleArn = Role, ExternalId = "x 1" });

        Assert.Equal($"role {Role}, assumed with the access key given", connection.CredentialSource);
        Assert.Equal(["AssumeRole", "GetCallerIdentity"], aws.Requests.Select(r => r.Operation));
        Assert.Contains("ExternalId=x%201", aws.Requests.First().Body, StringComparison.Ordinal);
        Assert.Contains("Credential=AKIAIOSFODNN7EXAMPLE/", aws.Requests.First().Headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Contains("Credential=ASIAROLE/", aws.Requests.Last().Headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Equal("role-token", aws.Requests.Last().Headers["X-Amz-Security-Token"]);
    }

    [Fact]
    public async Task A_role_that_is_refused_is_named()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("AssumeRole", CannedAnswer.QueryError("AccessDenied", 403, "User is not authorized to perform: sts:AssumeRole"));

        var e = await RefusedAsync(ConnectionTrouble.RoleNotAssumed, Options(aws) with { RoleArn = Role });

        Assert.Contains(Role, e.Message, StringComparison.Ordinal);
        Assert.Contains("not authorized", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidClientTokenId", 403, ConnectionTrouble.CredentialsRejected)]
    [InlineData("ExpiredToken", 403, ConnectionTrouble.CredentialsRejected)]
    [InlineData("SignatureDoesNotMatch", 403, ConnectionTrouble.CredentialsRejected)]
    [InlineData("InternalFailure", 500, ConnectionTrouble.EndpointUnreachable)]
    public async Task The_first_call_tells_bad_credentials_from_a_bad_endpoint(string code, int status, ConnectionTrouble trouble)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", CannedAnswer.QueryError(code, status));

        var e = await RefusedAsync(trouble, Options(aws));

        Assert.Contains(code, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_go_through_a_proxy_that_is_given()
    {
        await using var proxy = await CannedAws.StartAsync();
        proxy.On("GetCallerIdentity", Identity);

        using var connection = await ConnectAsync(Options(proxy) with { EndpointUrl = "http://aws.invalid", Proxy = new Uri(proxy.Url) });

        Assert.Equal("aws.invalid", Assert.Single(proxy.Requests).Headers.Host);
    }

    public static TheoryData<ConnectionOptions> Malformed =>
    [
        new ConnectionOptions { RoleArn = "Auditor" },
        new ConnectionOptions { RoleArn = "arn:aws:iam::123:role/r" },
        new ConnectionOptions { RoleArn = "arn:aws:iam::111122223333:user/u" },
        new ConnectionOptions { RoleArn = Role + "\n" },
        new ConnectionOptions { ExternalId = "x" },
        new ConnectionOptions { EndpointUrl = "localhost:5000" },
        new ConnectionOptions { EndpointUrl = "ftp://localhost" },
        new ConnectionOptions { Region = "Europe" },
        new ConnectionOptions { Region = "eu-west-1.example.com/" },
        new ConnectionOptions { ThrottleLimit = 0 },
        new ConnectionOptions { ThrottleLimit = 65 },
    ];

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task Options_that_can_only_fail_are_refused_before_any_call(ConnectionOptions options)
    {
        var calls = 0;
        var e = await RefusedAsync(ConnectionTrouble.InvalidOption, options with { OnCall = _ => calls++ });

        Assert.NotEmpty(e.RecommendedAction);
        Assert.Equal(0, calls);
    }

    private static string Identity =>
        """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws-us-gov:iam::111122223333:user/a</Arn><UserId>A</UserId>
        <Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>
        """;

    private static ConnectionOptions Options(CannedAws aws) => new() { AccessKey = "AKIAIOSFODNN7EXAMPLE", SecretKey = "secret", EndpointUrl = aws.Url, Region = "us-east-1" };

    private static Task<IAccountConnection> ConnectAsync(ConnectionOptions options) => new AwsDoor(OneAttempt, OneAttempt).ConnectAsync(options, Cancel);

    private static async Task<ConnectionException> RefusedAsync(ConnectionTrouble trouble, ConnectionOptions options)
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => ConnectAsync(options));
        Assert.Equal(trouble, e.Trouble);
        return e;
    }
}
