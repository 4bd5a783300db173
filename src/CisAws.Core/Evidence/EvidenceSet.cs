using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CisAws.Evidence;

/// <summary>
/// The evidence of several accounts, side by side: what an account depends on and another one owns, such as the trail of its organisation, is
/// assessed by the facts of the owner.
/// </summary>
public sealed class EvidenceSet
{
    // One for each account, so that what is found in its evidence is found once, however many accounts depend on it.
    private readonly Dictionary<string, EvidenceCollector> _owners = new(StringComparer.Ordinal);

    /// <summary>A set of evidence.</summary>
    /// <param name="accounts">The evidence of each account.</param>
    /// <exception cref="ArgumentException">An account appears twice.</exception>
    public EvidenceSet(IEnumerable<AccountEvidence> accounts)
    {
        Accounts = accounts.ToList();
        foreach (var evidence in Accounts)
        {
            var id = evidence.Account.AccountId;
            if (_owners.ContainsKey(id))
            {
                throw new ArgumentException($"The set has evidence of account {id} twice.", nameof(accounts));
            }

            _owners[id] = new EvidenceCollector(new Owner(evidence), evidence.Regions.Named, CancellationToken.None);
        }
    }

    /// <summary>The evidence of each account.</summary>
    public IReadOnlyList<AccountEvidence> Accounts { get; }

    /// <summary>The view of an account; null when the set has no evidence of it. Nothing is waited for: what was collected is there.</summary>
    internal EvidenceView? Find(string accountId, IReadOnlyCollection<EvidenceKind> kinds, string whose) =>
        _owners.TryGetValue(accountId, out var owner) ? owner.CompleteAsync(kinds, whose).GetAwaiter().GetResult() : null;

    /// <summary>Evidence whose failures say which account they are about, because it is not the one that is assessed.</summary>
    private sealed class Owner(AccountEvidence evidence) : IEvidenceReader
    {
        public AccountIdentity Account => evidence.Account;

        public Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken)
        {
            var fact = evidence.Get(kind, subject);
            return Task.FromResult(fact.Failure is { } why ? Observation.Failed<T>(why with { AccountId = Account.AccountId }, fact.Origin?.Time) : fact);
        }
    }
}
