using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Sessions;
using CisAws.Connections;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Where credentials are looked for, and in which order.</summary>
[Collection(nameof(Environment))]
public sealed class CredentialTests : IDisposable
{
    private readonly EnvironmentScope _environment = new();

    public CredentialTests() => _environment.WriteCredentials("""
        [default]
        aws_access_key_id = AKIADEFAULT
        aws_secret_access_key = secret
        region = eu-central-1
        [work]
        aws_access_key_id = AKIAWORK
        aws_secret_access_key = secret
        region = eu-north-1
        [coded]
        role_arn = arn:aws:iam::111122223333:role/r
        source_profile = work
        mfa_serial = arn:aws:iam::111122223333:mfa/m
        [signedout]
        sso_start_url = https://example.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 111122223333
        sso_role_name = Auditor
        """);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Folder => _environment.Folder;

    public void Dispose() => _environment.Dispose();

    [Fact]
    public async Task Given_keys_go_before_everything()
    {
        SetKeys();

        await FoundAsync("AKIAGIVEN", new ConnectionOptions
        {
            AccessKey = "AKIAGIVEN",
            SecretKey = "secret",
            SessionToken = "token",
            Credential = new BasicAWSCredentials("AKIAOBJECT", "secret"),
            ProfileName = "work",
            ProfileLocation = Folder,
        });
    }

    [Fact]
    public async Task A_credentials_object_goes_before_a_profile()
    {
        SetKeys();

        await FoundAsync("AKIAOBJECT", new ConnectionOptions
        {
            Credential = new BasicAWSCredentials("AKIAOBJECT", "secret"),
            ProfileName = "work",
            ProfileLocation = Folder,
        });
    }

    [Fact]
    public async Task A_named_profile_goes_before_the_environment_and_brings_its_region()
    {
        SetKeys();

        var found = await FoundAsync("AKIAWORK", new ConnectionOptions { ProfileName = "work", ProfileLocation = Path.Combine(Folder, "credentials") });

        Assert.Equal(("profile work", "eu-north-1"), (found.Source, found.Region));
    }

    [Fact]
    public async Task The_environment_goes_before_the_default_profile()
    {
        SetKeys();

        await FoundAsync("AKIAENVIRONMENT", new ConnectionOptions { ProfileLocation = Folder });
    }

    [Fact]
    public async Task AWS_PROFILE_goes_before_the_default_profile()
    {
        _environment.Set("AWS_PROFILE", "work");

        await FoundAsync("AKIAWORK", new ConnectionOptions { ProfileLocation = Folder });
    }

    [Fact]
    public async Task The_default_profile_is_found() => await FoundAsync("AKIADEFAULT", new ConnectionOptions { ProfileLocation = Folder });

    [Fact]
    public async Task Nothing_anywhere_is_said_so()
    {
        var e = await RefusedAsync(ConnectionTrouble.NoCredentials, new ConnectionOptions { ProfileLocation = Path.Combine(Folder, "none") });

        Assert.Contains("-ProfileName", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_profile_is_an_error_that_names_those_there_are()
    {
        SetKeys();

        var e = await RefusedAsync(ConnectionTrouble.ProfileNotFound, new ConnectionOptions { ProfileName = "wrok", ProfileLocation = Folder });

        Assert.Contains("coded, default, signedout, work", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_nobody_is_signed_in_to_says_how_to()
    {
        var e = await RefusedAsync(ConnectionTrouble.ProfileNotFound, new ConnectionOptions { ProfileName = "signedout", ProfileLocation = Folder });

        Assert.Contains("IAM Identity Center", e.Message, StringComparison.Ordinal);
        Assert.Contains("aws sso login --profile signedout", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_asks_for_a_code_is_refused_and_nothing_prompts()
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => new AwsDoor().ConnectAsync(
            new ConnectionOptions { ProfileName = "coded", ProfileLocation = Folder, EndpointUrl = "http://127.0.0.1:9" }, Cancel));

        Assert.Contains("MFA", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKIA", null, null)]
    [InlineData(null, "secret", null)]
    [InlineData(null, null, "token")]
    public async Task Half_a_key_is_refused(string? key, string? secret, string? token) =>
        await RefusedAsync(ConnectionTrouble.InvalidOption, new ConnectionOptions { AccessKey = key, SecretKey = secret, SessionToken = token });

    [Fact]
    public async Task An_object_that_is_no_credentials_is_refused() =>
        await RefusedAsync(ConnectionTrouble.InvalidOption, new ConnectionOptions { Credential = new Version(1, 0) });

    [Fact]
    public async Task A_malformed_file_is_an_error_and_not_a_crash()
    {
        _environment.WriteCredentials("[default\naws_access_key_id");

        await RefusedAsync(ConnectionTrouble.NoCredentials, new ConnectionOptions { ProfileLocation = Folder });
    }

    [Theory]
    [InlineData("ap-south-1", "eu-west-3", "ap-south-1")]
    [InlineData(null, "eu-west-3", "eu-west-3")]
    public void The_region_is_the_environments(string? region, string? defaultRegion, string expected)
    {
        _environment.Set("AWS_REGION", region);
        _environment.Set("AWS_DEFAULT_REGION", defaultRegion);

        Assert.Equal(expected, HomeRegion.FromEnvironment());
    }

    private static async Task<FoundCredentials> FoundAsync(string key, ConnectionOptions options)
    {
        var found = await CredentialChain.FindAsync(options, Cancel);
        Assert.Equal(key, (await found.Credentials.GetCredentialsAsync()).AccessKey);
        Assert.DoesNotContain("secret", found.Source, StringComparison.Ordinal);
        return found;
    }

    private static async Task<ConnectionException> RefusedAsync(ConnectionTrouble trouble, ConnectionOptions options)
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => CredentialChain.FindAsync(options, Cancel));
        Assert.Equal(trouble, e.Trouble);
        return e;
    }

    private void SetKeys()
    {
        _environment.Set("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT");
        _environment.Set("AWS_SECRET_ACCESS_KEY", "secret");
    }
}
