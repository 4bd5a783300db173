using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>Where a program comes from.</summary>
public enum ProgramType : long
{
    /// <summary>It comes with the module and cannot be changed.</summary>
    Default,

    /// <summary>It is the organisation's own, and can be changed.</summary>
    Custom,
}

/// <summary>Controls that a program leaves out.</summary>
/// <param name="ControlId">The controls.</param>
/// <param name="Reason">Why they are left out.</param>
public sealed record CisExclusion(ControlSelector ControlId, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ControlId}: {Reason}";
}

/// <summary>A setting that a program changes.</summary>
/// <param name="ControlId">The controls; an ID takes precedence over a wildcard.</param>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">Its value: int, bool, string or a list of strings.</param>
/// <param name="AccountId">The account it is for; null for the whole program. An account's value takes precedence over the program's.</param>
public sealed record CisProgramSetting(ControlSelector ControlId, string Name, object Value, string? AccountId)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Name}={SettingValues.Print(Value)}" + (AccountId is null ? "" : $" (account {AccountId})");
}

/// <summary>How much a control's failure matters.</summary>
/// <param name="ControlId">The controls; an ID takes precedence over a wildcard.</param>
/// <param name="Severity">The severity shown on results.</param>
public sealed record CisProgramSeverity(ControlSelector ControlId, CisSeverity Severity)
{
    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Severity}";
}

/// <summary>
/// A compliance program: which controls of a benchmark apply, with which settings, for which accounts and regions, which failures are accepted, and
/// what people attest. It may be based on another: its own values override those of its base.
/// </summary>
public sealed record CisProgram
{
    /// <summary>The program's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Default or Custom.</summary>
    public ProgramType Type { get; init; } = ProgramType.Custom;

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who is responsible for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The program's own version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The name of the program it is based on; null for none, which means the whole benchmark.</summary>
    public string? BasedOn { get; init; }

    /// <summary>The controls to take from its base; empty for all.</summary>
    public PrintableList<ControlSelector> ChosenIds { get; init; } = new([]);

    /// <summary>The sections to take from its base; empty for all.</summary>
    public PrintableList<string> ChosenSections { get; init; } = PrintableList<string>.None;

    /// <summary>The levels to take from its base; empty for both.</summary>
    public PrintableList<int> ChosenLevels { get; init; } = new([]);

    /// <summary>Whether to take the scored or the unscored controls of its base; null for both.</summary>
    public bool? ChosenScored { get; init; }

    /// <summary>Further controls, whether its base has them or not.</summary>
    public PrintableList<ControlSelector> AddedControls { get; init; } = new([]);

    /// <summary>The controls to leave out, and why.</summary>
    public PrintableList<CisExclusion> ExcludedControls { get; init; } = new([]);

    /// <summary>The settings it sets, for the whole program or for single accounts.</summary>
    public PrintableList<CisProgramSetting> Settings { get; init; } = new([]);

    /// <summary>The severities it assigns to controls.</summary>
    public PrintableList<CisProgramSeverity> Severities { get; init; } = new([]);

    /// <summary>The accounts it is for; empty for its base's, or every account.</summary>
    public PrintableList<string> Accounts { get; init; } = PrintableList<string>.None;

    /// <summary>The regions it looks at; empty for its base's, or every enabled one.</summary>
    public PrintableList<string> Regions { get; init; } = PrintableList<string>.None;

    /// <summary>Whether its exemptions may have no expiry date.</summary>
    public bool AllowPermanentExemptions { get; init; }

    /// <summary>The failures it accepts.</summary>
    public PrintableList<CisExemption> Exemptions { get; init; } = new([]);

    /// <summary>What people attest.</summary>
    public PrintableList<CisAttestation> Attestations { get; init; } = new([]);

    /// <summary>The file it was read from; empty for none.</summary>
    public string Path { get; init; } = "";

    /// <summary>The controls in force, in the benchmark's order, with the settings of the whole program.</summary>
    public PrintableList<CisControl> Controls => new(
        Choose().Select(c => new CisControl(c, this, accountId: null)), list => list.Count == 1 ? "1 control" : $"{list.Count} controls");

    /// <summary>The benchmark that its control IDs belong to: its base's, or the one that it names itself.</summary>
    public string Benchmark => BenchmarkInForce.Id;

    internal CisProgram? Base { get; init; }

    /// <summary>The benchmark that the program names; null where it names none, as one that is based on another does.</summary>
    internal Benchmarks.Benchmark? NamedBenchmark { get; init; }

    internal Benchmarks.Benchmark BenchmarkInForce => Base?.BenchmarkInForce ?? NamedBenchmark ?? Benchmarks.Benchmark.Default;

    /// <summary>This program, its base, that one's base, and so on.</summary>
    internal IEnumerable<CisProgram> Lineage
    {
        get
        {
            for (var program = this; program is not null; program = program.Base)
            {
                yield return program;
            }
        }
    }

    /// <summary>The accounts in scope, the nearest program that names some; empty for every account.</summary>
    internal PrintableList<string> AccountsInScope => Lineage.Select(p => p.Accounts).FirstOrDefault(a => a.Count > 0) ?? PrintableList<string>.None;

    /// <summary>The regions in scope, the nearest program that names some; empty for every enabled one.</summary>
    internal PrintableList<string> RegionsInScope => Lineage.Select(p => p.Regions).FirstOrDefault(r => r.Count > 0) ?? PrintableList<string>.None;

    /// <summary>The exemptions of the program and of all it is based on.</summary>
    internal IEnumerable<CisExemption> AllExemptions => Lineage.SelectMany(p => p.Exemptions);

    /// <summary>The attestations of the program and of all it is based on, the nearest first.</summary>
    internal IEnumerable<CisAttestation> AllAttestations => Lineage.SelectMany(p => p.Attestations);

    /// <summary>The control as this program has it; null when the program leaves it out.</summary>
    internal CisControl? Find(ControlId id) => Choose().FirstOrDefault(c => c.ControlId == id) is { } control ? new CisControl(control, this, accountId: null) : null;

    /// <summary>Why the program has no such control; null when no reason is given.</summary>
    internal string? WhyNot(ControlId id) => Lineage
        .SelectMany(p => p.ExcludedControls.Select(e => (Exclusion: e, Program: p)))
        .Where(e => e.Exclusion.ControlId.Matches(id))
        .Select(e => $"excluded by program {e.Program.Name}: {e.Exclusion.Reason}")
        .FirstOrDefault();

    /// <summary>The settings of a control in force, and where each came from.</summary>
    /// <param name="control">The control.</param>
    /// <param name="accountId">The account; null for the program as a whole.</param>
    internal SettingValues SettingsOf(BenchmarkControl control, string? accountId)
    {
        var values = SettingValues.Defaults(control.Settings);
        foreach (var setting in values.All)
        {
            var found = Lineage
                .Select(p => (Program: p, Setting: Nearest(p.Settings.Where(s => s.Name == setting.Name), control.ControlId, accountId)))
                .FirstOrDefault(f => f.Setting is not null);
            if (found.Setting is { } s)
            {
                values = values.With(setting.Name, s.Value, $"program {found.Program.Name}" + (s.AccountId is null ? "" : $", account {s.AccountId}"));
            }
        }

        return values;
    }

    /// <summary>The severity of a control's failure; null when no program gives one.</summary>
    internal CisSeverity? SeverityOf(ControlId id) => Lineage
        .Select(p => p.Severities
            .Where(s => s.ControlId.Matches(id))
            .OrderBy(s => s.ControlId)
            .FirstOrDefault())
        .FirstOrDefault(s => s is not null)?.Severity;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>An account's value takes precedence over the program's, and an ID over a wildcard.</summary>
    private static CisProgramSetting? Nearest(IEnumerable<CisProgramSetting> settings, ControlId id, string? accountId) => settings
        .Where(s => (s.AccountId is null || s.AccountId == accountId) && s.ControlId.Matches(id))
        .OrderBy(s => s.AccountId is null)
        .ThenBy(s => s.ControlId)
        .FirstOrDefault();

    private IEnumerable<BenchmarkControl> Choose()
    {
        var has = Base is null ? null : new HashSet<ControlId>(Base.Choose().Select(c => c.ControlId));
        return BenchmarkInForce.Controls.Where(c =>
            !ExcludedControls.Any(e => e.ControlId.Matches(c.ControlId)) &&
            (((has is null || has.Contains(c.ControlId)) && IsChosen(c)) || AddedControls.Any(a => a.Matches(c.ControlId))));
    }

    private bool IsChosen(BenchmarkControl control) =>
        (ChosenIds.Count == 0 || ChosenIds.Any(i => i.Matches(control.ControlId))) &&
        (ChosenSections.Count == 0 || ChosenSections.Contains(control.Section, StringComparer.OrdinalIgnoreCase)) &&
        (ChosenLevels.Count == 0 || ChosenLevels.Contains(control.Level)) &&
        (ChosenScored is null || ChosenScored == control.Scored);
}
