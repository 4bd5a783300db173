using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Connections;

namespace CisAws.Aws;

/// <summary>The way to AWS through its SDK.</summary>
public sealed class AwsDoor : IAwsDoor
{
    private readonly Patience _firstCall;
    private readonly Patience _calls;
    private readonly Clock _clock;

    static AwsDoor() => SdkRegistrations.Register();

    /// <summary>A door with the usual patience.</summary>
    public AwsDoor() : this(Patience.FirstCall, Patience.Default)
    {
    }

    internal AwsDoor(Patience firstCall, Patience calls, Clock? clock = null)
    {
        _clock = clock ?? Clock.System;
        _firstCall = firstCall;
        _calls = calls;
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedProfile> Profiles(string? location) => Sessions.Profiles.All(location);

    /// <inheritdoc/>
    public async Task<IAccountConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ConnectionCheck.Validate(options);
        var found = await CredentialChain.FindAsync(options, cancellationToken).ConfigureAwait(false);
        var region = HomeRegion.Of(options, found);
        var settings = new ClientSettings(found.Profile, options.EndpointUrl, Proxies.Find(options.Proxy), _calls);
        var gate = new CallGate(options.ThrottleLimit, options.OnCall);
        var caller = new Caller(settings with { Patience = _firstCall }, region, gate);
        var (credentials, source) = await caller.SignInAsync(found, options, cancellationToken).ConfigureAwait(false);
        var account = await caller.IdentifyAsync(credentials, cancellationToken).ConfigureAwait(false);
        var session = new AwsSession(account, region.Name, credentials, settings, gate, _clock);
        return new AccountConnection(session, source, region.ToString(), options.Proxy?.Address?.Authority);
    }
}
