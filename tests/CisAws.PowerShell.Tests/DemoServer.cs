using System;
using System.IO;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>The demo account behind an emulator; one a test class, shared by its tests.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    private EmulatorServer? _server;

    public EmulatorServer Server => _server!;

    public static Task<EmulatorServer> StartAsync(EmulatorOptions? options = null) => EmulatorServer.StartAsync(
        AccountEvidence.FromJson(File.ReadAllText(Path.Combine(ModuleLocation.Find(), "demo", "account.json")), DateTimeOffset.UtcNow), options);

    /// <summary>A hashtable to splat: <c>Invoke-CisAssessment @account</c>.</summary>
    public static (string Name, object? Value) Account(EmulatorServer server) => ("account", new System.Collections.Hashtable
    {
        ["EndpointUrl"] = server.Url.ToString(),
        ["AccessKey"] = server.AccessKey,
        ["SecretKey"] = server.SecretKey,
    });

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
