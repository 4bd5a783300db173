using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>Two accounts of the demo organization: the demo account, which administers it as a delegate, and the management account.</summary>
public sealed class DemoOrganization : IAsyncLifetime
{
    public const string Account = Shell.DemoOrganization.Account;

    public const string Management = Shell.DemoOrganization.Management;

    private EmulatorServer? _server;

    public EmulatorServer Server => _server!;

    public static Task<EmulatorServer> StartAsync(EmulatorOptions? options = null) =>
        Shell.DemoOrganization.StartAsync(ModuleLocation.Find(), [Account, Management], options);

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
