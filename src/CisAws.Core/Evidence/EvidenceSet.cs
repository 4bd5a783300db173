using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>
/// The evidence of several accounts, side by side: what an account depends on and another one owns, such as the trail of its organisation, is
/// assessed by the facts of the owner.
/// </summary>
public sealed class EvidenceSet
{
    private readonly Dictionary<string, Owner> _owners = new(StringComparer.Ordinal);

    private readonly Lazy<IReadOnlyDictionary<string, string>> _bucketOwners;

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

            _owners[id] = new Owner(evidence);
        }

        _bucketOwners = new(FindBucketOwners);
    }

    /// <summary>
    /// The kinds that only the owner of a bucket can read: calls name the account that the bucket has to belong to, and S3 refuses them elsewhere.
    /// The name of a bucket does not say whose it is.
    /// </summary>
    internal static IReadOnlyList<EvidenceKind> ProofsOfOwnership { get; } =
    [
        EvidenceKinds.BucketAcl, EvidenceKinds.BucketPolicy, EvidenceKinds.BucketPolicyIsPublic, EvidenceKinds.BucketPublicAccessBlock,
        EvidenceKinds.BucketOwnership, EvidenceKinds.BucketLogging,
    ];

    /// <summary>The evidence of each account.</summary>
    public IReadOnlyList<AccountEvidence> Accounts { get; }

    /// <summary>The view of an account; null when the set has no evidence of it.</summary>
    internal EvidenceView? Find(string accountId, IReadOnlyCollection<EvidenceKind> kinds, string whose) =>
        _owners.TryGetValue(accountId, out var owner) ? owner.View(kinds, whose) : null;

    /// <summary>The account that owns a bucket; null where the set does not show it.</summary>
    internal string? OwnerOfBucket(string bucket) => _bucketOwners.Value.TryGetValue(bucket, out var owner) ? owner : null;

    // Later evidence takes precedence: a bucket can be deleted, and created by another account.
    private Dictionary<string, string> FindBucketOwners()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var evidence in Accounts.OrderBy(a => a.CollectedAt).ThenBy(a => a.Account.AccountId, StringComparer.Ordinal))
        {
            foreach (var bucket in BucketsOf(evidence))
            {
                owners[bucket] = evidence.Account.AccountId;
            }
        }

        return owners;
    }

    private static IEnumerable<string> BucketsOf(AccountEvidence evidence) => ProofsOfOwnership
        .SelectMany(k => evidence.SubjectsOf(k).Where(s => evidence.Get(k, s).Failure is null))
        .Concat(evidence.Get(EvidenceKinds.ListedBuckets).Match(buckets => buckets.Select(b => b.Name), _ => []));

    /// <summary>
    /// Evidence of which everything counts, also what no resource of its own account led to: a topic that only the alarms of another account notify. Its
    /// failures say which account they are about, because it is not the one that is assessed.
    /// </summary>
    private sealed class Owner(AccountEvidence evidence)
    {
        // What is found in the evidence is found once, however many accounts depend on it.
        private readonly ConcurrentDictionary<EvidenceKind, IReadOnlyDictionary<string, Observation>> _facts = new();
        private readonly RegionScope _scope = RegionScope.From(evidence.Get(EvidenceKinds.Regions), evidence.Regions.Named);

        public EvidenceView View(IEnumerable<EvidenceKind> kinds, string whose) =>
            new(evidence.Account, _scope, kinds, whose, k => _facts.GetOrAdd(k, FactsOf)) { IsOther = true };

        /// <summary>What is known of a kind, and by those that one call answers too: one of the account's keys may be the key of a trail.</summary>
        private IReadOnlyDictionary<string, Observation> FactsOf(EvidenceKind kind)
        {
            var facts = new Dictionary<string, Observation>(StringComparer.Ordinal);
            foreach (var source in EvidenceKinds.All.Where(k => k.AnsweredBy == kind.AnsweredBy).OrderByDescending(k => k == kind))
            {
                foreach (var subject in evidence.SubjectsOf(source))
                {
                    if (!facts.TryGetValue(subject, out var known) || known.Failure is not null)
                    {
                        facts[subject] = Named(kind, evidence.Get(source, subject));
                    }
                }
            }

            return facts;
        }

        private Observation Named(EvidenceKind kind, Observation fact) =>
            fact.Failure is { } why ? kind.Failed(why with { AccountId = evidence.Account.AccountId }, fact.Origin?.Time) : fact;
    }
}
