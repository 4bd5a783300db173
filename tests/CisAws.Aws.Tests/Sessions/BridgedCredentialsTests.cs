using System;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Sessions;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Objects of other libraries, known by the names of their members.</summary>
public class BridgedCredentialsTests
{
    [Fact]
    public async Task The_answer_of_a_session_token_command_is_understood() =>
        await HasAsync("AKIA", "token", new { AccessKeyId = "AKIA", SecretAccessKey = "secret", SessionToken = "token", Expiration = DateTime.UtcNow });

    [Fact]
    public async Task Keys_without_a_token_are_understood() => await HasAsync("AKIA", "", new { AccessKeyId = "AKIA", SecretAccessKey = "secret", SessionToken = "" });

    [Fact]
    public async Task A_foreign_credentials_object_is_asked_each_time()
    {
        var foreign = new Foreign();
        var bridged = BridgedCredentials.Of(foreign);

        Assert.Equal("AKIA1", (await bridged.GetCredentialsAsync()).AccessKey);
        Assert.Equal("AKIA2", (await bridged.GetCredentialsAsync()).AccessKey);
    }

    [Fact]
    public async Task A_foreign_objects_own_trouble_is_told()
    {
        var bridged = BridgedCredentials.Of(new Broken());

        Assert.Equal("signed out", (await Assert.ThrowsAsync<AmazonClientException>(bridged.GetCredentialsAsync)).Message);
    }

    private static async Task HasAsync(string key, string token, object foreign)
    {
        var credentials = await BridgedCredentials.Of(foreign).GetCredentialsAsync();
        Assert.Equal((key, "secret", token), (credentials.AccessKey, credentials.SecretKey, credentials.Token));
    }

    public sealed class Foreign
    {
        private int _count;

        public object GetCredentials() => new { AccessKey = $"AKIA{++_count}", SecretKey = "secret", Token = "token" };
    }

    public sealed class Broken
    {
        private readonly string _message = "signed out";

        public object GetCredentials() => throw new InvalidOperationException(_message);
    }
}
