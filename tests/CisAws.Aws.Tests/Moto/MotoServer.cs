using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Aws.Tests.Moto;

/// <summary>A moto_server on a free port, one for all tests of the collection: an AWS endpoint that is not ours.</summary>
[CollectionDefinition(nameof(MotoServer))]
public sealed class MotoServer : IAsyncLifetime, ICollectionFixture<MotoServer>
{
    private readonly HttpClient _http = new();
    private Process? _process;

    public string Url { get; private set; } = "";

    /// <summary>Skips the test, or fails it, where moto_server is not installed.</summary>
    public void Require()
    {
        if (_process is null)
        {
            Witness.Missing("moto_server", "not on PATH");
        }
    }

    /// <summary>Forgets everything that was made in it.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        Require();
        using var answer = await _http.PostAsync(new Uri($"{Url}/moto-api/reset"), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        Url = $"http://127.0.0.1:{port}";
        _process = Witness.Start("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"], ("MOTO_IAM_LOAD_MANAGED_POLICIES", "true"));
        if (_process is null)
        {
            return;
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await AnswersAsync(patience.Token))
        {
            await Task.Delay(100, patience.Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"{Url}/moto-api/"), cancellationToken);
            return true;
        }
        catch (HttpRequestException) when (!_process!.HasExited)
        {
            return false;
        }
    }
}
