using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// Reads what accounts of a list own and others depend on, such as the trail of an organization, its bucket and its alarms. It is read of few accounts, and
/// when the first one depends on it.
/// </summary>
/// <param name="accounts">The accounts of the list.</param>
/// <param name="kinds">What is read.</param>
/// <param name="connect">Connects to an account of the list; the first token is the deadline.</param>
/// <param name="findKept">Finds the evidence of a run before that stands for a new collection; null for none.</param>
/// <param name="limit">How many accounts are searched at the same time.</param>
/// <param name="seconds">How long the reading of an account can take; 0 for no limit.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class OwnerReader(
    IReadOnlyDictionary<string, AccountWork> accounts, IReadOnlyList<EvidenceKind> kinds, Func<AccountWork, CancellationToken, CancellationToken, Task<IAccountConnection>> connect,
    Func<AccountWork, string, AccountEvidence?> findKept, int limit, int seconds, CancellationToken cancellationToken)
{
    /// <summary>The evidence of an account; null if it is not in the list, or cannot be reached.</summary>
    public Task<AccountEvidence?> ReadAsync(string accountId) => !accounts.TryGetValue(accountId, out var work) ? Task.FromResult<AccountEvidence?>(null)
        : findKept(work, accountId) is { } kept ? Task.FromResult<AccountEvidence?>(kept)
        : UseAsync(
            work, accountId,
            connection => new EvidenceCollector(connection, work.Regions, cancellationToken).CollectAsync(kinds, DateTimeOffset.UtcNow));

    /// <summary>The account of the list that owns a bucket; null for none. Only the owner can read it.</summary>
    public async Task<string?> FindBucketOwnerAsync(string bucket)
    {
        var proof = EvidenceSet.ProofsOfOwnership.First(kinds.Contains);
        using var places = new SemaphoreSlim(limit);
        var owners = await Task.WhenAll(accounts.Select(a => OwnsAsync(a.Key, a.Value))).ConfigureAwait(false);
        return owners.FirstOrDefault(o => o is not null);

        async Task<string?> OwnsAsync(string id, AccountWork work)
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var read = await UseAsync(work, id, connection => proof.ReadAsync(connection, bucket, cancellationToken)).ConfigureAwait(false);
                return read is { Failure: null } ? id : null;
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <summary>Uses a connection. An account that cannot be reached is an error when it is assessed itself, and not here.</summary>
    private async Task<T?> UseAsync<T>(AccountWork work, string accountId, Func<IAccountConnection, Task<T>> use)
        where T : class
    {
        try
        {
            using var deadline = new CancellationTokenSource();
            if (seconds > 0)
            {
                deadline.CancelAfter(TimeSpan.FromSeconds(seconds));
            }

            using var connection = await connect(work, deadline.Token, cancellationToken).ConfigureAwait(false);
            return connection.Account.AccountId == accountId ? await use(connection).ConfigureAwait(false) : null;
        }
        catch (Exception e) when (e is ConnectionException or Assessments.UnknownRegionException)
        {
            return null;
        }
    }
}
