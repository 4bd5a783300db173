using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CisAws.Evidence;

/// <summary>
/// The evidence of several accounts, side by side: what an account depends on and another one owns, such as the trail of its organisation, is
/// assessed by the facts of the owner.
/// </summary>
public sealed class EvidenceSet
{
    private readonly ConcurrentDictionary<string, Owner> _owners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset CollectedAt, string Owner)> _bucketOwners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _loads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _searches = new(StringComparer.Ordinal);
    private readonly Func<string, Task<AccountEvidence?>>? _load;
    private readonly Func<string, Task<string?>>? _findBucketOwner;

    /// <summary>A set of evidence.</summary>
    /// <param name="accounts">The evidence of each account.</param>
    /// <exception cref="ArgumentException">An account appears twice.</exception>
    public EvidenceSet(IEnumerable<AccountEvidence> accounts)
    {
        Accounts = accounts.ToList();
        foreach (var evidence in Accounts)
        {
            if (!Add(evidence))
            {
                throw new ArgumentException($"The set has evidence of account {evidence.Account.AccountId} twice.", nameof(accounts));
            }
        }
    }

    /// <summary>A set whose evidence is read as soon as an account depends on it, each account once.</summary>
    /// <param name="load">Reads the evidence of an account; null for an account that is not known, or cannot be reached.</param>
    /// <param name="findBucketOwner">Finds the account that owns a bucket, where nothing suggests it; null for one that is not known.</param>
    internal EvidenceSet(Func<string, Task<AccountEvidence?>> load, Func<string, Task<string?>> findBucketOwner)
    {
        Accounts = [];
        (_load, _findBucketOwner) = (load, findBucketOwner);
    }

    /// <summary>The evidence of each account that the set was created with.</summary>
    public IReadOnlyList<AccountEvidence> Accounts { get; }

    /// <summary>
    /// The kinds that only the owner of a bucket can read: calls name the account that the bucket has to belong to, and S3 refuses them elsewhere.
    /// The name of a bucket does not say whose it is.
    /// </summary>
    internal static IReadOnlyList<EvidenceKind> ProofsOfOwnership { get; } =
    [
        EvidenceKinds.BucketAcl, EvidenceKinds.BucketPolicy, EvidenceKinds.BucketPolicyIsPublic, EvidenceKinds.BucketPublicAccessBlock,
        EvidenceKinds.BucketOwnership, EvidenceKinds.BucketLogging,
    ];

    /// <summary>The view of an account; null when the set has no evidence of it.</summary>
    internal EvidenceView? Find(string accountId, IReadOnlyCollection<EvidenceKind> kinds, string whose) =>
        _owners.TryGetValue(accountId, out var owner) ? owner.View(kinds, whose) : null;

    /// <summary>The account that owns a bucket; null where the set does not show it.</summary>
    internal string? OwnerOfBucket(string bucket) => _bucketOwners.TryGetValue(bucket, out var known) ? known.Owner : null;

    /// <summary>Reads the evidence of the accounts that an account depends on, and of those that they depend on.</summary>
    /// <param name="view">The evidence of the account.</param>
    internal async Task PrepareAsync(EvidenceView view)
    {
        if (_load is null)
        {
            return;
        }

        await LoadAsync(view.AccountsItDependsOn(), view.Account.AccountId).ConfigureAwait(false);
        foreach (var bucket in view.BucketsOfOthers().Where(b => OwnerOfBucket(b) is null))
        {
            var owner = await _searches.GetOrAdd(bucket, b => new(() => _findBucketOwner!(b))).Value.ConfigureAwait(false);
            await LoadAsync(owner is null ? [] : [owner], view.Account.AccountId).ConfigureAwait(false);
        }
    }

    private async Task LoadAsync(IEnumerable<string> accounts, string except)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { except };
        for (var next = accounts.Where(seen.Add).ToList(); next.Count > 0;)
        {
            await Task.WhenAll(next.Select(id => _loads.GetOrAdd(id, i => new(() => LoadAsync(i))).Value)).ConfigureAwait(false);
            next = [.. next.SelectMany(id => _owners.TryGetValue(id, out var owner) ? owner.DependsOn : []).Where(seen.Add)];
        }
    }

    private async Task LoadAsync(string account)
    {
        if (await _load!(account).ConfigureAwait(false) is { } evidence)
        {
            Add(evidence);
        }
    }

    private bool Add(AccountEvidence evidence)
    {
        var id = evidence.Account.AccountId;
        if (!_owners.TryAdd(id, new Owner(evidence)))
        {
            return false;
        }

        // Later evidence takes precedence: a bucket can be deleted, and created by another account.
        foreach (var bucket in BucketsOf(evidence))
        {
            _bucketOwners.AddOrUpdate(bucket, (evidence.CollectedAt, id), (_, known) => known.CollectedAt > evidence.CollectedAt ? known : (evidence.CollectedAt, id));
        }

        return true;
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
        private static readonly EvidenceKind[] Referring = [EvidenceKinds.Trails, EvidenceKinds.TopicSubscriptions];

        // What is found in the evidence is found once, however many accounts depend on it.
        private readonly ConcurrentDictionary<EvidenceKind, IReadOnlyDictionary<string, Observation>> _facts = new();
        private readonly RegionScope _scope = RegionScope.From(evidence.Get(EvidenceKinds.Regions), evidence.Regions.Named);

        /// <summary>The accounts that own what this one depends on.</summary>
        public IEnumerable<string> DependsOn => View(Referring, nameof(DependsOn)).AccountsItDependsOn();

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
