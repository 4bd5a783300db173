using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Aws.Tests;

/// <summary>
/// A moto_server on a free port for the tests of a class: an AWS endpoint that is not ours. Where it is not installed
/// (pip install 'moto[server]') the tests are skipped, unless CISAWS_REQUIRE_WITNESSES is 1.
/// </summary>
public sealed class MotoServer : IAsyncLifetime
{
    private Process? _process;

    public string Url { get; private set; } = "";

    public void Require()
    {
        if (_process is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CISAWS_REQUIRE_WITNESSES") == "1", "moto_server is not installed.");
            Assert.Fail("moto_server is not installed, and CISAWS_REQUIRE_WITNESSES demands it.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        var port = FreePort();
        Url = $"http://127.0.0.1:{port}";
        try
        {
            _process = Process.Start(new ProcessStartInfo("moto_server", $"-H 127.0.0.1 -p {port}")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (Win32Exception)
        {
            return;
        }

        _process!.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await http.GetAsync($"{Url}/moto-api/", patience.Token);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(100, patience.Token);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
