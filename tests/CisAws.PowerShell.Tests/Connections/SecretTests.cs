using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading.Tasks;
using CisAws.Emulator;
using Engine = System.Management.Automation.PowerShell;

namespace CisAws.PowerShell.Tests.Connections;

/// <summary>
/// Secrets go in by every way there is, to endpoints that accept, reject, repeat or do not answer; none comes out on any
/// stream, in any error, result or file. An error's InvocationInfo is left out: in it PowerShell keeps the line and the
/// arguments as they were typed.
/// </summary>
[Collection(nameof(Environment))]
public sealed class SecretTests : IAsyncLifetime
{
    private const string Nowhere = "http://127.0.0.1:9";
    private const string Role = "arn:aws:iam::111122223333:role/CisAuditor";

    private readonly AwsEnvironment _environment = new();
    private readonly ModuleSession _session = new(width: 4000);
    private readonly List<string> _secrets = [];
    private EmulatorServer? _aws;
    private EchoingEndpoint? _echo;

    public async ValueTask InitializeAsync()
    {
        _aws = await DemoServer.StartAsync();
        _echo = await EchoingEndpoint.StartAsync();
        _secrets.Add(_aws.SecretKey);
    }

    public async ValueTask DisposeAsync()
    {
        await _aws!.DisposeAsync();
        await _echo!.DisposeAsync();
        _session.Dispose();
        _environment.Dispose();
    }

    [Fact]
    public void No_secret_comes_out_anywhere()
    {
        var cases = Cases().ToList();
        var files = Files();
        var succeeded = 0;
        foreach (var (name, arguments, before) in cases)
        {
            foreach (var url in new[] { _aws!.Url.ToString(), _echo!.Url })
            {
                succeeded += AssertNothingIsTold(name, url, arguments, before);
            }
        }

        AssertNothingIsTold("nowhere", Nowhere, cases.Single(c => c.Name == "keys").Arguments, "");

        // Otherwise the test would look at nothing: accepted and rejected keys were used, and tokens were there to be repeated.
        Assert.Equal(cases.Count(c => c.Name.StartsWith("good", StringComparison.Ordinal)), succeeded);
        Assert.All(
            _secrets.Where(s => s.StartsWith("token-", StringComparison.Ordinal)),
            token => Assert.Contains(_echo!.Echoed, request => request.Contains(token, StringComparison.Ordinal)));
        Assert.Equal(files, Files());
    }

    [Trait("Risk", "Timing")]
    [Fact]
    public void A_session_that_is_rejected_in_mid_run_is_not_told_in_results()
    {
        // The sign-in succeeds; every later call meets the endpoint that repeats what it got.
        _environment.Set("AWS_ENDPOINT_URL", _echo!.Url);
        _environment.Set("AWS_ENDPOINT_URL_STS", _aws!.Url.ToString());

        var keys = new Hashtable { ["AccessKey"] = _aws.AccessKey, ["SecretKey"] = _aws.SecretKey };
        var (_, text) = Tell(new Hashtable(keys) { ["RoleArn"] = Role, ["ExternalId"] = "norrvik-cis" }, "");

        const string Header = "x-amz-security-token:";
        var lines = _echo.Echoed.SelectMany(e => e.Split('\n'));
        var tokens = lines.Where(l => l.StartsWith(Header, StringComparison.Ordinal)).Select(l => l[Header.Length..]).ToList();
        Assert.Contains("SignatureDoesNotMatch", text, StringComparison.Ordinal);
        Assert.NotEmpty(tokens);
        Assert.All(tokens, t => Assert.DoesNotContain(t, text, StringComparison.Ordinal));
        Assert.DoesNotContain(_aws.SecretKey, text, StringComparison.Ordinal);
    }

    /// <summary>Keys that are right are called good; nothing else is to succeed.</summary>
    private IEnumerable<(string Name, Hashtable Arguments, string Before)> Cases()
    {
        var (key, secret) = (_aws!.AccessKey, _aws.SecretKey);
        Hashtable Good(string name, object value) => new() { ["AccessKey"] = key, ["SecretKey"] = secret, [name] = value };
        PSCredential Login(string password) => new(key, new NetworkCredential("", password).SecurePassword);
        void Variable(string name, object value) => _session.Runspace.SessionStateProxy.SetVariable(name, value);

        yield return ("good keys", new() { ["AccessKey"] = key, ["SecretKey"] = secret }, "");
        yield return ("keys", new() { ["AccessKey"] = key, ["SecretKey"] = Secret("secret-keys"), ["SessionToken"] = Secret("token-keys") }, "");
        yield return ("half a key", new() { ["SecretKey"] = Secret("secret-half") }, "");
        yield return ("a role", Good("RoleArn", "arn:aws:iam::999999999999:role/r"), "");
        yield return ("no role", Good("RoleArn", "r"), "");
        yield return ("good PSCredential", new() { ["Credential"] = Login(secret) }, "");
        yield return ("PSCredential", new() { ["Credential"] = Login(Secret("secret-password")) }, "");
        yield return ("hashtable", new() { ["Credential"] = Keys(key, "table") }, "");
        yield return ("incomplete hashtable", new() { ["Credential"] = new Hashtable { ["SecretAccessKey"] = Secret("secret-alone") } }, "");
        yield return ("misspelt hashtable", new() { ["Credential"] = new Hashtable { ["Secret"] = Secret("secret-misspelt") } }, "");
        yield return ("good foreign", new() { ["Credential"] = new ForeignCredentials(key, secret) }, "");
        yield return ("foreign", new() { ["Credential"] = new ForeignCredentials(key, Secret("secret-foreign"), Secret("token-foreign")) }, "");
        yield return ("failing foreign", new() { ["Credential"] = new FailingCredentials(Secret("secret-printed")) }, "");
        yield return ("no object", new() { ["Credential"] = Secret("secret-text") }, "");
        yield return ("url", Good("EndpointUrl", $"http://user:{Secret("secret-url")}@127.0.0.1:9"), "");
        yield return ("no url", Good("EndpointUrl", $"ftp://user:{Secret("secret-ftp")}@host"), "");

        var good = "aws_access_key_id = " + key + "\naws_secret_access_key = " + secret;
        var bad = $"aws_access_key_id = {key}\naws_secret_access_key = {Secret("secret-profile")}\naws_session_token = {Secret("token-profile")}";
        yield return ("good profile", Profile("good", good), "");
        yield return ("profile", Profile("bad", bad), "");
        yield return ("no profile", Profile("other", bad.Replace("other", "another")), "");
        yield return ("malformed file", Profile("malformed", "aws_secret_access_key " + Secret("secret-malformed")), "");
        yield return ("good process", Profile("goodprocess", Process("goodprocess", Json(key, secret, null), 0)), "");
        yield return ("process", Profile("process", Process("process", Json(key, Secret("secret-process"), Secret("token-process")), 0)), "");
        yield return ("failing process", Profile("failing", Process("failing", Secret("secret-stderr"), 1)), "");
        yield return ("babbling process", Profile("babbling", Process("babbling", Secret("secret-stdout"), 0)), "");

        var login = new NetworkCredential("user", Secret("secret-proxy"));
        Variable("goodStored", new StoredCredentials(new ForeignCredentials(key, secret), "audit"));
        Variable("stored", new StoredCredentials(new ForeignCredentials(key, Secret("secret-stored"), Secret("token-stored")), "audit"));
        Variable("text", Secret("secret-variable"));
        Variable("proxy", new CredentialTests.ProxySettings { Hostname = "127.0.0.1", Port = 9, Credentials = login });
        Variable("proxyText", $"http://user:{Secret("secret-proxytext")}@host:1");
        yield return ("good variable", [], "$StoredAWSCredentials = $goodStored;");
        yield return ("variable", [], "$StoredAWSCredentials = $stored;");
        yield return ("wrong variable", [], "$StoredAWSCredentials = $text;");
        yield return ("proxy", Good("ThrottleLimit", 1), "$AWSProxy = $proxy;");
        yield return ("proxy by text", Good("ThrottleLimit", 1), "$AWSProxy = $proxyText;");
        yield return ("login by text", Good("ThrottleLimit", 1), "$AWSProxy = [pscustomobject]@{ Hostname = 'h'; Port = 1; Credentials = $text };");

        _environment.Set("AWS_ACCESS_KEY_ID", key);
        _environment.Set("AWS_SECRET_ACCESS_KEY", Secret("secret-environment"));
        _environment.Set("AWS_SESSION_TOKEN", Secret("token-environment"));
        yield return ("environment", [], "");
    }

    private int AssertNothingIsTold(string name, string url, Hashtable arguments, string before)
    {
        var told = Tell(new Hashtable(arguments) { ["EndpointUrl"] = arguments["EndpointUrl"] ?? url }, before);
        foreach (var secret in _secrets)
        {
            var at = told.Text.IndexOf(secret, StringComparison.OrdinalIgnoreCase);
            Assert.True(at < 0, $"{name} tells {secret}: ...{told.Text[Math.Max(0, at - 200)..]}");
        }

        return told.Succeeded ? 1 : 0;
    }

    /// <summary>All that a run says, as objects and as it stands on the screen.</summary>
    private (bool Succeeded, string Text) Tell(Hashtable arguments, string before)
    {
        var script = $"& {{ {before} Invoke-CisAssessment '1.9', '4.1' @arguments -Verbose -Debug }}";
        _session.Runspace.SessionStateProxy.SetVariable("arguments", arguments);
        var text = new StringWriter();
        using var ps = Engine.Create(_session.Runspace);
        ps.AddScript(script);
        var output = new List<PSObject>();
        try
        {
            ps.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            Write(text, e.ErrorRecord);
        }

        foreach (var error in ps.Streams.Error)
        {
            Write(text, error);
        }

        var streams = ps.Streams;
        object[] all = [.. streams.Verbose, .. streams.Debug, .. streams.Warning, .. streams.Information, .. streams.Progress, .. output];
        foreach (var run in all)
        {
            text.WriteLine(PSSerializer.Serialize(run, 6));
        }

        text.WriteLine(_session.Screen($"try {{ {script} *>&1 }} catch {{ $_ }}"));
        return (output.Count > 0, text.ToString());
    }

    private static void Write(StringWriter text, ErrorRecord error)
    {
        text.WriteLine($"{error} {error.FullyQualifiedErrorId} {error.CategoryInfo} {error.TargetObject} {error.ErrorDetails?.Message}");
        text.WriteLine($"{error.ErrorDetails?.RecommendedAction} {error.ScriptStackTrace}");
        for (var e = error.Exception; e is not null; e = e.InnerException)
        {
            text.WriteLine($"{e} {string.Join(' ', e.Data.Values.Cast<object>())}");
        }
    }

    private string Secret(string name)
    {
        var secret = $"{name}-{Guid.NewGuid():N}";
        _secrets.Add(secret);
        return secret;
    }

    private Hashtable Keys(string key, string name) => new()
    {
        ["AccessKeyId"] = key,
        ["SecretAccessKey"] = Secret("secret-" + name),
        ["SessionToken"] = Secret("token-" + name),
    };

    private Hashtable Profile(string name, string settings) => new()
    {
        ["ProfileName"] = name,
        ["ProfileLocation"] = _environment.Write(name + ".credentials", $"[{(name == "other" ? "one" : name)}]\n{settings}\n"),
    };

    /// <summary>A script that prints the same to both streams.</summary>
    private string Process(string name, string output, int exitCode)
    {
        var data = _environment.Write(name + ".output", output);
        return OperatingSystem.IsWindows()
            ? "credential_process = " + _environment.Write(name + ".cmd", $"@type \"{data}\"\r\n@type \"{data}\" 1>&2\r\n@exit /b {exitCode}\r\n")
            : "credential_process = sh " + _environment.Write(name + ".sh", $"cat '{data}'\ncat '{data}' >&2\nexit {exitCode}\n");
    }

    private static string Json(string key, string secret, string? token) => $$"""
        {"Version":1,"AccessKeyId":"{{key}}","SecretAccessKey":"{{secret}}","SessionToken":"{{token}}","Expiration":"2099-01-01T00:00:00Z"}
        """;

    private List<string> Files() => Directory.GetFiles(_environment.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
}
