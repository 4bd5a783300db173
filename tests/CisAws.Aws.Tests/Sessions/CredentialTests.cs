using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Where credentials are looked for, and in which order.</summary>
[Trait("Risk", "Timing")]
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

        await FoundAsync("AKIAENVIRONMENT", new ConnectionOptions());
    }

    [Fact]
    public async Task A_credentials_file_that_is_given_goes_before_the_environment_and_holds_a_default_profile()
    {
        SetKeys();

        await FoundAsync("AKIADEFAULT", new ConnectionOptions { ProfileLocation = Folder });
        await RefusedAsync(ConnectionProblem.ProfileNotFound, new ConnectionOptions { ProfileLocation = Path.Combine(Folder, "none") });
    }

    [Fact]
    public async Task The_default_profile_of_early_AWS_Tools_is_found()
    {
        _environment.WriteCredentials("[AWS PS Default]\naws_access_key_id = AKIAEARLY\naws_secret_access_key = secret");

        await FoundAsync("AKIAEARLY", new ConnectionOptions());
    }

    [Fact]
    public async Task AWS_PROFILE_goes_before_the_default_profile()
    {
        _environment.Set("AWS_PROFILE", "work");

        await FoundAsync("AKIAWORK", new ConnectionOptions());
    }

    [Fact]
    public async Task AWS_PROFILE_that_does_not_exist_is_an_error()
    {
        _environment.Set("AWS_PROFILE", "wrok");

        await RefusedAsync(ConnectionProblem.ProfileNotFound, new ConnectionOptions());
    }

    [Fact]
    public async Task The_default_profile_is_found() => await FoundAsync("AKIADEFAULT", new ConnectionOptions());

    [Fact]
    public async Task Nothing_anywhere_is_said_so()
    {
        _environment.WriteCredentials("");

        var e = await RefusedAsync(ConnectionProblem.NoCredentials, new ConnectionOptions());

        Assert.Contains("-ProfileName", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_profile_is_an_error_that_names_those_there_are()
    {
        SetKeys();

        var e = await RefusedAsync(ConnectionProblem.ProfileNotFound, new ConnectionOptions { ProfileName = "wrok", ProfileLocation = Folder });

        Assert.Contains("default, work", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKIA", null, null)]
    [InlineData(null, "secret", null)]
    [InlineData(null, null, "token")]
    public async Task Half_a_key_is_refused(string? key, string? secret, string? token) =>
        await RefusedAsync(ConnectionProblem.InvalidOption, new ConnectionOptions { AccessKey = key, SecretKey = secret, SessionToken = token });

    [Fact]
    public async Task An_object_that_is_no_credentials_is_refused() =>
        await RefusedAsync(ConnectionProblem.InvalidOption, new ConnectionOptions { Credential = new Version(1, 0) });

    [Fact]
    public async Task A_malformed_file_is_an_error_and_not_a_crash()
    {
        _environment.WriteCredentials("[default]\naws_secret_access_key the-secret");

        var e = await RefusedAsync(ConnectionProblem.NoCredentials, new ConnectionOptions { ProfileLocation = Folder });

        Assert.Contains("Line 2 in file", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ap-south-1", "eu-west-3", "ap-south-1")]
    [InlineData(null, "eu-west-3", "eu-west-3")]
    public void The_region_is_the_environments(string? region, string? defaultRegion, string expected)
    {
        _environment.Set("AWS_REGION", region);
        _environment.Set("AWS_DEFAULT_REGION", defaultRegion);

        Assert.Equal(expected, HomeRegion.FromEnvironment()?.Name);
    }

    private static async Task<FoundCredentials> FoundAsync(string key, ConnectionOptions options)
    {
        var found = await CredentialChain.FindAsync(options, Cancel);
        Assert.Equal(key, (await found.Credentials.GetCredentialsAsync()).AccessKey);
        Assert.DoesNotContain("secret", found.Source, StringComparison.Ordinal);
        return found;
    }

    private static async Task<ConnectionException> RefusedAsync(ConnectionProblem problem, ConnectionOptions options)
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => CredentialChain.FindAsync(options, Cancel));
        Assert.Equal(problem, e.Problem);
        return e;
    }

    private void SetKeys()
    {
        _environment.Set("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT");
        _environment.Set("AWS_SECRET_ACCESS_KEY", "secret");
    }
}
