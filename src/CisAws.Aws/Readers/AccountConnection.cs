using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>Live evidence of one account.</summary>
internal sealed class AccountConnection(
    AwsSession session, string credentialSource, string homeRegion, string? proxy = null, CancellationToken deadline = default) : IAccountConnection
{
    public AccountIdentity Account => session.Account;

    public string CredentialSource { get; } = credentialSource;

    public string HomeRegion { get; } = homeRegion;

    public string? Proxy { get; } = proxy;

    public int CallCount => session.CallCount;

    public Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken) =>
        EvidenceReaders.ReadAsync(kind, new EvidenceRequest(session, kind, subject, cancellationToken) { Deadline = deadline });

    public IEvidenceReader AccessReader(ICollection<EvidenceKind> searched, Action<CallOutcome> onCall) => new AccessReader(session, searched, onCall);

    public Task<Observation<IReadOnlyList<OrganizationAccount>>> ReadOrganizationAsync(CancellationToken cancellationToken) =>
        new OrganizationReader(session, cancellationToken).AccountsAsync();

    public Task<Observation<IReadOnlyDictionary<string, string>>> ReadAccountTagsAsync(string accountId, CancellationToken cancellationToken) =>
        new OrganizationReader(session, cancellationToken).TagsAsync(accountId);

    public ISecurityHub SecurityHub(string? region) => new SecurityHubFindings(session.SecurityHub(region ?? session.Region), session.Account.AccountId);

    public IBucket Bucket(string name) => new BucketObjects(session, name);

    public void Dispose() => session.Dispose();
}
