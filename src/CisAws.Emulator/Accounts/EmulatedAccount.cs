using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using CisAws.Emulator.Faults;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Accounts;

/// <summary>An account that is served: what is recorded of it, and the little that calls change.</summary>
internal sealed class EmulatedAccount
{
    private int _reportRequests;

    public EmulatedAccount(AccountEvidence evidence)
    {
        Evidence = evidence;
        Owner = new Principal(
            this, evidence.Account.CallerArn, UserIdOf(evidence.Account.CallerArn),
            UniqueId.For("AKIA", evidence.Account.AccountId), UniqueId.Secret(evidence.Account.AccountId));
    }

    public AccountEvidence Evidence { get; }

    public string AccountId => Evidence.Account.AccountId;

    public string Partition => Evidence.Account.Partition;

    /// <summary>The identity that the evidence was read by, with a long-term key.</summary>
    public Principal Owner { get; }

    /// <summary>The objects that were put into buckets, by bucket and key, in the order of keys.</summary>
    public SortedDictionary<(string Bucket, string Key), byte[]> Objects { get; } = new(Comparer<(string Bucket, string Key)>.Create((a, b) =>
        string.CompareOrdinal(a.Bucket, b.Bucket) is not 0 and var order ? order : string.CompareOrdinal(a.Key, b.Key)));

    /// <summary>The findings that were imported into Security Hub, by region and ID, in the order of IDs.</summary>
    public SortedDictionary<(string Region, string Id), JsonObject> Findings { get; } = new(Comparer<(string Region, string Id)>.Create((a, b) =>
        string.CompareOrdinal(a.Region, b.Region) is not 0 and var order ? order : string.CompareOrdinal(a.Id, b.Id)));

    /// <summary>How often a new credential report was asked for.</summary>
    public int ReportRequests => Volatile.Read(ref _reportRequests);

    /// <summary>Counts one more request for a credential report, and returns its number.</summary>
    public int RequestReport() => Interlocked.Increment(ref _reportRequests);

    /// <summary>A value of the evidence.</summary>
    /// <exception cref="FaultException">The evidence says that it was unreadable, and how.</exception>
    /// <exception cref="AwsError">The evidence does not hold it.</exception>
    public T Read<T>(EvidenceKind<T> kind, string subject = "") => TryRead(kind, subject, out var value)
        ? value
        : throw new AwsError(
            "EvidenceNotCollected", 400,
            $"The evidence of account {AccountId} does not contain {kind.Name}" + (subject.Length == 0 ? "" : $" of {subject}") +
            ". Add it to the evidence, or record it as unreadable.");

    /// <summary>A value of the evidence; false when the evidence does not hold it.</summary>
    /// <exception cref="FaultException">The evidence says that it was unreadable, and how.</exception>
    public bool TryRead<T>(EvidenceKind<T> kind, string subject, out T value)
    {
        var held = Evidence.Get(kind, subject).TryGet(out value, out var why);
        return held || (why!.Kind == ReadFailureKind.NotCollected ? false : throw new FaultException(why));
    }

    /// <summary>The enabled regions; null when the evidence does not contain them.</summary>
    public IReadOnlyCollection<string>? EnabledRegions => Evidence.Get(EvidenceKinds.Regions).Match<IReadOnlyCollection<string>?>(
        regions => regions.Where(r => r.IsEnabled).Select(r => r.Name).ToHashSet(StringComparer.Ordinal), _ => null);

    /// <summary>A user's ID, or for the session of a role the role's ID with the session's name.</summary>
    private static string UserIdOf(string callerArn) =>
        callerArn.Split('/') is [var start, var role, var session] && start.EndsWith(":assumed-role", StringComparison.Ordinal)
            ? $"{UniqueId.For("AROA", role)}:{session}"
            : UniqueId.For("AIDA", callerArn);
}
