using System;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Objects of other libraries, known by the names of their members.</summary>
[Trait("Risk", "Timing")]
public class BridgedCredentialsTests
{
    [Fact]
    public async Task The_answer_of_a_session_token_command_is_understood() =>
        await HasAsync("AKIA", "token", new { AccessKeyId = "AKIA", SecretAccessKey = "secret", SessionToken = "token", Expiration = DateTime.UtcNow });

    [Fact]
    public async Task Keys_without_a_token_are_understood() => await HasAsync("AKIA", "", new { AccessKeyId = "AKIA", SecretAccessKey = "secret", SessionToken = "" });

    [Fact]
    public async Task The_answer_of_a_role_command_is_understood() =>
        await HasAsync("ASIA", "token", new { Credentials = new { AccessKeyId = "ASIA", SecretAccessKey = "secret", SessionToken = "token" } });

    [Fact]
    public async Task The_object_in_StoredAWSCredentials_is_understood_though_its_members_are_internal()
    {
        await HasAsync("AKIA1", "token", new Stored(new Foreign(), "audit"));
        Assert.Equal("audit", BridgedCredentials.NameOf(new Stored(new Foreign(), "audit")));
    }

    [Fact]
    public void Anything_else_is_refused_by_the_name_of_who_gave_it()
    {
        var e = Assert.Throws<ConnectionException>(() => BridgedCredentials.Of(new Version(1, 0), "$StoredAWSCredentials"));

        Assert.Equal("$StoredAWSCredentials is a System.Version, which is not a credentials object.", e.Message);
    }

    [Fact]
    public async Task A_foreign_credentials_object_is_asked_each_time()
    {
        var foreign = new Foreign();
        var bridged = Of(foreign);

        Assert.Equal("AKIA1", (await bridged.GetCredentialsAsync()).AccessKey);
        Assert.Equal("AKIA2", (await bridged.GetCredentialsAsync()).AccessKey);
    }

    [Fact]
    public async Task A_foreign_objects_own_error_is_reported()
    {
        var bridged = Of(new Broken(new InvalidOperationException("signed out")));

        Assert.Equal("signed out", (await Assert.ThrowsAsync<AmazonClientException>(bridged.GetCredentialsAsync)).Message);
    }

    [Fact]
    public async Task What_its_credential_process_printed_is_not_told()
    {
        var bridged = Of(new Broken(new ProcessAWSCredentialException("Command returned non-zero exit value 1 with the error - secret")));

        var e = await Assert.ThrowsAsync<AmazonClientException>(bridged.GetCredentialsAsync);

        Assert.Equal("The profile's credential_process returned no credentials: Command returned non-zero exit value 1.", e.Message);
    }

    private static AWSCredentials Of(object foreign) => BridgedCredentials.Of(foreign, "-Credential");

    private static async Task HasAsync(string key, string token, object foreign)
    {
        var credentials = await Of(foreign).GetCredentialsAsync();
        Assert.Equal((key, "secret", token), (credentials.AccessKey, credentials.SecretKey, credentials.Token));
    }

    public sealed class Foreign
    {
        private int _count;

        public object GetCredentials() => new { AccessKey = $"AKIA{++_count}", SecretKey = "secret", Token = "token" };
    }

    public sealed class Broken(Exception error)
    {
        public object GetCredentials() => throw error;
    }

    /// <summary>As AWS Tools' AWSPSCredentials is made.</summary>
    private sealed class Stored(object credentials, string name)
    {
        internal object Credentials { get; } = credentials;

        internal string Name { get; } = name;

        public override string ToString() => Name;
    }
}
