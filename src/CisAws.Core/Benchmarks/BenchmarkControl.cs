using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CisAws.Assessments;
using CisAws.Rules;

namespace CisAws.Benchmarks;

/// <summary>One recommendation of a benchmark: its number, title, level, and the rules that decide it.</summary>
internal sealed class BenchmarkControl
{
    // {{rule:id}} in the text of a rule is another rule, {{setting:Name}} a setting of its own.
    private static readonly Regex Placeholder = new(@"\{\{(rule|setting):([A-Za-z0-9-]+)\}\}", RegexOptions.CultureInvariant);

    private readonly CisSeverity? _severity;

    internal BenchmarkControl(Benchmark benchmark, ControlEntry entry)
    {
        Benchmark = benchmark;
        ControlId = ControlId.Parse(entry.Id);
        (Title, Level, Scored, Assessment) = (entry.Title, entry.Level, entry.Scored, entry.Assessment);
        var rules = entry.Rules.Select(ReadRule).ToList();
        Rules = [.. rules.Select(r => r.Rule)];
        Settings = [.. rules.SelectMany(r => r.Settings).GroupBy(s => s.Name, StringComparer.Ordinal).Select(One)];
        Section = benchmark.Sections[entry.Id.Split('.')[0]];
        SecurityHub = entry.SecurityHub ?? [];
        Nist = entry.Nist ?? [];
        _severity = entry.Severity;
    }

    /// <summary>The benchmark that it belongs to.</summary>
    public Benchmark Benchmark { get; }

    /// <summary>Its number, such as 1.10.</summary>
    public ControlId ControlId { get; }

    /// <summary>What it requires, in one line.</summary>
    public string Title { get; }

    /// <summary>The name of its section.</summary>
    public string Section { get; }

    /// <summary>1: practical for every account. 2: for accounts where security is paramount.</summary>
    public int Level { get; }

    /// <summary>True when a failure lowers the score.</summary>
    public bool Scored { get; }

    /// <summary>Whether a rule or a person decides.</summary>
    public ControlAssessment Assessment { get; }

    /// <summary>The rules that have to hold, all of them.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>How much a failure matters, where the program does not say: by its own entry, by that of a related control, or Medium.</summary>
    public CisSeverity Severity => _severity ?? Related.Select(c => c._severity).FirstOrDefault(s => s is not null) ?? CisSeverity.Medium;

    /// <summary>The IDs of the Security Hub controls that AWS maps to it, such as IAM.5.</summary>
    public IReadOnlyList<string> SecurityHub { get; }

    /// <summary>The controls of NIST SP 800-53 Rev. 4 that MITRE maps to it, such as AC-6(9).</summary>
    public IReadOnlyList<string> Nist { get; }

    /// <summary>The controls of the other benchmarks that a rule of this one decides, ordered by version and ID.</summary>
    public IEnumerable<BenchmarkControl> Related => Benchmark.AllControls.Where(c => c.Benchmark != Benchmark && IsRelatedTo(c));

    /// <summary>The AWS services that its rules are about.</summary>
    public IEnumerable<string> Services => Rules.SelectMany(r => r.Definition.Services).Distinct();

    /// <summary>The settings of its rules, with the benchmark's defaults. A name means the same to each of the rules.</summary>
    public IReadOnlyList<SettingDefinition> Settings { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Title}";

    /// <summary>A text of one of the rules, with the numbers of the controls that it refers to and the benchmark's defaults of the settings.</summary>
    public string Resolve(string text) => Placeholder.Replace(text, m => m.Groups[1].Value == "rule"
        ? Benchmark.ControlOf(m.Groups[2].Value)
        : SettingValues.Print(Settings.First(s => s.Name == m.Groups[2].Value).Default));

    /// <summary>True when a rule decides both controls, or a rule of one includes what a rule of the other assesses.</summary>
    public bool IsRelatedTo(BenchmarkControl other) => Rules.Any(mine => other.Rules.Any(
        theirs => mine.Id == theirs.Id || mine.Definition.Includes.Contains(theirs.Id) || theirs.Definition.Includes.Contains(mine.Id)));

    private (Rule Rule, IEnumerable<SettingDefinition> Settings) ReadRule(JsonElement entry)
    {
        var isText = entry.ValueKind == JsonValueKind.String;
        var id = isText ? entry.GetString()! : entry.GetProperty("id").GetString()!;
        var rule = RuleCatalog.Find(id) ?? throw new InvalidOperationException($"Control {ControlId} names rule '{id}', which does not exist.");
        var changed = isText ? [] : entry.GetProperty("settings").EnumerateObject().ToDictionary(p => p.Name, p => SettingDefinition.ReadValue(p.Value));
        return changed.Keys.FirstOrDefault(name => rule.Definition.Settings.All(s => s.Name != name)) is { } unknown
            ? throw new InvalidOperationException($"Control {ControlId} sets {unknown}, which rule {id} does not have.")
            : (rule, rule.Definition.Settings.Select(s => changed.TryGetValue(s.Name, out var value) ? s with { Default = value } : s));
    }

    private SettingDefinition One(IGrouping<string, SettingDefinition> settings) =>
        settings.All(s => Equals(s.Default, settings.First().Default))
            ? settings.First()
            : throw new InvalidOperationException($"The rules of control {ControlId} differ in the default of {settings.Key}: set it in the benchmark.");
}
