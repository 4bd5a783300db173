using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>
/// The status of one resource under a control. Much of its text comes from the account: all of it but the IDs is safe to show
/// on a terminal (see <see cref="TerminalText"/>).
/// </summary>
public sealed class CisFinding
{
    private readonly AssessedControl _control;

    private readonly AssessmentRun _run;

    internal CisFinding(AssessedControl control, string accountId, FindingValues values, AssessmentRun run)
    {
        _control = control;
        AccountId = accountId;
        Values = values;
        _run = run;
    }

    /// <summary>The control that it is a finding of.</summary>
    public ControlId ControlId => _control.ControlId;

    /// <summary>What the control requires, in one line.</summary>
    public string Title => _control.Title;

    /// <summary>The name of the benchmark's section, such as IAM or Logging.</summary>
    public string Section => _control.Section;

    /// <summary>1 or 2.</summary>
    public int Level => _control.Level;

    /// <summary>The benchmark that the control is of, such as cis-aws-1.2.0.</summary>
    public string Benchmark => _control.Benchmark;

    /// <summary>The rule that decided, such as iam-password-length.</summary>
    public string RuleId => Values.RuleId;

    /// <summary>The status.</summary>
    public CisStatus Status => Values.Status;

    /// <summary>Why, in one sentence.</summary>
    public string Reason => Values.Reason;

    /// <summary>Why, for machines: stable from version to version.</summary>
    public string ReasonCode => Values.ReasonCode;

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The region; empty for a global resource.</summary>
    public string Region => Resource.Region;

    /// <summary>A CloudFormation type name; AWS::Account and AWS::Region besides.</summary>
    public string ResourceType => Resource.Type;

    /// <summary>The ID people use, exactly as AWS has it; views show it with control characters escaped.</summary>
    public string ResourceId => Resource.Id;

    /// <summary>The ARN, exactly as AWS has it; views show it with control characters escaped.</summary>
    public string ResourceArn => Resource.Arn;

    /// <summary>
    /// The resource's tags in the order of their keys; null where the evidence does not contain them. Created on demand: most findings of a
    /// large account are never looked at.
    /// </summary>
    public PrintableList<CisTag>? Tags => Resource.Tags is { } tags
        ? new(tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => new CisTag(TerminalText.Escape(t.Key), TerminalText.Escape(t.Value))))
        : null;

    /// <summary>What the status is based on.</summary>
    public PrintableList<CisFact> Facts => Values.Facts;

    /// <summary>What is not a failure but should be known.</summary>
    public PrintableList<string> Warnings => Values.Warnings;

    /// <summary>The exemption that accepts the failure; null where none does.</summary>
    public CisExemption? Exemption => Values.Exemption;

    /// <summary>The attestation that decided; null where none did.</summary>
    public CisAttestation? Attestation => Values.Attestation;

    /// <summary>How to remediate a failure.</summary>
    public string Remediation => _control.Remediation;

    /// <summary>How much a failure matters, by the program; null where it does not say.</summary>
    public CisSeverity? Severity => _control.Severity;

    /// <summary>The program that the control and its settings are from.</summary>
    public string Program => _control.Program;

    /// <summary>The same on every finding of one run.</summary>
    public Guid RunId => _run.RunId;

    /// <summary>When the run began (UTC); ages are counted to this time.</summary>
    public DateTime AssessedAt => _run.StartedAt.UtcDateTime;

    /// <summary>Sorts as text the way ControlId sorts, also after Export-Csv: 01.09 before 01.10.</summary>
    public string SortKey => ControlId.SortKey;

    internal FindingValues Values { get; }

    internal CisResource Resource => Values.Resource;

    /// <summary>The reason for several resources; see <see cref="RuleFinding.Plural"/>.</summary>
    internal string? Plural => Values.Plural;

    /// <summary>The same failure, accepted.</summary>
    internal CisFinding As(CisExemption exemption, string reason) =>
        With(Values with { Status = CisStatus.Exempt, Reason = reason, Exemption = exemption });

    /// <summary>The same question, answered by a person.</summary>
    internal CisFinding As(CisAttestation attestation, CisStatus status, string reason, IEnumerable<CisFact> facts) => With(Values with
    {
        Status = status,
        ReasonCode = "Attested",
        Reason = reason,
        Plural = $"are attested as {(status == CisStatus.Pass ? "passed" : "failed")}",
        Facts = RuleFinding.EscapedFacts(facts),
        Attestation = attestation,
    });

    /// <summary>The same status with another reason.</summary>
    internal CisFinding With(string reason) => With(Values with { Reason = reason });

    private CisFinding With(FindingValues values) => new(_control, AccountId, values, _run);

    /// <inheritdoc/>
    public override string ToString() => $"{Status}: {TerminalText.Escape(ResourceId)}: {Reason}";
}
