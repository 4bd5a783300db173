using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Connections;

/// <summary>Connects to AWS. CisAws.Aws implements it; the cmdlets know it by this interface only, so that the AWS SDK loads apart.</summary>
internal interface IAwsConnector
{
    /// <summary>Finds credentials, asks AWS whose they are, and returns a source of that account's evidence.</summary>
    /// <exception cref="ConnectionException">The account cannot be reached.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IAccountConnection> ConnectAsync(ConnectionOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// A connector for many accounts. Its connections share one limit of concurrent calls, and the credentials that they begin with, which are found,
    /// obtained and renewed once.
    /// </summary>
    /// <param name="throttleLimit">How many calls of all connections can be under way at once, 1 to 256.</param>
    IAwsConnector ForManyAccounts(int throttleLimit);

    /// <summary>The named profiles there are, by name. Read from files, without a call to AWS and without secrets.</summary>
    /// <param name="location">The credentials file to look in, or the folder it is in; null for where the SDKs look.</param>
    IReadOnlyList<NamedProfile> Profiles(string? location);
}

/// <summary>A profile that credentials can come from.</summary>
/// <param name="Name">Its name, as -ProfileName takes it.</param>
/// <param name="Description">Where its credentials come from, in a few words.</param>
internal sealed record NamedProfile(string Name, string Description);

/// <summary>Live evidence of one account.</summary>
internal interface IAccountConnection : IEvidenceReader, IDisposable
{
    /// <summary>Where the credentials came from, in words for -Verbose; never the credentials.</summary>
    string CredentialSource { get; }

    /// <summary>The region for global calls, and where it comes from, in words for -Verbose.</summary>
    string HomeRegion { get; }

    /// <summary>The proxy that was given, in words for -Verbose; null for none, and then that of the environment or the system is used.</summary>
    string? Proxy { get; }

    /// <summary>How many calls to AWS have ended so far.</summary>
    int CallCount { get; }

    /// <summary>
    /// A reader that makes the same calls, but reads only as much as shows whether they are allowed: the first page of a list, and of as few items as
    /// the operation accepts. Its evidence is not complete.
    /// </summary>
    /// <param name="searched">The kinds that something is looked for in: their first page has as many items as usual.</param>
    /// <param name="onCall">Takes the outcome of each call, from any thread.</param>
    IEvidenceReader AccessReader(ICollection<EvidenceKind> searched, Action<CallOutcome> onCall);

    /// <summary>Lists the accounts of the organization. Only its management account and delegated administrators can.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<Observation<IReadOnlyList<OrganizationAccount>>> ReadOrganizationAsync(CancellationToken cancellationToken);

    /// <summary>Reads the tags that an account has in its organization.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<Observation<IReadOnlyDictionary<string, string>>> ReadAccountTagsAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>Security Hub of the account.</summary>
    /// <param name="region">The region; null for the one for global calls.</param>
    ISecurityHub SecurityHub(string? region);

    /// <summary>A bucket, of this or another account.</summary>
    IBucket Bucket(string name);
}

/// <summary>What came of one call.</summary>
/// <param name="Action">The IAM action.</param>
/// <param name="Region">The region it was sent to; empty for a global service.</param>
/// <param name="Subject">What the evidence is about that it is for.</param>
/// <param name="Failure">Why there was no answer; null when there was one, such as that a resource does not exist.</param>
internal sealed record CallOutcome(string Action, string Region, string Subject, ReadFailure? Failure);

/// <summary>Why there is no connection.</summary>
public enum ConnectionProblem : long
{
    /// <summary>No credentials were found anywhere.</summary>
    NoCredentials,

    /// <summary>The named profile does not exist, or is not usable.</summary>
    ProfileNotFound,

    /// <summary>sts:GetCallerIdentity rejected the credentials: wrong, disabled or expired.</summary>
    CredentialsRejected,

    /// <summary>The role could not be assumed.</summary>
    RoleNotAssumed,

    /// <summary>The credentials or the role belong to another account than the one that was asked for.</summary>
    WrongAccount,

    /// <summary>The endpoint refused the connection, did not answer in time, or its answer does not come from AWS.</summary>
    EndpointUnreachable,

    /// <summary>An option is malformed: a role ARN, an endpoint, a credentials object.</summary>
    InvalidOption,
}

/// <summary>The account cannot be reached.</summary>
public sealed class ConnectionException : Exception
{
    /// <summary>A problem, with the action that resolves it.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="message">What happened, where and why; no secrets.</param>
    /// <param name="recommendedAction">What to do, in one or two sentences.</param>
    /// <param name="innerException">What was caught.</param>
    public ConnectionException(ConnectionProblem problem, string message, string recommendedAction, Exception? innerException = null)
        : base(message, innerException)
    {
        Problem = problem;
        RecommendedAction = recommendedAction;
    }

    /// <summary>The kind of problem.</summary>
    public ConnectionProblem Problem { get; }

    /// <summary>What to do.</summary>
    public string RecommendedAction { get; }
}
