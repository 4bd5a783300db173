using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Moto;

/// <summary>A moto server, one for all tests of the collection: an AWS endpoint that is not ours.</summary>
[CollectionDefinition(nameof(MotoServer))]
public sealed partial class MotoServer : IAsyncDisposable, ICollectionFixture<MotoServer>
{
    private readonly HttpClient _http = new();
    private ChildProcess? _process;

    public string Url { get; private set; } = "";

    /// <summary>Starts the server on first use, and forgets everything that was made in it. Where moto is not installed the test is skipped, or fails.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await ExternalTools.RequireAsync("moto", "pip install moto[server]", "moto_server", "--help");
        if (_process is null)
        {
            (_process, var ready) = await ChildProcess.StartServerAsync(
                "moto_server", ["-H", "127.0.0.1", "-p", "0"], Running(), new Dictionary<string, string?> { ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true" });
            Url = ready.Groups["url"].Value;
        }

        using var answer = await _http.PostAsync(new Uri($"{Url}/moto-api/reset"), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _http.Dispose();
    }

    [GeneratedRegex(@"Running on (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Running();
}
