using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>What profiles and the environment say about endpoints, regions and roles.</summary>
[Trait("Risk", "Timing")]
[Collection(nameof(Environment))]
public sealed class ConfiguredConnectionTests : IDisposable
{
    private const string NoPolicy = "NoSuchEntity";

    private readonly EnvironmentScope _environment = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task AWS_ENDPOINT_URL_is_heeded_and_a_services_own_goes_before_it()
    {
        await using var all = await StartAsync();
        await using var iam = await StartAsync();
        _environment.Set("AWS_ENDPOINT_URL", all.Url);
        _environment.Set("AWS_ENDPOINT_URL_IAM", iam.Url);
        _environment.Set("AWS_REGION", "eu-west-3");

        using var connection = await ConnectAsync(new ConnectionOptions { AccessKey = "AKIA", SecretKey = "secret" });
        await connection.ReadAsync(EvidenceKinds.PasswordPolicy, "", Cancel);
        await connection.ReadAsync(EvidenceKinds.Buckets, "logs", Cancel);

        Assert.Equal(["GetCallerIdentity", "HEAD /logs"], all.Requests.Select(r => r.Operation).Take(2));
        Assert.Equal("eu-west-3/sts", all.Requests.First().SignedFor);
        Assert.Equal(("GetAccountPasswordPolicy", "us-east-1/iam"), (Assert.Single(iam.Requests).Operation, iam.Requests.First().SignedFor));
    }

    [Fact]
    public async Task An_endpoint_that_is_given_goes_before_the_environments()
    {
        await using var given = await StartAsync();
        _environment.Set("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
        _environment.Set("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9");

        using var connection = await ConnectAsync(new ConnectionOptions { AccessKey = "AKIA", SecretKey = "secret", EndpointUrl = given.Url });

        Assert.Single(given.Requests);
    }

    [Fact]
    public async Task A_profiles_region_and_endpoint_are_heeded()
    {
        await using var aws = await StartAsync();
        _environment.WriteCredentials($"""
            [work]
            aws_access_key_id = AKIAWORK
            aws_secret_access_key = secret
            region = eu-north-1
            endpoint_url = {aws.Url}
            """);

        using var connection = await ConnectAsync(new ConnectionOptions { ProfileName = "work", ProfileLocation = _environment.Folder });
        await connection.ReadAsync(EvidenceKinds.PasswordPolicy, "", Cancel);

        Assert.Equal(["eu-north-1/sts", "us-east-1/iam"], aws.Requests.Select(r => r.SignedFor));
    }

    [Fact]
    public async Task A_profiles_role_is_assumed_along_the_chain()
    {
        await using var aws = await StartAsync();
        aws.On("AssumeRole", CannedAnswer.Role("ASIAFIRST"), CannedAnswer.Role("ASIASECOND"));
        _environment.WriteCredentials("""
            [base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = secret
            [first]
            role_arn = arn:aws:iam::111122223333:role/first
            source_profile = base
            [second]
            role_arn = arn:aws:iam::111122223333:role/second
            source_profile = first
            external_id = x
            """);

        using var connection = await ConnectAsync(new ConnectionOptions { ProfileName = "second", ProfileLocation = _environment.Folder, EndpointUrl = aws.Url });

        Assert.Equal("profile second", connection.CredentialSource);
        Assert.Equal(["AKIABASE", "ASIAFIRST", "ASIASECOND"], aws.Requests.Select(r => r.SignedBy));
        Assert.Contains("role%2Ffirst", aws.Requests.First().Body, StringComparison.Ordinal);
        Assert.Contains("ExternalId=x", aws.Requests.Skip(1).First().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_in_the_environment_that_is_no_address_is_a_clear_error()
    {
        _environment.Set("AWS_ENDPOINT_URL", "not an address");

        var e = await Assert.ThrowsAsync<ConnectionException>(() => ConnectAsync(new ConnectionOptions { AccessKey = "AKIA", SecretKey = "secret" }));

        Assert.Equal(ConnectionProblem.EndpointUnreachable, e.Problem);
        Assert.Contains("not an address", e.Message, StringComparison.Ordinal);
    }

    private static async Task<CannedAws> StartAsync() => (await CannedAws.StartAsync())
        .On("GetAccountPasswordPolicy", CannedAnswer.QueryError(NoPolicy, 404))
        .On("GetCallerIdentity", CannedAnswer.Identity);

    private static Task<IAccountConnection> ConnectAsync(ConnectionOptions options)
    {
        var once = new CallTimeouts(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Attempts: 1);
        return new AwsConnector(once, once).ConnectAsync(options, Cancel);
    }
}
