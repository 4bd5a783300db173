using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>What has changed from one assessment to another.</summary>
public enum CisChange : long
{
    /// <summary>It fails, and did not fail before.</summary>
    New,

    /// <summary>It failed, also if exempt, and now passes or no longer exists.</summary>
    Fixed,

    /// <summary>Anything else is different: the status, the cause of a failure, or, of a control, its failing resources.</summary>
    Changed,

    /// <summary>It had a status, and now is Unknown or was not assessed. It is never called fixed.</summary>
    NotAssessed,

    /// <summary>The status is the same, and the cause too.</summary>
    Unchanged,
}

/// <summary>How a control or a resource was in one assessment and is in another.</summary>
public abstract class CisDifference
{
    private protected CisDifference(CisChange change, CisStatus? before, CisStatus? now, string reason, DateTime? firstSeen, DateTime assessedAt)
    {
        Change = change;
        ReferenceStatus = before;
        DifferenceStatus = now;
        Reason = reason;
        FirstSeen = firstSeen;
        AgeDays = firstSeen is { } first ? Math.Max(0, (int)(assessedAt - first).TotalDays) : null;
    }

    /// <summary>What has changed.</summary>
    public CisChange Change { get; }

    /// <summary>The status in the reference; null where it is not in it.</summary>
    public CisStatus? ReferenceStatus { get; }

    /// <summary>The status in the difference; null where it is not in it.</summary>
    public CisStatus? DifferenceStatus { get; }

    /// <summary>Why it has the status in the difference, or why it has none there.</summary>
    public string Reason { get; }

    /// <summary>Of a failure: when the first of the compared assessments began (UTC) that it is known from without a pass in between; else null.</summary>
    public DateTime? FirstSeen { get; }

    /// <summary>Whole days from <see cref="FirstSeen"/> to the difference; null where that is null.</summary>
    public int? AgeDays { get; }
}

/// <summary>How a resource was under a control, and is.</summary>
public sealed class CisFindingDifference : CisDifference
{
    internal CisFindingDifference(CisFinding finding, CisChange change, CisStatus? before, CisStatus? now, string reason, DateTime? firstSeen, DateTime assessedAt)
        : base(change, before, now, reason, firstSeen, assessedAt)
    {
        ControlId = finding.ControlId;
        AccountId = finding.AccountId;
        RuleId = finding.RuleId;
        Region = finding.Region;
        ResourceType = finding.ResourceType;
        ResourceId = finding.ResourceId;
        ResourceArn = finding.ResourceArn;
        Severity = finding.Severity;
    }

    /// <summary>The control.</summary>
    public ControlId ControlId { get; }

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The rule that decided.</summary>
    public string RuleId { get; }

    /// <summary>The region; empty for a global resource.</summary>
    public string Region { get; }

    /// <summary>A CloudFormation type name, AWS::Account or AWS::Region.</summary>
    public string ResourceType { get; }

    /// <summary>The ID that people use, exactly as AWS has it.</summary>
    public string ResourceId { get; }

    /// <summary>The ARN, exactly as AWS has it.</summary>
    public string ResourceArn { get; }

    /// <summary>How much a failure matters, by the program; null where it does not say.</summary>
    public CisSeverity? Severity { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Change}: {TerminalText.Escape(ResourceId)}: {Reason}";
}

/// <summary>How a control was in an account, and is.</summary>
public sealed class CisAssessmentDifference : CisDifference
{
    internal CisAssessmentDifference(
        CisResult? before, CisResult? now, CisChange change, string reason, DateTime? firstSeen, DateTime assessedAt, IEnumerable<CisFindingDifference> findings)
        : base(change, before?.Status, now?.Status, reason, firstSeen, assessedAt)
    {
        var control = now ?? before!;
        ControlId = control.ControlId;
        Title = control.Title;
        AccountId = control.AccountId;
        Section = control.Section;
        Level = control.Level;
        Scored = control.Scored;
        Severity = control.Severity;
        Benchmark = control.Benchmark;
        ReferenceProgram = ProgramOf(before);
        DifferenceProgram = ProgramOf(now);
        ReferenceAssessedAt = before?.AssessedAt;
        DifferenceAssessedAt = now?.AssessedAt;
        ChangedSettings = before is null || now is null ? PrintableList<string>.None : new(
            from setting in now.Settings
            let old = before.Settings.FirstOrDefault(s => s.Name == setting.Name)
            where old is not null && SettingValues.Print(old.Value) != SettingValues.Print(setting.Value)
            select $"{setting.Name}: {SettingValues.Print(old.Value)} -> {SettingValues.Print(setting.Value)}");
        Findings = new(findings, CountByChange);
        NewCount = Findings.Count(f => f.Change == CisChange.New);
        FixedCount = Findings.Count(f => f.Change == CisChange.Fixed);
        NotAssessedCount = Findings.Count(f => f.Change == CisChange.NotAssessed);
    }

    /// <summary>The control's number.</summary>
    public ControlId ControlId { get; }

    /// <summary>What the control requires.</summary>
    public string Title { get; }

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The name of the benchmark's section, such as IAM or Logging.</summary>
    public string Section { get; }

    /// <summary>1 or 2.</summary>
    public int Level { get; }

    /// <summary>True when a failure lowers the score.</summary>
    public bool Scored { get; }

    /// <summary>How much a failure matters, by the program; null where it does not say.</summary>
    public CisSeverity? Severity { get; }

    /// <summary>The benchmark that the control is of.</summary>
    public string Benchmark { get; }

    /// <summary>The program of the reference, with its version; empty where the control is not in it.</summary>
    public string ReferenceProgram { get; }

    /// <summary>The program of the difference, with its version; empty where the control is not in it.</summary>
    public string DifferenceProgram { get; }

    /// <summary>When the assessment of the reference began (UTC); null where the control is not in it.</summary>
    public DateTime? ReferenceAssessedAt { get; }

    /// <summary>When the assessment of the difference began (UTC); null where the control is not in it.</summary>
    public DateTime? DifferenceAssessedAt { get; }

    /// <summary>The settings whose values differ, such as "MaxUnusedCredentialDays: 90 -> 45": a cause that is not in the account.</summary>
    public PrintableList<string> ChangedSettings { get; }

    /// <summary>How many resources fail that did not fail before.</summary>
    public int NewCount { get; }

    /// <summary>How many resources no longer fail.</summary>
    public int FixedCount { get; }

    /// <summary>How many resources had a status, and now are Unknown or were not assessed.</summary>
    public int NotAssessedCount { get; }

    /// <summary>What has changed of each resource.</summary>
    public PrintableList<CisFindingDifference> Findings { get; }

    /// <summary>Sorts as text the way ControlId sorts, also after Export-Csv: 01.09 before 01.10.</summary>
    public string SortKey => ControlId.SortKey;

    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Change}: {Reason}";

    /// <summary>The name of a result's program, with its version where that is not in the name already.</summary>
    internal static string ProgramOf(CisResult? result) => result is null ? ""
        : result.Program.Contains(result.ProgramVersion) ? result.Program
        : $"{result.Program} {result.ProgramVersion}";

    private static string CountByChange(PrintableList<CisFindingDifference> findings) => findings.Count == 0
        ? "none"
        : string.Join(", ", findings.GroupBy(f => f.Change).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}"));
}

/// <summary>How many controls of an account have changed, and how its pass rate has.</summary>
public sealed class CisAssessmentDifferenceCount
{
    internal CisAssessmentDifferenceCount(
        string accountId, string benchmark, CisCount before, CisCount now, IReadOnlyCollection<CisAssessmentDifference> differences)
    {
        AccountId = accountId;
        Benchmark = benchmark;
        New = Count(differences, CisChange.New);
        Fixed = Count(differences, CisChange.Fixed);
        Changed = Count(differences, CisChange.Changed);
        NotAssessed = Count(differences, CisChange.NotAssessed);
        Unchanged = Count(differences, CisChange.Unchanged);
        NewFindings = differences.Sum(d => d.NewCount);
        FixedFindings = differences.Sum(d => d.FixedCount);
        ReferencePassRate = before.PassRate;
        DifferencePassRate = now.PassRate;
    }

    /// <summary>The account.</summary>
    public string AccountId { get; }

    /// <summary>The benchmark.</summary>
    public string Benchmark { get; }

    /// <summary>How many controls fail that did not fail before.</summary>
    public int New { get; }

    /// <summary>How many controls no longer fail.</summary>
    public int Fixed { get; }

    /// <summary>How many controls are different in another way.</summary>
    public int Changed { get; }

    /// <summary>How many controls had a status, and now are Unknown or were not assessed.</summary>
    public int NotAssessed { get; }

    /// <summary>How many controls are as they were.</summary>
    public int Unchanged { get; }

    /// <summary>How many resources fail that did not fail before.</summary>
    public int NewFindings { get; }

    /// <summary>How many resources no longer fail.</summary>
    public int FixedFindings { get; }

    /// <summary>The pass rate of the reference in percent; null when there is none.</summary>
    public double? ReferencePassRate { get; }

    /// <summary>The pass rate of the difference in percent; null when there is none.</summary>
    public double? DifferencePassRate { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{AccountId}: {New} New, {Fixed} Fixed, {Changed} Changed, {NotAssessed} NotAssessed, {Unchanged} Unchanged";

    private static int Count(IEnumerable<CisAssessmentDifference> differences, CisChange change) => differences.Count(d => d.Change == change);
}
