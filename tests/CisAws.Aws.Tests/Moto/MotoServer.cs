using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Moto;

/// <summary>
/// Two moto servers, for all tests of the collection: AWS endpoints that are not ours. With the policies that AWS manages every request
/// to IAM, and every reset, takes seconds; only a test that attaches one takes the server with them.
/// </summary>
[CollectionDefinition(nameof(MotoServer))]
public sealed partial class MotoServer : IAsyncDisposable, ICollectionFixture<MotoServer>
{
    // On a busy machine a reset can take longer than the default of 100 seconds. The tests cancel it.
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Dictionary<bool, (ChildProcess Process, string Url)> _servers = [];

    /// <summary>The server of the last reset.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a server on first use, and forgets everything that was created in it. Where moto is not installed the test is skipped, or fails.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken, bool managedPolicies = false)
    {
        await ExternalTools.RequireAsync("moto", "pip install moto[server]", "moto_server", "--help");
        if (!_servers.TryGetValue(managedPolicies, out var server))
        {
            var (process, ready) = await ChildProcess.StartServerAsync(
                "moto_server", ["-H", "127.0.0.1", "-p", "0"], Running(), new Dictionary<string, string?> { ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = managedPolicies ? "true" : "false" });
            server = _servers[managedPolicies] = (process, ready.Groups["url"].Value);
        }

        Url = server.Url;
        using var answer = await _http.PostAsync(new Uri($"{Url}/moto-api/reset"), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Runs a shell whose AWS CLI calls the server, in the region us-east-1 if no other is named, and returns what it writes.</summary>
    /// <param name="arguments">The script, or -c and a command.</param>
    public async Task<string> ShellAsync(params string[] arguments)
    {
        var said = await AwsCli.RunAsync(
            "sh",
            arguments,
            new Dictionary<string, string?>
            {
                ["AWS_ENDPOINT_URL"] = Url,
                ["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE",
                ["AWS_SECRET_ACCESS_KEY"] = "secret",
                ["AWS_DEFAULT_REGION"] = "us-east-1",
            });
        Assert.True(said.ExitCode == 0, $"{string.Join(' ', arguments)}\n{said.Error}");
        return said.Output;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in _servers.Values)
        {
            await process.DisposeAsync();
        }

        _http.Dispose();
    }

    [GeneratedRegex(@"Running on (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Running();
}
