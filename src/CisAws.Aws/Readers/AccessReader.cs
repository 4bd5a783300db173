using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Sessions;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>Reads only as much as shows which calls are allowed, by the readers of evidence.</summary>
/// <param name="session">The account.</param>
/// <param name="searched">The kinds that something is looked for in: more than the fewest items of their lists is read.</param>
/// <param name="onCall">Takes the outcome of each call, from any thread.</param>
internal sealed class AccessReader(AwsSession session, ICollection<EvidenceKind> searched, Action<CallOutcome> onCall) : IEvidenceReader
{
    public AccountIdentity Account => session.Account;

    public async Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
    {
        var calls = new ConcurrentQueue<CallOutcome>();
        var observation = await EvidenceReaders.ReadAsync(kind, new EvidenceRequest(session, kind, subject, cancellationToken)
        {
            Extent = searched.Contains(kind) ? ReadExtent.FirstPage : ReadExtent.FewestItems,
            OnCall = calls.Enqueue,
        }).ConfigureAwait(false);
        foreach (var call in calls)
        {
            // An error that the reader understands is an answer, such as that there is no password policy.
            onCall(observation.Failure is null && call.Failure is { IsDenial: false } ? call with { Failure = null } : call);
        }

        return observation;
    }
}
