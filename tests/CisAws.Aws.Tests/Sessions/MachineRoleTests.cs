using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Connections;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>The roles of containers and instances.</summary>
[Trait("Risk", "Timing")]
[Collection(nameof(Environment))]
public sealed class MachineRoleTests : IDisposable
{
    private const string Roles = "GET /latest/meta-data/iam/security-credentials";

    private readonly EnvironmentScope _environment = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task A_containers_role_is_found()
    {
        await using var container = await CannedAws.StartAsync();
        container.On("GET /task", Keys("ASIATASK"));
        _environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url + "/task");
        _environment.Set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "the-authorization");

        var found = await CredentialChain.FindAsync(new ConnectionOptions(), Cancel);

        Assert.Equal("the container's role", found.Source);
        Assert.Equal("ASIATASK", (await found.Credentials.GetCredentialsAsync()).AccessKey);
        Assert.Equal("the-authorization", container.Requests.Single().Headers.Authorization);
    }

    [Theory]
    [InlineData(500, """{"code":"Broken"}""")]
    [InlineData(200, "the-secret is all it says")]
    public async Task A_container_that_gives_no_role_says_what_to_check(int status, string body)
    {
        await using var container = await CannedAws.StartAsync();
        container.On("GET /task", CannedAnswer.Json(body, status));
        _environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.Url + "/task");

        var e = await Assert.ThrowsAsync<ConnectionException>(() => new AwsConnector().ConnectAsync(new ConnectionOptions(), Cancel));

        Assert.Equal(ConnectionProblem.CredentialsRejected, e.Problem);
        Assert.Contains("Could not get credentials from the container's role", e.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_CONTAINER_CREDENTIALS_FULL_URI", e.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", e.ToString(), StringComparison.Ordinal);
    }

    /// <summary>One test for both, because a process has room for one metadata service.</summary>
    [Fact]
    public async Task An_instances_role_is_found_with_a_token_and_roles_can_start_from_it()
    {
        await using var instance = await CannedAws.StartAsync();
        instance.On("PUT /latest/api/token", new CannedAnswer("the-metadata-token", Type: "text/plain"))
            .On(Roles, new CannedAnswer("auditor", Type: "text/plain"))
            .On(Roles + "/auditor", Keys("ASIAINSTANCE"))
            .On("GET /latest/meta-data/iam/info", CannedAnswer.Json("""{"Code":"Success","InstanceProfileArn":"arn:aws:iam::1:x/p"}"""))
            .On("AssumeRole", CannedAnswer.Role("ASIAROLE"))
            .On("GetCallerIdentity", CannedAnswer.Identity);
        _environment.ServeMetadata(instance.Url);

        var found = await CredentialChain.FindAsync(new ConnectionOptions(), Cancel);

        Assert.Equal("the instance's role", found.Source);
        Assert.Equal("ASIAINSTANCE", (await found.Credentials.GetCredentialsAsync()).AccessKey);
        Assert.All(
            instance.Requests.Where(r => r.Operation.StartsWith("GET", StringComparison.Ordinal)),
            r => Assert.Equal("the-metadata-token", r.Headers["X-aws-ec2-metadata-token"]));

        _environment.WriteCredentials("""
            [sourced]
            role_arn = arn:aws:iam::111122223333:role/r
            credential_source = Ec2InstanceMetadata
            """);
        var sourced = new ConnectionOptions { ProfileName = "sourced", EndpointUrl = instance.Url };
        using var connection = await TestTimeouts.Connector.ConnectAsync(sourced, Cancel);
        Assert.Equal("ASIAINSTANCE", instance.Requests.Single(r => r.Operation == "AssumeRole").SignedBy);

        instance.On(Roles, new CannedAnswer("", 404));
        var e = await Assert.ThrowsAsync<ConnectionException>(() => CredentialChain.FindAsync(new ConnectionOptions(), Cancel));
        Assert.Contains("provides no role", e.Message, StringComparison.Ordinal);
        Assert.Contains("Attach a role to the instance", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_for_the_instance_there_are_no_credentials()
    {
        _environment.ServeMetadata("http://127.0.0.1:9");

        await NothingIsFoundAsync();
    }

    [Fact]
    public async Task Nor_where_the_answer_is_lost()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _environment.ServeMetadata($"http://{silent.LocalEndpoint}");

        await NothingIsFoundAsync();
    }

    internal static CannedAnswer Keys(string key) => CannedAnswer.Json($$"""
        {"Code":"Success","Type":"AWS-HMAC","AccessKeyId":"{{key}}","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}
        """);

    private static async Task NothingIsFoundAsync()
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => CredentialChain.FindAsync(new ConnectionOptions(), Cancel));

        Assert.Equal(ConnectionProblem.NoCredentials, e.Problem);
        Assert.Contains("-ProfileName", e.RecommendedAction, StringComparison.Ordinal);
    }
}
