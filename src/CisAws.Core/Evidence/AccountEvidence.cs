using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Text;
using CisAws.Text;

namespace CisAws.Evidence;

/// <summary>The regions that evidence was collected in.</summary>
/// <param name="Named">The regions that the caller named; empty for every enabled one.</param>
/// <param name="Enabled">The regions that are enabled for the account; null when they were not asked for or could not be listed.</param>
/// <param name="Assessed">The regions that were looked at; null when no evidence of a region was asked for.</param>
public sealed record CollectedRegions(
    IReadOnlyList<string> Named, IReadOnlyList<string>? Enabled = null, IReadOnlyList<string>? Assessed = null);

/// <summary>
/// The evidence of one account: what is known about each subject of each kind, and who collected it, when, where and with which
/// version of CisAws. <see cref="EvidenceFile"/> writes and reads it.
/// </summary>
public sealed class AccountEvidence : IEvidenceReader
{
    private readonly Dictionary<EvidenceKind, Dictionary<string, Observation>> _facts = [];

    /// <summary>Evidence with nothing in it yet.</summary>
    /// <param name="account">The account, and who collects.</param>
    /// <param name="collectedAt">When the collection began (UTC).</param>
    public AccountEvidence(AccountIdentity account, DateTimeOffset collectedAt)
    {
        Account = account;
        CollectedAt = CompletedAt = collectedAt;
    }

    /// <inheritdoc/>
    public AccountIdentity Account { get; }

    /// <summary>When the collection began (UTC); ages are counted to this time.</summary>
    public DateTimeOffset CollectedAt { get; }

    /// <summary>When the last answer came (UTC).</summary>
    public DateTimeOffset CompletedAt { get; init; }

    /// <summary>The regions it was collected in.</summary>
    public CollectedRegions Regions { get; init; } = new([]);

    /// <summary>The version of CisAws that collected it.</summary>
    public string CisAwsVersion { get; init; } = typeof(AccountEvidence).Assembly.GetName().Version!.ToString(3);

    /// <summary>What the reader of a file should know: what in it this version does not understand. Empty for nothing.</summary>
    public IReadOnlyList<string> Warnings { get; internal set; } = [];

    /// <summary>What a newer version wrote, which is kept and written again.</summary>
    internal NewerEvidence? Newer { get; init; }

    /// <summary>The kinds that were collected, some of which may have no subject.</summary>
    public IReadOnlyCollection<EvidenceKind> Kinds => _facts.Keys;

    /// <summary>Adds a kind, be it without a subject.</summary>
    public AccountEvidence Add(EvidenceKind kind)
    {
        FactsOf(kind);
        return this;
    }

    /// <summary>Adds or replaces one piece of evidence.</summary>
    public AccountEvidence Add(EvidenceKind kind, string subject, Observation fact)
    {
        FactsOf(kind)[subject] = fact;
        return this;
    }

    /// <summary>The subjects that something is known about, or that could not be read.</summary>
    public IReadOnlyCollection<string> SubjectsOf(EvidenceKind kind) => _facts.TryGetValue(kind, out var facts) ? facts.Keys : [];

    /// <summary>One piece of evidence; unreadable with <see cref="ReadFailureKind.NotCollected"/> when it is not there.</summary>
    public Observation<T> Get<T>(EvidenceKind<T> kind, string subject = "") => (Observation<T>)Get((EvidenceKind)kind, subject);

    /// <inheritdoc/>
    public Task<Observation<T>> ReadAsync<T>(EvidenceKind<T> kind, string subject, CancellationToken cancellationToken) => Task.FromResult(Get(kind, subject));

    /// <summary>Writes the evidence as JSON, in a stable order.</summary>
    public string ToJson() => Encoding.UTF8.GetString(EvidenceFile.Write(this));

    /// <summary>Reads evidence from JSON.</summary>
    /// <param name="json">The text of an evidence file.</param>
    /// <param name="asOf">
    /// When given, every time in the evidence is moved by the same span, so that it looks as if it had been collected then:
    /// a demo account does not age. Dates without a time of day, such as a policy's Version, stay.
    /// </param>
    /// <exception cref="System.IO.InvalidDataException">The text is not an evidence file that this version reads; the message names the place.</exception>
    public static AccountEvidence FromJson(string json, DateTimeOffset? asOf = null) => EvidenceFile.Read(json, asOf);

    /// <summary>Reads evidence from a file: a .cisevidence archive, or JSON.</summary>
    /// <param name="path">The file, at most 128 MiB.</param>
    /// <exception cref="System.IO.InvalidDataException">The file is not an evidence file that this version reads, or was changed; the message names the place.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be read.</exception>
    public static AccountEvidence Load(string path) => EvidenceArchive.Read(AtomicFile.ReadBytes(path, EvidenceArchive.MaximumFile)).Evidence;

    internal Observation Get(EvidenceKind kind, string subject) => _facts.TryGetValue(kind, out var facts) && facts.TryGetValue(subject, out var fact)
        ? fact
        : kind.Failed(new ReadFailure(kind.Actions[0], "", "", ReadFailureKind.NotCollected, "It was not collected."));

    /// <summary>The same evidence with other facts.</summary>
    internal AccountEvidence With(Func<Observation, Observation> change)
    {
        var changed = new AccountEvidence(Account, CollectedAt) { CompletedAt = CompletedAt, Regions = Regions, CisAwsVersion = CisAwsVersion, Warnings = Warnings, Newer = Newer };
        foreach (var kind in _facts)
        {
            changed._facts[kind.Key] = kind.Value.ToDictionary(f => f.Key, f => change(f.Value), StringComparer.Ordinal);
        }

        return changed;
    }

    private Dictionary<string, Observation> FactsOf(EvidenceKind kind)
    {
        if (!_facts.TryGetValue(kind, out var facts))
        {
            _facts[kind] = facts = new Dictionary<string, Observation>(StringComparer.Ordinal);
        }

        return facts;
    }
}
