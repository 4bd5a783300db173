using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Readers;
using CisAws.Aws.Sessions;
using CisAws.Connections;

namespace CisAws.Aws;

/// <summary>The way to AWS through its SDK.</summary>
internal sealed class AwsConnector : IAwsConnector
{
    private readonly CallTimeouts _firstCall;
    private readonly CallTimeouts _calls;
    private readonly Clock _clock;
    private readonly SharedAccess? _shared;

    static AwsConnector() => SdkRegistrations.Register();

    /// <summary>A connector with the default timeouts.</summary>
    public AwsConnector() : this(CallTimeouts.FirstCall, CallTimeouts.Default)
    {
    }

    internal AwsConnector(CallTimeouts firstCall, CallTimeouts calls, Clock? clock = null, SharedAccess? shared = null)
    {
        _shared = shared;
        _clock = clock ?? Clock.System;
        _firstCall = firstCall;
        _calls = calls;
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedProfile> Profiles(string? location) => Sessions.Profiles.All(location);

    /// <inheritdoc/>
    public IAwsConnector ForManyAccounts(int throttleLimit) => new AwsConnector(_firstCall, _calls, _clock, new SharedAccess(throttleLimit));

    /// <inheritdoc/>
    public async Task<IAccountConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, options.Deadline);
        try
        {
            return await SignInAsync(options, end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (options.Deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionException(
                ConnectionProblem.EndpointUnreachable, "The time limit of the run (-TimeoutSec) was reached during the sign-in.",
                "Check the network and the proxy (HTTPS_PROXY), or increase -TimeoutSec.");
        }
    }

    private async Task<IAccountConnection> SignInAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        ConnectionCheck.Validate(options);
        var shared = _shared ?? new SharedAccess(options.ThrottleLimit);
        var found = await shared.FindAsync(options, cancellationToken).ConfigureAwait(false);
        var settings = new ClientSettings(found.Profile, options.EndpointUrl, Proxies.Find(options.Proxy), _calls, options.OnWarning);
        var limiter = new CallLimiter(shared.Places, _clock, options.OnCall);
        var region = HomeRegion.Of(options, found);
        try
        {
            return await ConnectAsync(region).ConfigureAwait(false);
        }
        catch (ConnectionException e) when (region.MayBeDisabled && e.Problem is ConnectionProblem.CredentialsRejected or ConnectionProblem.RoleNotAssumed)
        {
            // A region that is not enabled rejects every credential; the region that every account has tells the two apart.
            try
            {
                return await ConnectAsync(region.Instead).ConfigureAwait(false);
            }
            catch (ConnectionException)
            {
                throw e;
            }
        }

        async Task<IAccountConnection> ConnectAsync(HomeRegion home)
        {
            var caller = new CallerIdentityResolver(settings with { CallTimeouts = _firstCall }, home, limiter, _clock);
            var source = await shared.SignInAsync(options, home, t => caller.SignInAsync(found, options, t), cancellationToken).ConfigureAwait(false);
            var (credentials, description) = await caller.AssumeAsync(source, options, cancellationToken).ConfigureAwait(false);
            var account = await caller.IdentifyAsync(credentials, cancellationToken).ConfigureAwait(false);
            ConnectionCheck.ValidateAccount(options, account);
            var session = new AwsSession(account, home.Name, credentials, settings, limiter, _clock);
            return new AccountConnection(session, description, home.ToString(), options.Proxy?.Address?.Authority, options.Deadline);
        }
    }
}
