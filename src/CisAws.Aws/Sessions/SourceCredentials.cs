using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Evidence;

namespace CisAws.Aws.Sessions;

/// <summary>The credentials that the roles of accounts are assumed with.</summary>
/// <param name="found">The credentials that they begin with.</param>
/// <param name="credentials">The credentials, of a source role if there is one.</param>
/// <param name="description">Where they come from, for messages.</param>
/// <param name="identify">Asks AWS whose they are.</param>
internal sealed class SourceCredentials(FoundCredentials found, AWSCredentials credentials, string description, Func<Task<AccountIdentity>> identify)
{
    private readonly Lazy<Task<AccountIdentity>> _identity = new(() => Task.Run(identify));

    /// <summary>How long obtaining credentials may take.</summary>
    public TimeSpan Timeout => found.Timeout;

    /// <summary>The credentials, of a source role if there is one.</summary>
    public AWSCredentials Credentials { get; } = credentials;

    /// <summary>Where they come from, for messages.</summary>
    public string Description { get; } = description;

    /// <summary>Whose they are; AWS is asked once.</summary>
    public Task<AccountIdentity> IdentifyAsync(CancellationToken cancellationToken) => _identity.Value.OrCancelledAsync(cancellationToken);
}
