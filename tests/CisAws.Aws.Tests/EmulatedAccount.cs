using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Connections;
using CisAws.Emulator;
using CisAws.Evidence;

namespace CisAws.Aws.Tests;

/// <summary>How to connect to an account that the emulator serves.</summary>
internal static class EmulatedAccount
{
    public static ConnectionOptions Options(EmulatorServer server) =>
        Assessed.Options(server.Url.ToString()) with { AccessKey = server.AccessKey, SecretKey = server.SecretKey };

    /// <summary>The time is that of the account, whose credential report would be too old today, and waiting takes none.</summary>
    public static Clock ClockOf(AccountEvidence account) => new(() => account.CollectedAt, (_, _) => Task.CompletedTask);
}
