using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>
/// One resource's verdict under a control. Much of its text comes from the account: all of it but the ids is safe to show
/// on a terminal (see <see cref="TerminalText"/>).
/// </summary>
public sealed class CisFinding
{
    internal CisFinding(
        ControlId controlId, string accountId, CisResource resource, CisStatus status, string reasonCode, string reason,
        IEnumerable<CisFact>? facts, IEnumerable<string>? warnings)
    {
        ControlId = controlId;
        AccountId = accountId;
        Resource = resource;
        Status = status;
        ReasonCode = reasonCode;
        Reason = TerminalText.Escape(reason);
        Facts = facts is null ? CisFactList.None : new CisFactList(facts.Select(f => f.Escaped()));
        Warnings = warnings is null ? TextList.None : new TextList(warnings.Select(TerminalText.Escape));
    }

    /// <summary>The control it is judged by.</summary>
    public ControlId ControlId { get; }

    /// <summary>The verdict.</summary>
    public CisStatus Status { get; }

    /// <summary>Why, in one sentence.</summary>
    public string Reason { get; }

    /// <summary>Why, for machines: stable from version to version.</summary>
    public string ReasonCode { get; }

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The region; empty for a global resource.</summary>
    public string Region => Resource.Region;

    /// <summary>A CloudFormation type name; AWS::Account and AWS::Region besides.</summary>
    public string ResourceType => Resource.Type;

    /// <summary>The id people use, exactly as AWS has it; views show it with control characters escaped.</summary>
    public string ResourceId => Resource.Id;

    /// <summary>The ARN, exactly as AWS has it; views show it with control characters escaped.</summary>
    public string ResourceArn => Resource.Arn;

    /// <summary>
    /// The resource's tags; null where the evidence does not tell. Made when asked for: most findings of a large account
    /// are never looked at.
    /// </summary>
    public CisTagList? Tags => Resource.Tags is { } tags ? new CisTagList(tags.Select(t => new CisTag(TerminalText.Escape(t.Key), TerminalText.Escape(t.Value)))) : null;

    /// <summary>What the verdict rests on.</summary>
    public CisFactList Facts { get; }

    /// <summary>What is not a failure but should be known.</summary>
    public TextList Warnings { get; }

    /// <summary>The exemption that accepts the failure; null where none does.</summary>
    public CisExemption? Exemption { get; private set; }

    /// <summary>The attestation that decided; null where none did.</summary>
    public CisAttestation? Attestation { get; private set; }

    internal CisResource Resource { get; }

    /// <summary>The same failure, accepted.</summary>
    internal CisFinding As(CisExemption exemption, string reason) => new(ControlId, AccountId, Resource, CisStatus.Exempt, ReasonCode, reason, Facts, Warnings)
    {
        Exemption = exemption,
        Attestation = Attestation,
    };

    /// <summary>The same question, answered by a person.</summary>
    internal CisFinding As(CisAttestation attestation, CisStatus status, string reason, IEnumerable<CisFact> facts) =>
        new(ControlId, AccountId, Resource, status, "Attested", reason, facts, Warnings) { Attestation = attestation };

    /// <summary>The same verdict for another reason.</summary>
    internal CisFinding With(string reason) => new(ControlId, AccountId, Resource, Status, ReasonCode, reason, Facts, Warnings);

    /// <inheritdoc/>
    public override string ToString() => $"{Status}: {TerminalText.Escape(ResourceId)}: {Reason}";
}

/// <summary>The findings of a result; prints as a count by status.</summary>
public sealed class CisFindingList : ReadOnlyCollection<CisFinding>
{
    /// <summary>A list of the given findings.</summary>
    public CisFindingList(IEnumerable<CisFinding> items) : base(items.ToArray())
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 0
        ? "none"
        : string.Join(", ", this.GroupBy(f => f.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"));
}
