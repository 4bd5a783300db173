using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>From options to an account.</summary>
[Collection(nameof(Environment))]
[Trait("Risk", "Timing")]
public class ConnectionTests
{
    private const string Hub = "arn:aws-us-gov:iam::444455556666:role/Hub";

    private const string Role = "arn:aws-us-gov:iam::111122223333:role/path/Auditor";

    private static readonly CallTimeouts OneAttempt = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Attempts: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_account_is_whose_the_credentials_are()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", Identity);
        var calls = new List<AwsCall>();

        using var connection = await ConnectAsync(Options(aws) with { Region = "us-gov-east-1", OnCall = calls.Add });

        Assert.Equal(("111122223333", "aws-us-gov", "arn:aws-us-gov:iam::111122223333:user/a"), (connection.Account.AccountId, connection.Account.Partition, connection.Account.CallerArn));
        Assert.Equal(("-AccessKey", 1), (connection.CredentialSource, connection.CallCount));
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

        Assert.Equal($"role {Role}, assumed with -AccessKey", connection.CredentialSource);
        Assert.Equal(["AssumeRole", "GetCallerIdentity"], aws.Requests.Select(r => r.Operation));
        Assert.Contains("ExternalId=x%201", aws.Requests.First().Body, StringComparison.Ordinal);
        Assert.Contains("Credential=AKIAIOSFODNN7EXAMPLE/", aws.Requests.First().Headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Contains("Credential=ASIAROLE/", aws.Requests.Last().Headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Equal("role-token", aws.Requests.Last().Headers["X-Amz-Security-Token"]);
    }

    [Theory]
    [InlineData("af-south-1", "us-east-1 (instead of af-south-1, which rejects the credentials)")]
    [InlineData("eu-west-1", null)]
    [InlineData("us-gov-east-1", null)]
    public async Task A_home_region_that_may_not_be_enabled_is_not_taken_for_bad_credentials(string region, string? home)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", CannedAnswer.QueryError("InvalidClientTokenId", 403), new CannedAnswer(Identity));

        if (home is null)
        {
            await RefusedAsync(ConnectionProblem.CredentialsRejected, Options(aws) with { Region = region });
            Assert.Single(aws.Requests);
        }
        else
        {
            using var connection = await ConnectAsync(Options(aws) with { Region = region });
            Assert.Equal(home, connection.HomeRegion);
        }
    }

    [Fact]
    public async Task Credentials_that_no_region_accepts_are_rejected_by_the_one_that_was_asked_for()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", CannedAnswer.QueryError("InvalidClientTokenId", 403));

        await RefusedAsync(ConnectionProblem.CredentialsRejected, Options(aws) with { Region = "af-south-1" });

        Assert.Equal(["af-south-1/sts", "us-east-1/sts"], aws.Requests.Select(r => r.SignedFor));
    }

    [Fact]
    public async Task A_role_that_is_refused_is_named()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("AssumeRole", CannedAnswer.QueryError("AccessDenied", 403, "User is not authorized to perform: sts:AssumeRole"));

        var e = await RefusedAsync(ConnectionProblem.RoleNotAssumed, Options(aws) with { RoleArn = Role });

        Assert.Contains(Role, e.Message, StringComparison.Ordinal);
        Assert.Contains("not authorized", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidClientTokenId", 403, ConnectionProblem.CredentialsRejected)]
    [InlineData("ExpiredToken", 403, ConnectionProblem.CredentialsRejected)]
    [InlineData("SignatureDoesNotMatch", 403, ConnectionProblem.CredentialsRejected)]
    [InlineData("InternalFailure", 500, ConnectionProblem.EndpointUnreachable)]
    public async Task The_first_call_tells_bad_credentials_from_a_bad_endpoint(string code, int status, ConnectionProblem problem)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", CannedAnswer.QueryError(code, status));

        var e = await RefusedAsync(problem, Options(aws));

        Assert.Contains(code, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_go_through_a_proxy_that_is_given()
    {
        await using var proxy = await CannedAws.StartAsync();
        proxy.On("GetCallerIdentity", Identity);

        using var connection = await ConnectAsync(Options(proxy) with { EndpointUrl = "http://aws.invalid", Proxy = new WebProxy(proxy.Url) });

        Assert.Equal("aws.invalid", Assert.Single(proxy.Requests).Headers.Host);
        Assert.Equal(new Uri(proxy.Url).Authority, connection.Proxy);
    }

    [Fact]
    public async Task A_foreign_object_is_asked_for_new_keys_by_every_call_and_by_a_role_that_is_renewed()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", Identity)
            .On("GetAccountPasswordPolicy", CannedAnswer.QueryError("NoSuchEntity", 404))
            .On("AssumeRole", CannedAnswer.Role("ASIAROLE"));
        var owner = new BridgedCredentialsTests.Foreign();
        var options = new ConnectionOptions { Credential = owner, EndpointUrl = aws.Url, Region = "us-east-1" };

        using var connection = await ConnectAsync(options);
        await connection.ReadAsync(EvidenceKinds.PasswordPolicy, "", Cancel);
        using var role = await ConnectAsync(options with { RoleArn = Role });

        // Each key is the owner's newest: none was kept for a second call.
        var keys = aws.Requests.Select(r => r.SignedBy).Where(k => k != "ASIAROLE").ToList();
        Assert.Equal(3, keys.Distinct().Count());
        Assert.All(keys, k => Assert.StartsWith("AKIA", k, StringComparison.Ordinal));
        Assert.Equal("the credentials object (Foreign)", connection.CredentialSource);
    }

    [Fact]
    public async Task The_roles_of_a_chain_are_renewed_before_they_expire()
    {
        await using var aws = await CannedAws.StartAsync();
        // Credentials that expire in less than five minutes are renewed, beside calls that still use them.
        var soon = DateTime.UtcNow.AddMinutes(4).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        aws.On("GetCallerIdentity", Identity)
            .On("GetAccountPasswordPolicy", CannedAnswer.QueryError("NoSuchEntity", 404))
            .On("AssumeRole", [.. Enumerable.Range(0, 1_000).Select(n => CannedAnswer.Role($"ASIA{n:000}", expires: soon))]);
        using var connection = await ConnectAsync(Options(aws) with { SourceRoleArn = Hub, RoleArn = Role });
        for (var reads = 0; reads < 2 || (reads < 400 && (KeysOf("GetAccountPasswordPolicy").Count < 2 || KeysOf("AssumeRole").Count < 3)); reads++)
        {
            await connection.ReadAsync(EvidenceKinds.PasswordPolicy, "", Cancel);
        }

        var assumed = aws.Requests.Where(r => r.Operation == "AssumeRole").Select((r, n) => (Key: $"ASIA{n:000}", r.SignedBy, IsHub: r.Body.Contains("Hub", StringComparison.Ordinal))).ToList();
        var hub = assumed.Where(a => a.IsHub).ToList();
        var own = assumed.Where(a => !a.IsHub).ToList();
        Assert.All(hub, a => Assert.Equal("AKIAIOSFODNN7EXAMPLE", a.SignedBy));
        Assert.All(own, a => Assert.Contains(a.SignedBy, hub.Select(h => h.Key)));
        Assert.True(own.Select(a => a.SignedBy).Distinct().Count() > 1, "The role of the hub was not renewed.");
        var used = KeysOf("GetAccountPasswordPolicy");
        Assert.True(used.Count > 1, "The role of the account was not renewed.");
        Assert.All(used, k => Assert.Contains(k, own.Select(a => a.Key)));

        HashSet<string> KeysOf(string operation) => [.. aws.Requests.Where(r => r.Operation == operation).Select(r => r.SignedBy)];
    }

    [Fact]
    public async Task Connections_to_many_accounts_share_their_source_and_what_failed_is_tried_again()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", Identity)
            .On("AssumeRole", CannedAnswer.QueryError("AccessDenied", 403), CannedAnswer.Role("ASIAHUB"), CannedAnswer.Role("ASIAONE"), CannedAnswer.Role("ASIATWO"));
        var connector = new AwsConnector(OneAttempt, OneAttempt).ForManyAccounts(4);
        var options = Options(aws) with { SourceRoleArn = Hub, RoleArn = Role };
        var e = await Assert.ThrowsAsync<ConnectionException>(() => connector.ConnectAsync(options, Cancel));
        Assert.Equal(ConnectionProblem.RoleNotAssumed, e.Problem);
        using var one = await connector.ConnectAsync(options, Cancel);
        using var two = await connector.ConnectAsync(options with { RoleArn = Role + "2" }, Cancel);

        Assert.Equal(
            ["AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "ASIAHUB", "ASIAHUB"],
            aws.Requests.Where(r => r.Operation == "AssumeRole").Select(r => r.SignedBy));
        Assert.Equal($"role {Role}, assumed with role {Hub}, assumed with -AccessKey", one.CredentialSource);
    }

    [Fact]
    public async Task An_account_that_is_not_the_one_of_the_credentials_is_refused()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", Identity).On("AssumeRole", CannedAnswer.Role("ASIAROLE"));
        var e = await RefusedAsync(ConnectionProblem.WrongAccount, Options(aws) with { AccountId = "999988887777", RoleName = "Auditor" });
        Assert.Equal("The credentials belong to account 111122223333, not to account 999988887777.", e.Message);
    }

    [Fact]
    public async Task What_a_service_repeats_of_a_request_is_not_told()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", CannedAnswer.QueryError("SignatureDoesNotMatch", 403, """
            The request signature we calculated does not match the signature you provided. Check AKIAIOSFODNN7EXAMPLE.

            The Canonical String for this request should have been
            'POST
            /

            x-amz-security-token:the-token
            """));

        var e = await RefusedAsync(ConnectionProblem.CredentialsRejected, Options(aws) with { SessionToken = "the-token" });

        Assert.Contains("does not match the signature you provided. Check AKIA...MPLE. (SignatureDoesNotMatch)", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", e.ToString(), StringComparison.Ordinal);
        Assert.All(Chain(e), inner => Assert.DoesNotContain("Amazon", inner.GetType().FullName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_names_a_region_the_rejection_says_which_was_asked()
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", CannedAnswer.QueryError("InvalidClientTokenId", 403));
        using var environment = new EnvironmentScope();

        var e = await RefusedAsync(ConnectionProblem.CredentialsRejected, Options(aws) with { Region = null });

        Assert.Contains("No region is configured, so us-east-1 was used", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EU-west-1", "$StoredAWSRegion", "eu-west-1 ($StoredAWSRegion)")]
    [InlineData("eu-west-1", null, "eu-west-1 (-Region)")]
    [InlineData(null, null, "us-gov-west-1 (default; none configured)")]
    public async Task The_home_region_is_told_with_who_named_it(string? region, string? variable, string expected)
    {
        await using var aws = await CannedAws.StartAsync();
        aws.On("GetCallerIdentity", Identity).On("AssumeRole", CannedAnswer.Role("ASIAROLE"));
        using var environment = new EnvironmentScope();

        using var connection = await ConnectAsync(Options(aws) with { Region = region, RegionVariable = variable, RoleArn = Role });

        Assert.Equal(expected, connection.HomeRegion);
    }

    private static readonly ConnectionOptions[] Malformed =
    [
        new() { RoleArn = "Auditor" },
        new() { RoleArn = "arn:aws:iam::123:role/r" },
        new() { RoleArn = "arn:aws:iam::111122223333:user/u" },
        new() { RoleArn = Role + "\n" },
        new() { ExternalId = "x" },
        new() { EndpointUrl = "localhost:5000" },
        new() { EndpointUrl = "ftp://localhost" },
        new() { Region = "Europe" },
        new() { Region = "eu-west-1.example.com/" },
        new() { ThrottleLimit = 0 },
        new() { ThrottleLimit = 257 },
    ];

    public static TheoryData<int> MalformedOptions => [.. Enumerable.Range(0, Malformed.Length)];

    [Theory]
    [MemberData(nameof(MalformedOptions))]
    public async Task Options_that_can_only_fail_are_refused_before_any_call(int index)
    {
        var calls = 0;
        var e = await RefusedAsync(ConnectionProblem.InvalidOption, Malformed[index] with { OnCall = _ => calls++ });

        Assert.NotEmpty(e.RecommendedAction);
        Assert.Equal(0, calls);
    }

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }

    private static string Identity =>
        """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws-us-gov:iam::111122223333:user/a</Arn><UserId>A</UserId>
        <Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>
        """;

    private static ConnectionOptions Options(CannedAws aws) => new() { AccessKey = "AKIAIOSFODNN7EXAMPLE", SecretKey = "secret", EndpointUrl = aws.Url, Region = "us-east-1" };

    private static Task<IAccountConnection> ConnectAsync(ConnectionOptions options) => new AwsConnector(OneAttempt, OneAttempt).ConnectAsync(options, Cancel);

    private static async Task<ConnectionException> RefusedAsync(ConnectionProblem problem, ConnectionOptions options)
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => ConnectAsync(options));
        Assert.Equal(problem, e.Problem);
        return e;
    }
}
