using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;

namespace CisAws.Aws.Tests.Sessions;

/// <summary>Profiles that take more than reading keys: codes, single sign-on, processes, roles of the machine.</summary>
[Trait("Risk", "Timing")]
[Collection(nameof(Environment))]
public sealed class ProfileSignInTests : IDisposable
{
    private const string Secret = "the-secret";

    private readonly EnvironmentScope _environment = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _environment.Dispose();

    [Theory]
    [InlineData("coded")]
    [InlineData("beyond")]
    public async Task A_profile_that_asks_for_a_code_says_how_to_get_a_session_and_nothing_prompts(string profile)
    {
        _environment.WriteCredentials("""
            [base]
            aws_access_key_id = AKIABASE
            aws_secret_access_key = secret
            [coded]
            role_arn = arn:aws:iam::111122223333:role/r
            source_profile = base
            mfa_serial = arn:aws:iam::111122223333:mfa/m
            [beyond]
            role_arn = arn:aws:iam::444455556666:role/r
            source_profile = coded
            """);

        var e = await RefusedAsync(ConnectionProblem.RoleNotAssumed, Profile(profile));

        Assert.Equal($"Profile '{profile}' requires an MFA code to assume arn:aws:iam::111122223333:role/r, and CisAws does not prompt.", e.Message);
        Assert.Contains("Use-STSRole -ProfileName base -RoleArn arn:aws:iam::111122223333:role/r", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-SerialNumber arn:aws:iam::111122223333:mfa/m -TokenCode", e.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_in_profile_gets_its_role_from_the_Identity_Center()
    {
        await using var aws = await StartAsync();
        aws.On("GET /federation/credentials?account_id=111122223333&role_name=Auditor", CannedAnswer.Json("""
            {"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t","expiration":4070908800000}}
            """));
        _environment.Set("AWS_ENDPOINT_URL_SSO", aws.Url);
        SignIn(expires: "2099-01-01T00:00:00Z");

        using var connection = await ConnectAsync(Profile("sso") with { EndpointUrl = aws.Url });

        Assert.Equal(["", "ASIASSO"], aws.Requests.Select(r => r.SignedBy));
        Assert.Equal("the-sso-token", aws.Requests.First().Headers["x-amz-sso_bearer_token"]);
    }

    [Theory]
    [InlineData("sso", null)]
    [InlineData("sso", "2001-01-01T00:00:00Z")]
    [InlineData("beyond", null)]
    public async Task A_profile_nobody_is_signed_in_to_says_how_to(string profile, string? expired)
    {
        SignIn(expired);

        var e = await RefusedAsync(ConnectionProblem.CredentialsRejected, Profile(profile));

        Assert.Contains($"Could not get credentials from profile {profile}", e.Message, StringComparison.Ordinal);
        Assert.Contains("'aws sso login --profile sso'", e.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("the-sso-token", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_process_is_run()
    {
        await using var aws = await StartAsync();
        WriteProcess("""
            {"Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "2099-01-01T00:00:00Z"}
            """);

        using var connection = await ConnectAsync(Profile("process") with { EndpointUrl = aws.Url });

        Assert.Equal("ASIAPROCESS", Assert.Single(aws.Requests).SignedBy);
    }

    [Theory]
    [InlineData(Secret + " is all it says", 0)]
    [InlineData("""{"Version": 1, "SecretAccessKey": "the-secret", "Expiration": "soon"}""", 0)]
    [InlineData(Secret, 3)]
    public async Task A_credential_process_that_fails_is_told_without_what_it_printed(string output, int exitCode)
    {
        WriteProcess(output, exitCode);

        var e = await RefusedAsync(ConnectionProblem.CredentialsRejected, Profile("process"));

        Assert.Contains("credential_process", e.Message, StringComparison.Ordinal);
        Assert.Contains("credential_process of profile 'process' to see its output", e.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains(exitCode == 0 ? "malformed" : "exit value 3", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_can_start_from_the_environments_keys()
    {
        await using var aws = await StartAsync();
        _environment.Set("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT");
        _environment.Set("AWS_SECRET_ACCESS_KEY", "secret");
        WriteSourced("Environment");

        using var connection = await ConnectAsync(Profile("sourced") with { EndpointUrl = aws.Url });

        Assert.Equal(["AKIAENVIRONMENT", "ASIAROLE"], aws.Requests.Select(r => r.SignedBy));
    }

    [Fact]
    public async Task A_role_can_start_from_the_containers()
    {
        await using var aws = await StartAsync();
        aws.On("GET /task", MachineRoleTests.Keys("ASIATASK"));
        _environment.Set("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.Url + "/task");
        WriteSourced("EcsContainer");

        using var connection = await ConnectAsync(Profile("sourced") with { EndpointUrl = aws.Url });

        Assert.Equal(["", "ASIATASK", "ASIAROLE"], aws.Requests.Select(r => r.SignedBy));
    }

    [Fact]
    public async Task A_role_that_starts_from_an_instances_is_refused_where_there_is_no_instance()
    {
        _environment.ServeMetadata("http://127.0.0.1:9");
        WriteSourced("Ec2InstanceMetadata");

        var e = await RefusedAsync(ConnectionProblem.NoCredentials, Profile("sourced"));

        Assert.Contains("no metadata service answers here", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_identity_gets_its_role_without_a_region_and_without_asking_an_instance()
    {
        await using var aws = await StartAsync();
        aws.On("AssumeRoleWithWebIdentity", CannedAnswer.Role("ASIAPOD", "AssumeRoleWithWebIdentity"));
        var token = Path.Combine(_environment.Folder, "token");
        await File.WriteAllTextAsync(token, "the-web-token", Cancel);
        _environment.Set("AWS_WEB_IDENTITY_TOKEN_FILE", token);
        _environment.Set("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/r");

        using var connection = await ConnectAsync(new ConnectionOptions { EndpointUrl = aws.Url });

        Assert.Equal(["", "ASIAPOD"], aws.Requests.Select(r => r.SignedBy));
        Assert.Contains("WebIdentityToken=the-web-token", aws.Requests.First().Body, StringComparison.Ordinal);
    }

    private static async Task<CannedAws> StartAsync() =>
        (await CannedAws.StartAsync()).On("GetCallerIdentity", CannedAnswer.Identity).On("AssumeRole", CannedAnswer.Role("ASIAROLE"));

    private static Task<IAccountConnection> ConnectAsync(ConnectionOptions options)
    {
        var once = new CallTimeouts(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), Attempts: 1);
        return new AwsConnector(once, once).ConnectAsync(options, Cancel);
    }

    private static async Task<ConnectionException> RefusedAsync(ConnectionProblem problem, ConnectionOptions options)
    {
        var e = await Assert.ThrowsAsync<ConnectionException>(() => ConnectAsync(options with { EndpointUrl = "http://127.0.0.1:9" }));
        Assert.Equal(problem, e.Problem);
        return e;
    }

    private static ConnectionOptions Profile(string name) => new() { ProfileName = name };

    private void WriteSourced(string source) => _environment.WriteCredentials($"""
        [sourced]
        role_arn = arn:aws:iam::111122223333:role/r
        credential_source = {source}
        """);

    /// <summary>A script that prints to both streams, as a failing one does.</summary>
    private void WriteProcess(string output, int exitCode = 0)
    {
        var data = Path.Combine(_environment.Folder, "output");
        File.WriteAllText(data, output);
        var script = Path.Combine(_environment.Folder, OperatingSystem.IsWindows() ? "process.cmd" : "process.sh");
        File.WriteAllText(script, OperatingSystem.IsWindows()
            ? $"@echo off\r\ntype \"{data}\"\r\ntype \"{data}\" 1>&2\r\nexit /b {exitCode}\r\n"
            : $"cat '{data}'\ncat '{data}' >&2\nexit {exitCode}\n");
        _environment.WriteCredentials($"""
            [process]
            credential_process = {(OperatingSystem.IsWindows() ? script : "sh " + script)}
            """);
    }

    /// <summary>Writes what 'aws sso login' leaves behind; with no time, what is there when nobody ever signed in.</summary>
    private void SignIn(string? expires)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let a process move the folder of its user.");
        const string Start = "https://example.awsapps.com/start";
        _environment.WriteCredentials($"""
            [sso]
            sso_start_url = {Start}
            sso_region = eu-west-1
            sso_account_id = 111122223333
            sso_role_name = Auditor
            [beyond]
            role_arn = arn:aws:iam::111122223333:role/r
            source_profile = sso
            """);
        _environment.Set("HOME", _environment.Folder);
        if (expires is not null)
        {
            var cache = Directory.CreateDirectory(Path.Combine(_environment.Folder, ".aws", "sso", "cache")).FullName;
#pragma warning disable CA5350 // The name of the file is by the CLI's rule.
            var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(Start)));
#pragma warning restore CA5350
            File.WriteAllText(
                Path.Combine(cache, name + ".json"),
                $$"""{"startUrl":"{{Start}}","region":"eu-west-1","accessToken":"the-sso-token","expiresAt":"{{expires}}"}""");
        }
    }
}
