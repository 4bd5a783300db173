using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>The status of one control for one account.</summary>
public sealed class CisResult
{
    private const int ResourcesPrinted = 20;

    /// <param name="values">What the result consists of.</param>
    /// <param name="run">The run that it belongs to; it knows at its end what it took.</param>
    internal CisResult(ResultValues values, AssessmentRun run)
    {
        Values = values;
        Run = run;
        Findings = new(values.Findings.OrderBy(f => f.Status.Precedence()).Select(f => new CisFinding(values.Control, values.AccountId, f, run)), CountByStatus);
        PassCount = Count(CisStatus.Pass);
        FailCount = Count(CisStatus.Fail);
        UnknownCount = Count(CisStatus.Unknown);
        ManualCount = Count(CisStatus.Manual);
        NotApplicableCount = Count(CisStatus.NotApplicable);
        ExemptCount = Count(CisStatus.Exempt);
        FailedResource = new(Findings.Where(f => f.Status == CisStatus.Fail).Select(f => f.ResourceId), FirstResources);
    }

    /// <summary>The control's number.</summary>
    public ControlId ControlId => Values.Control.ControlId;

    /// <summary>What the control asks.</summary>
    public string Title => Values.Control.Title;

    /// <summary>The benchmark that the control is of, such as cis-aws-1.2.0.</summary>
    public string Benchmark => Values.Control.Benchmark;

    /// <summary>The rules that decided, such as iam-password-length.</summary>
    public PrintableList<string> RuleId => Values.Control.RuleId;

    /// <summary>The name of the benchmark's section, such as IAM or Logging.</summary>
    public string Section => Values.Control.Section;

    /// <summary>1 or 2.</summary>
    public int Level => Values.Control.Level;

    /// <summary>True when a failure lowers the score.</summary>
    public bool Scored => Values.Control.Scored;

    /// <summary>The status.</summary>
    public CisStatus Status => Values.Status;

    /// <summary>Why, in one sentence.</summary>
    public string Reason => Values.Reason;

    /// <summary>Why, for machines: stable from version to version.</summary>
    public string ReasonCode => Values.ReasonCode;

    /// <summary>True when anything that the status depends on was unreadable or out of scope. A Fail can be incomplete.</summary>
    public bool Incomplete => Values.Incomplete;

    /// <summary>The account.</summary>
    public string AccountId => Values.AccountId;

    /// <summary>The name of the account in its organization; empty if it is not known. It is as AWS has it, and can contain any characters.</summary>
    public string AccountName => Values.AccountName ?? "";

    /// <summary>The names of the root and of the organizational units that the account is in, such as Root/Workloads; empty if they are not known.</summary>
    public string OrganizationalUnit => Values.OrganizationalUnit ?? "";

    /// <summary>How many findings passed.</summary>
    public int PassCount { get; }

    /// <summary>How many findings failed.</summary>
    public int FailCount { get; }

    /// <summary>How many findings could not be decided.</summary>
    public int UnknownCount { get; }

    /// <summary>How many findings wait for a person.</summary>
    public int ManualCount { get; }

    /// <summary>How many findings do not apply.</summary>
    public int NotApplicableCount { get; }

    /// <summary>How many findings are accepted failures.</summary>
    public int ExemptCount { get; }

    /// <summary>The IDs of what failed; prints the first 20.</summary>
    public PrintableList<string> FailedResource { get; }

    /// <summary>The status of each resource, what fails first.</summary>
    public PrintableList<CisFinding> Findings { get; }

    /// <summary>The settings in force and where each came from.</summary>
    public PrintableList<CisSetting> Settings => Values.Control.Settings;

    /// <summary>What to do about a failure.</summary>
    public string Remediation => Values.Control.Remediation;

    /// <summary>How much a failure matters, by the program; null where it does not say.</summary>
    public CisSeverity? Severity => Values.Control.Severity;

    /// <summary>True when the status, or a part of it, is based on an attestation.</summary>
    public bool Attested => Findings.Any(f => f.Attestation is not null);

    /// <summary>The program the controls and settings came from.</summary>
    public string Program => Values.Control.Program;

    /// <summary>That program's own version; empty where it gives none.</summary>
    public string ProgramVersion => Values.Control.ProgramVersion;

    /// <summary>The same on every result of one run.</summary>
    public Guid RunId => Values.RunId;

    /// <summary>When the run began (UTC); ages are counted to this time.</summary>
    public DateTime AssessedAt => Values.AssessedAt.UtcDateTime;

    /// <summary>When the evidence was collected (UTC).</summary>
    public DateTime CollectedAt => Values.CollectedAt.UtcDateTime;

    /// <summary>Sorts as text the way ControlId sorts, also after Export-Csv: 01.09 before 01.10.</summary>
    public string SortKey => ControlId.SortKey;

    internal ResultValues Values { get; }

    /// <summary>What the status depends on and could not be read. Internal: Reason, Incomplete and the findings show it.</summary>
    internal IReadOnlyList<ReadFailure> ReadFailures => Values.ReadFailures;

    internal AssessmentRun Run { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Status}: {Reason}";

    private static string CountByStatus(PrintableList<CisFinding> findings) => findings.Count == 0
        ? "none"
        : string.Join(", ", findings.GroupBy(f => f.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"));

    private static string FirstResources(PrintableList<string> ids) =>
        TerminalText.Escape(string.Join("; ", ids.Take(ResourcesPrinted))) + (ids.Count > ResourcesPrinted ? $"; +{ids.Count - ResourcesPrinted} more" : "");

    private int Count(CisStatus status) => Findings.Count(f => f.Status == status);
}
