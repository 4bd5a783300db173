using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Evidence;

/// <summary>The evidence of one account: all that a run has read, or could not read. Invoke-CisAssessment -Evidence assesses it without AWS.</summary>
public sealed class CisEvidence
{
    private readonly Lazy<string> _sha256;

    internal CisEvidence(AccountEvidence evidence, string? path = null, string? sha256 = null, string? signer = null)
    {
        Evidence = evidence;
        Path = path;
        Signer = signer;
        var facts = evidence.Kinds.SelectMany(k => evidence.SubjectsOf(k).Select(s => evidence.Get(k, s))).ToList();
        Kind = new(evidence.Kinds.Select(k => k.Name).OrderBy(n => n, StringComparer.Ordinal));
        FactCount = facts.Count(f => f.Failure is null);
        Unreadable = new(facts.Select(f => f.Failure).OfType<ReadFailure>().Select(f => TerminalText.Escape(f.ToString())).Distinct().OrderBy(f => f, StringComparer.Ordinal));
        HasTemporaryFailures = facts.Exists(f => f.Failure is { IsTemporary: true });
        _sha256 = new(() => sha256 ?? EvidenceArchive.HashOf(evidence));
    }

    /// <summary>The account.</summary>
    public string AccountId => Evidence.Account.AccountId;

    /// <summary>The AWS partition, such as aws or aws-cn.</summary>
    public string Partition => Evidence.Account.Partition;

    /// <summary>The ARN of the identity that collected the evidence.</summary>
    public string CallerArn => Evidence.Account.CallerArn;

    /// <summary>When the collection began (UTC). Ages are computed for this time.</summary>
    public DateTime CollectedAt => Evidence.CollectedAt.UtcDateTime;

    /// <summary>When the last response was received (UTC).</summary>
    public DateTime CompletedAt => Evidence.CompletedAt.UtcDateTime;

    /// <summary>The regions that the evidence is about; empty if none of it is regional.</summary>
    public PrintableList<string> Regions => new(Evidence.Regions.Assessed ?? []);

    /// <summary>The kinds of evidence that were collected, such as iam.credentialReport.</summary>
    public PrintableList<string> Kind { get; }

    /// <summary>How many facts were read.</summary>
    public int FactCount { get; }

    /// <summary>What could not be read, with the action, the region and the reason.</summary>
    public PrintableList<string> Unreadable { get; }

    /// <summary>
    /// True if something could not be read because of throttling, a lost connection, an error of a service, an expired session or a time limit: a new
    /// collection can have it. What was denied stays denied.
    /// </summary>
    public bool HasTemporaryFailures { get; }

    /// <summary>The version of CisAws that collected the evidence.</summary>
    public string CisAwsVersion => Evidence.CisAwsVersion;

    /// <summary>The SHA-256 of the evidence, in lowercase hexadecimal digits.</summary>
    public string Sha256 => _sha256.Value;

    /// <summary>The file that the evidence was read from; null if it was collected in this session.</summary>
    public string? Path { get; }

    /// <summary>The subject of the certificate that the file is signed with; null if it is not signed. Test-CisEvidence shows whether it is trusted.</summary>
    public string? Signer { get; }

    internal AccountEvidence Evidence { get; }

    /// <summary>What in a file this version does not understand.</summary>
    internal IReadOnlyList<string> Warnings => Evidence.Warnings;

    /// <inheritdoc/>
    public override string ToString() => $"Account {AccountId}, {UtcTime.Minute(Evidence.CollectedAt)}";
}
