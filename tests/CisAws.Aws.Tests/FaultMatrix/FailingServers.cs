using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Emulator.Faults;
using CisAws.Evidence;

namespace CisAws.Aws.Tests.FaultMatrix;

/// <summary>Emulators that refuse each call, each in one way: they have the errors of each service.</summary>
internal sealed class FailingServers : IAsyncDisposable
{
    private readonly Dictionary<FaultEffect, EmulatorServer> _servers = [];

    public static async Task<FailingServers> StartAsync(AccountEvidence account, CancellationToken cancellationToken)
    {
        var all = new FailingServers();
        foreach (var effect in new[] { FaultEffect.AccessDenied, FaultEffect.Throttled, FaultEffect.ServiceError, FaultEffect.ClockSkew, FaultEffect.CredentialsExpired })
        {
            // The calls are signed for another host.
            var options = new EmulatorOptions { RequireSignature = false, Faults = [new Fault(effect)] };
            all._servers[effect] = await EmulatorServer.StartAsync(account, options, cancellationToken);
        }

        return all;
    }

    public Uri Url(FaultEffect effect) => _servers[effect].Url;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
