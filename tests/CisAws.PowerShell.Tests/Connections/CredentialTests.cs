using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;

namespace CisAws.PowerShell.Tests.Connections;

/// <summary>Credentials, region and proxy as users of AWS Tools give them.</summary>
[Trait("Risk", "Timing")]
[Collection(nameof(Environment))]
public sealed class CredentialTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private const string Command = ",CisAws.PowerShell.Commands.InvokeCisAssessmentCommand";

    private const string Assessment = "Invoke-CisAssessment '1.9' -EndpointUrl $url";

    private readonly AwsEnvironment _environment = new();
    private readonly ModuleSession _session = new();

    private string Key => demo.Server.AccessKey;

    private string Secret => demo.Server.SecretKey;

    public void Dispose()
    {
        _session.Dispose();
        _environment.Dispose();
    }

    [Theory]
    [InlineData("ProfileName", "StoredCredentials", "AWSProfileName")]
    [InlineData("ProfileLocation", "AWSProfilesLocation", "ProfilesLocation")]
    [InlineData("AccessKey", "AK")]
    [InlineData("SecretKey", "SK", "SecretAccessKey")]
    [InlineData("SessionToken", "ST")]
    [InlineData("Credential", "AWSCredentials")]
    [InlineData("Region", "RegionToCall")]
    [InlineData("EndpointUrl")]
    public void Parameters_have_the_names_and_aliases_of_AWS_Tools(string name, params string[] aliases)
    {
        var command = (CommandInfo)Assert.Single(_session.Objects("Get-Command Invoke-CisAssessment")).BaseObject;
        Assert.Equal(aliases, command.Parameters[name].Aliases);
    }

    [Fact]
    public void Credential_takes_every_shape_there_is()
    {
        var owner = new ForeignCredentials(Key, Secret);
        object[] shapes =
        [
            owner,
            new StoredCredentials(owner, "audit"),
            new { AccessKeyId = Key, SecretAccessKey = Secret, SessionToken = "" },
            new { Credentials = new { AccessKeyId = Key, SecretAccessKey = Secret, SessionToken = "" } },
        ];

        Assert.All(shapes, shape => Assert.Single(Assess("-Credential $shape", ("shape", shape)).Output));
        Assert.Single(Assess("-Credential ([pscustomobject]@{ Credentials = [pscustomobject]@{ AccessKeyId = $k; SecretAccessKey = $s } })").Output);
        Assert.Single(Assess("-Credential ([pscredential]::new($k, $secure))").Output);
        Assert.Single(Assess("-Credential @{ AccessKeyId = $k; SecretAccessKey = $secure }").Output);
    }

    [Fact]
    public void An_owner_is_asked_again_for_every_call()
    {
        var owner = new ForeignCredentials(Key, Secret);

        var run = Assess("-Credential $owner -Verbose", ("owner", owner));

        Assert.InRange(owner.Asked, run.Verbose.Count(v => v.EndsWith(" ms", StringComparison.Ordinal)), int.MaxValue);
    }

    [Theory]
    [InlineData("@{}")]
    [InlineData("@{ ProfileName = 'audit' }")]
    [InlineData("([pscustomobject]@{ Name = 'audit' })")]
    [InlineData("'audit'")]
    public void What_holds_no_credentials_is_refused_and_never_passed_over(string credential)
    {
        SetEnvironment(Key, Secret);

        Assert.Equal("InvalidOption" + Command, Assess($"-Credential {credential}").Error.FullyQualifiedErrorId);
        var error = Assess("", $"$StoredAWSCredentials = {credential};").Error;
        Assert.Equal("InvalidOption" + Command, error.FullyQualifiedErrorId);
        Assert.StartsWith("$StoredAWSCredentials ", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ AccessKeyId = $k; SecretAccessKey = $s; SessionTokn = 'token-secret' }", "has the unknown key 'SessionTokn'. Did you mean 'SessionToken'?")]
    [InlineData("([pscustomobject]@{ AccessKeyId = $k; SecretAccessKey = $s; SesionToken = 'token-secret' })", "Did you mean 'SessionToken'?")]
    [InlineData("@{ AccessKeyId = $k; SecretAccessKey = $s; ExternalId = 'token-secret' }", "has the unknown key 'ExternalId'. Valid keys: AccessKeyId,")]
    [InlineData("@{ 'token-secret' = $k }", "has an unknown key. Valid keys: AccessKeyId, SecretAccessKey, SessionToken.")]
    public void A_misspelt_key_is_an_error_that_lists_the_keys(string credential, string message)
    {
        foreach (var (run, name) in new[] { (Assess($"-Credential {credential}"), "-Credential"), (Assess("", $"$StoredAWSCredentials = {credential};"), "$StoredAWSCredentials") })
        {
            Assert.Empty(run.Output);
            Assert.Equal("InvalidOption" + Command, run.Error.FullyQualifiedErrorId);
            Assert.StartsWith(name, run.Error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains(message, run.Error.Exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("token-secret", run.Error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("@{ accesskeyid = $k; SECRETACCESSKEY = $s; Token = '' }")]
    [InlineData("@{ Version = 1; AccessKeyId = $k; SecretAccessKey = $s; SessionToken = $null; Expiration = '2100-01-01T00:00:00Z' }")]
    [InlineData("([ordered]@{ AccessKey = $k; SecretKey = $s })")]
    [InlineData("([pscustomobject]@{ UserName = 'audit'; AccessKeyId = $k; Status = 'Active'; SecretAccessKey = $s; CreateDate = '2020-01-01'; AccountId = '1' })")]
    public void Keys_are_taken_in_any_case_and_with_what_stands_beside_them(string credential) =>
        Assert.Single(Assess($"-Credential {credential}").Output);

    [Fact]
    public void An_endpoint_without_encryption_is_warned_about_once_a_run()
    {
        SetEnvironment(Key, Secret);
        var proxy = new ProxySettings { Hostname = "http://" + demo.Server.Url.Host, Port = demo.Server.Url.Port };
        const string Script = "$AWSProxy = $proxy; '1.9', '1.10' | ForEach-Object { [pscustomobject]@{ ControlId = $_ } } | Invoke-CisAssessment -EndpointUrl http://aws.invalid:81";

        var run = Run(Script, ("proxy", proxy));

        Assert.Empty(run.Errors);
        Assert.Equal(2, run.Output.Count);
        var warning = Assert.Single(run.Warnings);
        Assert.StartsWith("The connection to http://aws.invalid:81 is not encrypted", warning, StringComparison.Ordinal);
        Assert.Contains("session token", warning, StringComparison.Ordinal);
        Assert.Empty(Assess("").Warnings);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/?token=hidden-secret")]
    [InlineData("http://user:hidden-secret@127.0.0.1:9/")]
    [InlineData("http://127.0.0.1:9/#hidden-secret")]
    [InlineData("ftp://host/?token=hidden-secret")]
    [InlineData("no address ?token=hidden-secret")]
    [InlineData("//user:hidden-secret@host")]
    public void What_an_endpoint_may_hide_is_never_repeated(string url)
    {
        foreach (var before in new[] { $"$url = '{url}';", "" })
        {
            if (before.Length == 0)
            {
                _environment.Set("AWS_ENDPOINT_URL", url);
            }

            var run = Run($"{before} Invoke-CisAssessment '1.9' {(before.Length == 0 ? "" : "-EndpointUrl $url")} -AccessKey $k -SecretKey $s -Verbose");
            var error = run.Error;
            string?[] texts = [error.ToString(), error.Exception.ToString(), error.ErrorDetails?.RecommendedAction, .. run.Verbose, .. run.Warnings];
            Assert.All(texts, t => Assert.DoesNotContain("hidden-secret", t, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Secrets_are_not_among_the_bound_parameters_of_records()
    {
        const string Script =
            """
            Invoke-CisAssessment '1.9' -EndpointUrl $url -AccessKey $k -SecretKey $s -Verbose
            Invoke-CisAssessment '1.9' -EndpointUrl $url -Credential @{ AccessKeyId = $k; SecretAccessKey = $s } -Verbose
            $row, $row | Invoke-CisAssessment -ControlId '1.9' -Verbose
            """;
        var row = new PSObject();
        foreach (var (name, value) in new[] { ("EndpointUrl", demo.Server.Url.ToString()), ("AccessKey", Key), ("SecretKey", Secret) })
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }

        var run = Run(Script, ("row", row));

        Assert.Equal(4, run.Output.Count);
        Assert.NotEmpty(run.VerboseRecords);
        Assert.All(run.VerboseRecords, r => Assert.DoesNotContain(Secret, string.Join(' ', r.InvocationInfo.BoundParameters.Select(p => $"{p.Key}={PSSerializer.Serialize(p.Value)}")), StringComparison.Ordinal));
        Assert.Contains(run.VerboseRecords, r => Equals(r.InvocationInfo.BoundParameters["SecretKey"], "***"));
    }

    [Fact]
    public void StoredAWSCredentials_go_before_the_environment_and_after_parameters()
    {
        SetEnvironment("AKIAENVIRONMENT00000", "wrong");

        const string Store = "$StoredAWSCredentials = $stored;";
        var good = new StoredCredentials(new ForeignCredentials(Key, Secret), "audit");
        var wrong = new StoredCredentials(new ForeignCredentials("AKIASTORED0000000000", "wrong"), "other");

        var stored = Assess("-Verbose", Store, ("stored", good));
        Assert.Contains("Credentials: $StoredAWSCredentials (audit).", stored.Verbose);

        var given = Assess("-AccessKey $k -SecretKey $s -Verbose", Store, ("stored", wrong));
        Assert.Contains("Credentials: -AccessKey.", given.Verbose);
    }

    [Fact]
    public void Keys_go_before_a_credentials_object() =>
        Assert.Single(Assess("-AccessKey $k -SecretKey $s -Credential @{ AccessKeyId = 'AKIAOTHER00000000000'; SecretAccessKey = 'wrong' }").Output);

    [Fact]
    public void Without_parameters_and_variables_the_environment_counts()
    {
        SetEnvironment(Key, Secret);

        Assert.Contains("Credentials: the environment (AWS_ACCESS_KEY_ID).", Assess("-Verbose").Verbose);
    }

    [Fact]
    public void A_variable_counts_in_the_scope_it_is_set_in()
    {
        SetEnvironment(Key, Secret);
        var script = $$"""
            function Invoke-Stored { $StoredAWSCredentials = @{ AccessKeyId = $k; SecretAccessKey = $s }; {{Assessment}} -Verbose }
            Invoke-Stored
            {{Assessment}} -Verbose
            """;

        var run = Run(script);

        Assert.Equal(
            ["Credentials: $StoredAWSCredentials.", "Credentials: the environment (AWS_ACCESS_KEY_ID)."],
            run.Verbose.Where(v => v.StartsWith("Credentials: ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("'eu-west-1'")]
    [InlineData("([pscustomobject]@{ Region = 'eu-west-1'; Name = 'Ireland' })")]
    public void StoredAWSRegion_is_asked_what_belongs_to_no_region_and_narrows_nothing(string region)
    {
        SetEnvironment(Key, Secret);
        _environment.Set("AWS_REGION", "eu-north-1");

        var run = Assess("-Verbose", $"$StoredAWSRegion = {region};");

        Assert.Contains(run.Verbose, v => v.StartsWith("sts:GetCallerIdentity eu-west-1 OK", StringComparison.Ordinal));
        Assert.Contains("Home region, for global calls: eu-west-1 ($StoredAWSRegion).", run.Verbose);
        Assert.Contains("Regions: every enabled region.", run.Verbose);
    }

    [Fact]
    public void Region_goes_before_StoredAWSRegion()
    {
        SetEnvironment(Key, Secret);

        var run = Assess("-Region us-west-2 -Verbose", "$StoredAWSRegion = 'eu-west-1';");

        Assert.Contains("Home region, for global calls: us-west-2 (-Region).", run.Verbose);
    }

    [Fact]
    public void A_StoredAWSRegion_that_is_no_region_is_an_error_that_names_it()
    {
        var error = Assess("-AccessKey $k -SecretKey $s", "$StoredAWSRegion = 'Ireland';").Error;

        Assert.Equal("InvalidOption" + Command, error.FullyQualifiedErrorId);
        Assert.Contains("(from $StoredAWSRegion)", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWSProxy_is_what_calls_go_through()
    {
        SetEnvironment(Key, Secret);
        var proxy = new ProxySettings { Hostname = "http://" + demo.Server.Url.Host, Port = demo.Server.Url.Port };

        // No such host: only a proxy can answer for it.
        var run = Run("$AWSProxy = $proxy; Invoke-CisAssessment '1.9' -EndpointUrl http://aws.invalid -Verbose", ("proxy", proxy));

        Assert.Empty(run.Errors);
        Assert.Contains($"Proxy: {demo.Server.Url.Authority} ($AWSProxy).", run.Verbose);
    }

    [Fact]
    public async Task An_AWSProxy_that_asks_for_a_login_gets_the_one_that_was_set()
    {
        await using var asking = await EchoingEndpoint.StartAsync(asksForLogin: true);
        var login = new NetworkCredential("user", "pass");
        var proxy = new ProxySettings { Hostname = "127.0.0.1", Port = new Uri(asking.Url).Port, Credentials = login };

        Assess("-AccessKey $k -SecretKey $s", "$AWSProxy = $proxy;", ("proxy", proxy));

        var header = "proxy-authorization:Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:pass"));
        Assert.Contains(asking.Echoed, request => request.Contains(header, StringComparison.Ordinal));
    }

    [Fact]
    public void AWSProxy_is_bypassed_for_what_its_list_names()
    {
        SetEnvironment(Key, Secret);
        var proxy = new ProxySettings { Hostname = "127.0.0.1", Port = 9, BypassList = [$":{demo.Server.Url.Port}"] };

        Assert.Single(Assess("", "$AWSProxy = $proxy;", ("proxy", proxy)).Output);
    }

    [Theory]
    [InlineData("'http://proxy:8080'", "Hostname or Port is missing")]
    [InlineData("([pscustomobject]@{ Hostname = 'proxy'; Port = 'many' })", "it does not have the properties that Set-AWSProxy sets")]
    [InlineData("([pscustomobject]@{ Hostname = 'proxy'; Port = 8080; BypassList = '(' })", "(")]
    public void An_AWSProxy_that_cannot_be_used_is_an_error(string proxy, string why)
    {
        var error = Assess("-AccessKey $k -SecretKey $s", $"$AWSProxy = {proxy};").Error;

        Assert.Equal("InvalidOption" + Command, error.FullyQualifiedErrorId);
        Assert.Contains(why, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Set-AWSProxy", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void PSDefaultParameterValues_are_heeded_by_name_and_by_wildcard()
    {
        var file = _environment.Write("credentials", $"[audit]\naws_access_key_id = {Key}\naws_secret_access_key = {Secret}\n");
        const string Defaults =
            """
            $PSDefaultParameterValues['Invoke-CisAssessment:ProfileName'] = 'audit'
            $PSDefaultParameterValues['*:ProfileLocation'] = $file
            $PSDefaultParameterValues['Invoke-Cis*:Region'] = 'eu-west-1'

            """;

        var run = Assess("-Verbose", Defaults, ("file", file));

        Assert.Contains("Credentials: profile audit.", run.Verbose);
        Assert.Contains("Regions: eu-west-1.", run.Verbose);
    }

    [Fact]
    public void A_file_is_found_by_a_path_of_PowerShell()
    {
        _environment.Write("credentials", $"[audit]\naws_access_key_id = {Key}\naws_secret_access_key = {Secret}\n");

        const string Go = "$null = $ExecutionContext.SessionState.Path.SetLocation($folder);";
        Assert.Single(Assess("-ProfileName audit -ProfileLocation ./credentials", Go, ("folder", _environment.Folder)).Output);
    }

    [Fact]
    public void No_credentials_anywhere_is_an_error_that_says_what_to_do()
    {
        var error = Assess("").Error;

        Assert.Equal("NoCredentials" + Command, error.FullyQualifiedErrorId);
        Assert.Contains("-ProfileName", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private SessionOutput Assess(string arguments, params (string Name, object? Value)[] variables) => Assess(arguments, "", variables);

    private SessionOutput Assess(string arguments, string before, params (string Name, object? Value)[] variables) =>
        Run($"{before} {Assessment} {arguments}", variables);

    private SessionOutput Run(string script, params (string Name, object? Value)[] variables)
    {
        var secure = new NetworkCredential("", Secret).SecurePassword;
        IEnumerable<(string, object?)> known = [("url", demo.Server.Url.ToString()), ("k", Key), ("s", Secret), ("secure", secure)];
        return _session.Run(script, [.. known, .. variables]);
    }

    private void SetEnvironment(string key, string secret)
    {
        _environment.Set("AWS_ACCESS_KEY_ID", key);
        _environment.Set("AWS_SECRET_ACCESS_KEY", secret);
    }

    /// <summary>What Set-AWSProxy keeps in $AWSProxy.</summary>
    public sealed class ProxySettings
    {
        public string? Hostname { get; set; }

        public int Port { get; set; }

        public ICredentials? Credentials { get; set; }

        public List<string>? BypassList { get; set; }

        public bool? BypassOnLocal { get; set; }
    }
}
