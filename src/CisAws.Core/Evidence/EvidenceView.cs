using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>One region's answer.</summary>
public sealed record RegionObservation<T>(string Region, Observation<T> Observation);

/// <summary>One resource's answer; the subject is its ARN, or its name where it has none.</summary>
public sealed record SubjectObservation<T>(string Subject, Observation<T> Observation);

/// <summary>
/// The completed evidence that one rule declared, and nothing else. Asking for a kind that was not declared throws:
/// the declarations are what the permissions policy is derived from.
/// </summary>
public sealed class EvidenceView
{
    private readonly Func<EvidenceKind, IReadOnlyDictionary<string, Observation>> _facts;
    private readonly HashSet<EvidenceKind> _declared;
    private readonly string _whose;
    private readonly EvidenceSet? _others;
    private readonly Dictionary<string, EvidenceView> _owners = new(StringComparer.Ordinal);

    // What a result could depend on is what the rule asked for, and nothing else of the same kind.
    private readonly Dictionary<EvidenceKind, HashSet<Observation>> _asked = [];

    internal EvidenceView(
        AccountIdentity account, RegionScope scope, IEnumerable<EvidenceKind> declared, string whose,
        Func<EvidenceKind, IReadOnlyDictionary<string, Observation>> facts, EvidenceSet? others = null)
    {
        Account = account;
        Scope = scope;
        _declared = new HashSet<EvidenceKind>(declared);
        _whose = whose;
        _facts = facts;
        _others = others;
    }

    /// <summary>The account the evidence is about.</summary>
    public AccountIdentity Account { get; }

    /// <summary>True for the evidence of another account than the one that is assessed.</summary>
    internal bool IsOther { get; init; }

    /// <summary>The regions that are looked at, out of those that are enabled.</summary>
    public RegionScope Scope { get; }

    /// <summary>The kinds that were asked for so far; tests compare this with the declaration.</summary>
    internal IReadOnlyCollection<EvidenceKind> Used => [.. Views.SelectMany(v => v._asked.Keys).Distinct()];

    private IEnumerable<EvidenceView> Views => _owners.Values.Prepend(this);

    /// <summary>
    /// The evidence of the same kinds about an account that owns something which this one depends on, such as an organisation's trail; null
    /// when there is no evidence of that account.
    /// </summary>
    public EvidenceView? OfAccount(string accountId)
    {
        if (accountId == Account.AccountId)
        {
            return this;
        }

        if (!_owners.TryGetValue(accountId, out var owner) && _others?.Find(accountId, _declared, _whose) is { } found)
        {
            _owners[accountId] = owner = found;
        }

        return owner;
    }

    /// <summary>
    /// The evidence that decides about something that another account may own: the owner's, or that of <paramref name="reader"/> where there is none of
    /// the owner, or the owner could not read what the other account could.
    /// </summary>
    /// <param name="owner">The account that owns it.</param>
    /// <param name="kind">What is to be known.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="reader">The evidence that depends on it; this by default.</param>
    internal EvidenceView OfOwner(string owner, EvidenceKind kind, string subject, EvidenceView? reader = null)
    {
        reader ??= this;
        return OfAccount(owner) is not { } owned || (!owned.Knows(kind, subject) && reader.Knows(kind, subject)) ? reader : owned;
    }

    /// <summary>The evidence of the account that owns a bucket, as far as that is known; else this.</summary>
    internal EvidenceView OfBucketOwner(string bucket) =>
        !EvidenceSet.ProofsOfOwnership.Any(k => _declared.Contains(k) && Knows(k, bucket)) && _others?.OwnerOfBucket(bucket) is { } owner ? OfAccount(owner)! : this;

    /// <summary>The accounts that own what this one depends on, or may own it, by the ARNs and names in the evidence that is declared.</summary>
    internal IReadOnlyList<string> AccountsItDependsOn()
    {
        IEnumerable<string?> trails = !_declared.Contains(EvidenceKinds.Trails) ? [] : TrailInventory.From(this).Trails.SelectMany(t =>
            new[] { TrailInventory.OwnerOf(t), TrailInventory.LogGroupOf(t)?.AccountId, Arn.TryParse(t.KmsKeyId)?.AccountId }.Concat(TrailInventory.AccountsInBucketName(t)));
        var topics = !_declared.Contains(EvidenceKinds.TopicSubscriptions) ? [] : Subjects(EvidenceKinds.TopicSubscriptions).Select(s => Arn.TryParse(s.Subject)?.AccountId);
        return [.. trails.Concat(topics).OfType<string>().Where(a => Arn.IsAccountId(a) && a != Account.AccountId).Distinct()];
    }

    /// <summary>The buckets of trails that this account could read nothing of, by the evidence that is declared.</summary>
    internal IReadOnlyList<string> BucketsOfOthers()
    {
        var proofs = EvidenceSet.ProofsOfOwnership.Where(_declared.Contains).ToList();
        return !_declared.Contains(EvidenceKinds.Trails) || proofs.Count == 0 ? [] :
            [.. TrailInventory.From(this).Trails.Select(t => t.S3BucketName).Where(b => b.Length > 0 && !proofs.Any(k => Knows(k, b))).Distinct()];
    }

    /// <summary>A fact about the account as a whole.</summary>
    public Observation<T> Get<T>(EvidenceKind<T> kind) => Get(kind, "");

    /// <summary>A fact about one subject, such as a trail's ARN.</summary>
    public Observation<T> Get<T>(EvidenceKind<T> kind, string subject)
    {
        var fact = Find(kind).TryGetValue(subject, out var found)
            ? (Observation<T>)found
            : Observation.Failed<T>(new ReadFailure(kind.Actions[0], "", "", ReadFailureKind.NotCollected, $"Nothing was collected about '{subject}'.", IsOther ? Account.AccountId : null));
        _asked[kind].Add(fact);
        return fact;
    }

    /// <summary>
    /// The answer of every region in scope, in the order of their names. When the regions themselves could not be listed
    /// there is one unreadable answer for "all regions", so that no rule takes an unknown list for an empty one.
    /// </summary>
    public IReadOnlyList<RegionObservation<T>> Regions<T>(EvidenceKind<T> kind)
    {
        var regions = Find(kind).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new RegionObservation<T>(f.Key, (Observation<T>)f.Value)).ToList();
        _asked[kind].UnionWith(regions.Select(r => r.Observation));
        return regions;
    }

    /// <summary>The answers about every subject of the kind, in the order of their names.</summary>
    public IReadOnlyList<SubjectObservation<T>> Subjects<T>(EvidenceKind<T> kind)
    {
        var subjects = Find(kind).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new SubjectObservation<T>(f.Key, (Observation<T>)f.Value)).ToList();
        _asked[kind].UnionWith(subjects.Select(s => s.Observation));
        return subjects;
    }

    /// <summary>Everything of the given kinds that was asked for and could not be read although it should have been.</summary>
    internal IEnumerable<ReadFailure> ReadFailures(IEnumerable<EvidenceKind> kinds) => kinds
        .SelectMany(k => Views.SelectMany(v => v._asked.TryGetValue(k, out var facts) ? facts : Enumerable.Empty<Observation>()))
        .Select(f => f.Failure)
        .Where(u => u is not null && u.Kind is not (ReadFailureKind.RegionDisabled or ReadFailureKind.NotSupported))
        .Select(u => u!);

    /// <summary>Whether a fact is known. This alone does not make a result depend on it.</summary>
    private bool Knows(EvidenceKind kind, string subject) => _facts(kind).TryGetValue(subject, out var fact) && fact.Failure is null;

    private IReadOnlyDictionary<string, Observation> Find(EvidenceKind kind)
    {
        if (!_declared.Contains(kind))
        {
            throw new InvalidOperationException($"{_whose} asked for {kind.Name} without declaring it. Add it to its Needs.");
        }

        if (!_asked.ContainsKey(kind))
        {
            _asked[kind] = [];
        }

        return _facts(kind);
    }
}
