using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>
/// What the connections to many accounts have in common: the places of calls, and the credentials that they begin with. A credential process is run,
/// a session of IAM Identity Center is read and a source role is assumed once for all of them.
/// </summary>
/// <param name="throttleLimit">How many calls can be under way at once.</param>
internal sealed class SharedAccess(int throttleLimit)
{
    private readonly ConcurrentDictionary<ConnectionOptions, Lazy<Task<FoundCredentials>>> _found = new();
    private readonly ConcurrentDictionary<(ConnectionOptions Options, string Region), Lazy<Task<SourceCredentials>>> _sources = new();

    /// <summary>The places of the calls that are under way.</summary>
    public PrioritySemaphore Places { get; } = new(throttleLimit);

    /// <summary>Finds the credentials that the options name.</summary>
    /// <exception cref="ConnectionException">There are none, or those that were named cannot be used.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<FoundCredentials> FindAsync(ConnectionOptions options, CancellationToken cancellationToken) =>
        OnceAsync(_found, Source(options), () => CredentialChain.FindAsync(options, CancellationToken.None), cancellationToken);

    /// <summary>Obtains the credentials that the role of an account is assumed with.</summary>
    /// <param name="options">How to connect.</param>
    /// <param name="region">Where the role is assumed.</param>
    /// <param name="signIn">Obtains them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ConnectionException">They cannot be obtained.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<SourceCredentials> SignInAsync(
        ConnectionOptions options, HomeRegion region, Func<CancellationToken, Task<SourceCredentials>> signIn, CancellationToken cancellationToken) =>
        OnceAsync(_sources, (Source(options), region.Name), () => signIn(CancellationToken.None), cancellationToken);

    /// <summary>What the source depends on. The proxy is that of the session, and the same for all.</summary>
    private static ConnectionOptions Source(ConnectionOptions options) => new()
    {
        AccessKey = options.AccessKey,
        SecretKey = options.SecretKey,
        SessionToken = options.SessionToken,
        ProfileName = options.ProfileName,
        ProfileLocation = options.ProfileLocation,
        Credential = options.Credential,
        EndpointUrl = options.EndpointUrl,
        SourceRoleArn = options.SourceRoleArn,
        ExternalId = options.SourceRoleArn is null ? null : options.ExternalId,
        RoleSessionName = options.RoleSessionName,
    };

    /// <summary>
    /// The caller who is first begins the work, and those who come meanwhile wait for it: one that ends by its own deadline does not end it for the
    /// others. What failed is tried again by the next one.
    /// </summary>
    private static async Task<T> OnceAsync<TKey, T>(
        ConcurrentDictionary<TKey, Lazy<Task<T>>> known, TKey key, Func<Task<T>> work, CancellationToken cancellationToken)
        where TKey : notnull
    {
        var begun = known.GetOrAdd(key, _ => new(() => Task.Run(work, CancellationToken.None)));
        try
        {
            return await begun.Value.OrCancelledAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (begun.Value.IsFaulted)
        {
            ((ICollection<KeyValuePair<TKey, Lazy<Task<T>>>>)known).Remove(new(key, begun));
            throw;
        }
    }
}
