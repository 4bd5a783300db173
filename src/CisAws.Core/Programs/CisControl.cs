using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>One recommendation of the benchmark: what it requires, why, how it is audited, how to remediate it, and its rule.</summary>
public sealed class CisControl
{
    private readonly ControlEntry _entry;
    private readonly CisProgram? _within;

    internal CisControl(ControlEntry entry, ControlRule rule)
    {
        _entry = entry;
        Rule = rule;
        ControlId = ControlId.Parse(entry.Id);
        Values = SettingValues.Defaults(entry.Settings);
        Settings = new CisSettingList(Values.All);
        References = new TextList(entry.References);
        Service = new TextList(entry.Services);
        Actions = ActionsOf(Rule, Values);
    }

    /// <summary>A control with other settings, in a program.</summary>
    private CisControl(CisControl control, CisProgram? within, SettingValues values, CisSeverity? severity)
    {
        (_entry, Rule, ControlId, References, Service) = (control._entry, control.Rule, control.ControlId, control.References, control.Service);
        _within = within;
        Values = values;
        Settings = new CisSettingList(values.All);
        Severity = severity;
        Actions = ActionsOf(Rule, values);
    }

    /// <summary>The names of the benchmark's sections, in their order.</summary>
    public static IReadOnlyList<string> SectionNames { get; } = ["IAM", "Logging", "Monitoring", "Networking"];

    /// <summary>The control's number, such as 1.10.</summary>
    public ControlId ControlId { get; }

    /// <summary>What the control requires, in one line.</summary>
    public string Title => _entry.Title;

    /// <summary>IAM, Logging, Monitoring or Networking.</summary>
    public string Section => SectionNames[ControlId.Section - 1];

    /// <summary>1: practical for every account. 2: for accounts where security is paramount.</summary>
    public int Level => _entry.Level;

    /// <summary>True when a failure lowers the benchmark's score.</summary>
    public bool Scored => _entry.Scored;

    /// <summary>Whether a rule or a person decides.</summary>
    public ControlAssessment Assessment => _entry.Assessment;

    /// <summary>The AWS services it is about, such as <c>IAM</c> or <c>CloudTrail</c>.</summary>
    public TextList Service { get; }

    /// <summary>What the control is about.</summary>
    public string Description => _entry.Description;

    /// <summary>Why it matters.</summary>
    public string Rationale => _entry.Rationale;

    /// <summary>How CisAws decides it.</summary>
    public string Audit => _entry.Audit;

    /// <summary>How to remediate a failure: in the console, with the AWS CLI, with AWS Tools for PowerShell.</summary>
    public ControlRemediation Remediation => _entry.Remediation;

    /// <summary>The settings in force, where each comes from, and its default.</summary>
    public CisSettingList Settings { get; }

    /// <summary>How much a failure matters, by the program; null where it does not say.</summary>
    public CisSeverity? Severity { get; }

    /// <summary>The program whose settings are in force; the whole benchmark's by default.</summary>
    public string Program => Within.Name;

    /// <summary>The IAM actions the assessment needs, with these settings.</summary>
    public TextList Actions { get; }

    /// <summary>Where to read more.</summary>
    public TextList References { get; }

    internal ControlRule Rule { get; }

    /// <summary>The settings in force, for rules.</summary>
    internal SettingValues Values { get; }

    /// <summary>The settings a program can change.</summary>
    internal IReadOnlyList<SettingDefinition> Definitions => _entry.Settings;

    internal CisProgram Within => _within ?? DefaultPrograms.Benchmark;

    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Title}";

    /// <summary>The control as a program has it for an account; null for the program as a whole.</summary>
    internal CisControl In(CisProgram program, string? accountId) => new(this, program, program.SettingsOf(this, accountId), program.SeverityOf(ControlId));

    /// <summary>The control with other settings.</summary>
    internal CisControl With(SettingValues values) => new(this, _within, values, Severity);

    private static TextList ActionsOf(ControlRule rule, SettingValues values) => new(
        Closure(rule.Needs(values).Concat(rule.OptionalNeeds(values)))
            .SelectMany(k => k.Actions).Distinct().OrderBy(a => a, StringComparer.OrdinalIgnoreCase));

    internal static IReadOnlyCollection<EvidenceKind> Closure(IEnumerable<EvidenceKind> kinds)
    {
        var all = new HashSet<EvidenceKind>();
        void Add(EvidenceKind kind)
        {
            if (!all.Add(kind))
            {
                return;
            }

            if (kind.Subject == EvidenceSubject.Region)
            {
                Add(EvidenceKinds.Regions);
            }

            foreach (var from in kind.From)
            {
                Add(from);
            }
        }

        foreach (var kind in kinds)
        {
            Add(kind);
        }

        return all;
    }
}
