using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Catalog;
using CisAws.Controls;
using CisAws.Evidence;

namespace CisAws;

/// <summary>Whether a control can be decided from what AWS answers.</summary>
public enum ControlAssessment
{
    /// <summary>The rule decides it.</summary>
    Automated,

    /// <summary>Only a person can tell.</summary>
    Manual,
}

/// <summary>One recommendation of the benchmark: what it asks, why, how it is audited and mended, and its rule.</summary>
public sealed class CisControl
{
    internal CisControl(ControlEntry entry, ControlRule rule)
    {
        ControlId = ControlId.Parse(entry.Id);
        Title = entry.Title;
        Section = SectionNames[ControlId.Section - 1];
        Level = entry.Level;
        Scored = entry.Scored;
        Assessment = entry.Assessment;
        Description = entry.Description;
        Rationale = entry.Rationale;
        Audit = entry.Audit;
        Remediation = entry.Remediation;
        Settings = entry.Settings;
        References = new TextList(entry.References);
        Rule = rule;
        var needs = rule.Needs(SettingValues.Defaults(this)).Concat(rule.OptionalNeeds(SettingValues.Defaults(this))).ToList();
        Actions = new TextList(Closure(needs).SelectMany(k => k.Actions).Distinct().OrderBy(a => a, StringComparer.OrdinalIgnoreCase));
        Service = new TextList(entry.Services);
    }

    /// <summary>The names of the benchmark's sections, in their order.</summary>
    public static IReadOnlyList<string> SectionNames { get; } = ["IAM", "Logging", "Monitoring", "Networking"];

    /// <summary>The control's number, such as 1.10.</summary>
    public ControlId ControlId { get; }

    /// <summary>What the control asks, in one line.</summary>
    public string Title { get; }

    /// <summary>IAM, Logging, Monitoring or Networking.</summary>
    public string Section { get; }

    /// <summary>1: sensible for every account. 2: for where security is paramount.</summary>
    public int Level { get; }

    /// <summary>True when a failure lowers the benchmark's score.</summary>
    public bool Scored { get; }

    /// <summary>Whether a rule or a person decides.</summary>
    public ControlAssessment Assessment { get; }

    /// <summary>The AWS services it is about, such as <c>IAM</c> or <c>CloudTrail</c>.</summary>
    public TextList Service { get; }

    /// <summary>What the control is about.</summary>
    public string Description { get; }

    /// <summary>Why it matters.</summary>
    public string Rationale { get; }

    /// <summary>How CisAws decides it.</summary>
    public string Audit { get; }

    /// <summary>How to mend a failure: in the console, with the AWS CLI, with AWS Tools for PowerShell.</summary>
    public ControlRemediation Remediation { get; }

    /// <summary>The settings a program can change.</summary>
    public IReadOnlyList<ControlSetting> Settings { get; }

    /// <summary>The IAM actions the assessment takes.</summary>
    public TextList Actions { get; }

    /// <summary>Where to read more.</summary>
    public TextList References { get; }

    internal ControlRule Rule { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Title}";

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
                Add(Kinds.Regions);
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
