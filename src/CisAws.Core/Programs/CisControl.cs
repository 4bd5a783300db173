using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>One recommendation of a benchmark as a program has it: what it requires, why, how it is audited, how to remediate it.</summary>
public sealed class CisControl
{
    private readonly BenchmarkControl _control;

    private ControlRemediation? _remediation;

    /// <param name="control">The recommendation.</param>
    /// <param name="owner">The program.</param>
    /// <param name="accountId">The account whose settings are in force; null for those of the program as a whole.</param>
    internal CisControl(BenchmarkControl control, CisProgram owner, string? accountId)
    {
        _control = control;
        Owner = owner;
        Values = owner.SettingsOf(control, accountId);
        Severity = owner.SeverityOf(ControlId);
    }

    /// <summary>The control's number, such as 1.10.</summary>
    public ControlId ControlId => _control.ControlId;

    /// <summary>What the control requires, in one line.</summary>
    public string Title => _control.Title;

    /// <summary>The name of the benchmark's section, such as IAM or Logging.</summary>
    public string Section => _control.Section;

    /// <summary>1: practical for every account. 2: for accounts where security is paramount.</summary>
    public int Level => _control.Level;

    /// <summary>True when a failure lowers the benchmark's score.</summary>
    public bool Scored => _control.Scored;

    /// <summary>How the benchmark says that it is assessed: from what AWS returns, or by a person.</summary>
    public ControlAssessment Assessment => _control.Assessment;

    /// <summary>The AWS services it is about, such as <c>IAM</c> or <c>CloudTrail</c>.</summary>
    public PrintableList<string> Service => All(d => d.Services);

    /// <summary>What the control is about.</summary>
    public string Description => Text(d => d.Description);

    /// <summary>Why it matters.</summary>
    public string Rationale => Text(d => d.Rationale);

    /// <summary>How CisAws decides it.</summary>
    public string Audit => Text(d => d.Audit);

    /// <summary>How to remediate a failure: in the console, with the AWS CLI, with AWS Tools for PowerShell.</summary>
    public ControlRemediation Remediation => _remediation ??= RemediationOf([.. Definitions.Select(d => d.Remediation!)]);

    /// <summary>The settings in force, where each comes from, and its default.</summary>
    public PrintableList<CisSetting> Settings => new(Values.All);

    /// <summary>How much a failure matters, by the program; null where it does not say.</summary>
    public CisSeverity? Severity { get; }

    /// <summary>The benchmark that the control is of, such as cis-aws-1.2.0.</summary>
    public string Benchmark => _control.Benchmark.Id;

    /// <summary>The program whose settings are in force; the whole benchmark by default.</summary>
    public string Program => Owner.Name;

    /// <summary>The IDs of the rules that decide it, such as iam-password-length.</summary>
    public PrintableList<string> RuleId => new(_control.Rules.Select(r => r.Id));

    /// <summary>The IDs of the AWS Security Hub controls for it, such as IAM.5; none where Security Hub has no control, or not for this version.</summary>
    public PrintableList<string> SecurityHub => new(_control.SecurityHub);

    /// <summary>The controls of other versions of the benchmark that the same rules decide, ordered by version and number.</summary>
    public PrintableList<CisRelatedControl> Related => new(_control.Related.Select(c => new CisRelatedControl(c.Benchmark.Id, c.ControlId, c.Title)));

    /// <summary>The IAM actions the assessment needs, with these settings.</summary>
    public PrintableList<string> Actions => new(
        EvidenceKind.Closure(Needs).SelectMany(k => k.Actions).Distinct().OrderBy(a => a, StringComparer.OrdinalIgnoreCase));

    /// <summary>Where to read more.</summary>
    public PrintableList<string> References => new([.. All(d => d.References), _control.Benchmark.Url]);

    /// <summary>Sorts as text the way ControlId sorts, also after Export-Csv: 01.09 before 01.10.</summary>
    public string SortKey => ControlId.SortKey;

    internal CisProgram Owner { get; }

    internal IReadOnlyList<Rule> Rules => _control.Rules;

    /// <summary>The settings in force, for rules.</summary>
    internal SettingValues Values { get; }

    /// <summary>The kinds of evidence that its rules declare, with these settings.</summary>
    internal IEnumerable<EvidenceKind> Needs => RequiredNeeds.Concat(Rules.SelectMany(r => r.OptionalNeeds(Values))).Distinct();

    /// <summary>The kinds that its status is based on, without those that only add warnings or facts.</summary>
    internal IEnumerable<EvidenceKind> RequiredNeeds => Rules.SelectMany(r => r.Needs(Values)).Distinct();

    /// <summary>The settings a program can change.</summary>
    internal IReadOnlyList<SettingDefinition> SettingDefinitions => _control.Settings;

    private IEnumerable<RuleDefinition> Definitions => _control.Rules.Select(r => r.Definition);

    /// <inheritdoc/>
    public override string ToString() => _control.ToString();

    /// <summary>The control with the settings of an account, which may have its own.</summary>
    internal CisControl ForAccount(string accountId) => new(_control, Owner, accountId);

    /// <summary>True when a rule decides both controls, whatever their benchmarks, or one includes what a rule of the other assesses.</summary>
    internal bool IsRelatedTo(CisControl other) => _control.IsRelatedTo(other._control);

    /// <summary>How a text of one of the rules refers to another.</summary>
    internal string ControlOf(string ruleId) => _control.Benchmark.ControlOf(ruleId);

    private ControlRemediation RemediationOf(IReadOnlyList<ControlRemediation> remediations) => new(
        Text(d => d.Remediation!.Summary),
        [.. remediations.SelectMany(r => r.Console).Select(_control.Resolve)],
        [.. remediations.SelectMany(r => r.Cli).Select(_control.Resolve)],
        [.. remediations.SelectMany(r => r.PowerShell).Select(_control.Resolve)]);

    private PrintableList<string> All(Func<RuleDefinition, IEnumerable<string>> texts) => new(Definitions.SelectMany(texts).Distinct());

    private string Text(Func<RuleDefinition, string> text) =>
        string.Join(Environment.NewLine + Environment.NewLine, Definitions.Select(d => _control.Resolve(text(d))).Distinct());
}
