using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>Reads the settings of a program file and holds each value against the catalogue.</summary>
internal sealed class ProgramSettingsReader(ProblemList problems, List<(ControlSelector ControlId, LocatedJson Place, string What)> named)
{
    private readonly List<CisProgramSetting> _settings = [];

    /// <summary>What was read and is valid.</summary>
    public IReadOnlyList<CisProgramSetting> Settings => _settings;

    /// <summary>Reads settings by account.</summary>
    public void ReadAccounts(LocatedJson? place)
    {
        foreach (var account in new JsonFields(place, problems, "accountSettings").All)
        {
            if (!Formats.IsAccountId(account.Key))
            {
                problems.Invalid(account.Value, Formats.AccountId, what: account.Key);
            }
            else
            {
                Read(account.Value, account.Key);
            }
        }
    }

    /// <summary>Reads settings by control.</summary>
    public void Read(LocatedJson? place, string? accountId)
    {
        var read = new List<(ControlSelector ControlId, string What, LocatedJson Place)>();
        foreach (var control in new JsonFields(place, problems, "settings").All)
        {
            var controls = Benchmark.Default.Matching(control.Key);
            if (controls.Count == 0)
            {
                problems.Invalid(control.Value, Formats.Control, "UnknownControl", control.Key);
                continue;
            }

            var selector = ControlSelector.Parse(control.Key);
            named.Add((selector, control.Value, "setting"));
            foreach (var setting in new JsonFields(control.Value, problems, $"the settings of {control.Key}").All)
            {
                Read(selector, controls, setting.Key, setting.Value, accountId);
                read.Add((selector, setting.Key, setting.Value));
            }
        }

        problems.Overlaps(read);
    }

    private void Read(ControlSelector controlId, IReadOnlyList<BenchmarkControl> controls, string name, LocatedJson place, string? accountId)
    {
        var definitions = controls.SelectMany(c => c.Settings).ToList();
        var meant = definitions.Where(d => d.Name == name).ToList();
        if (meant.Count == 0)
        {
            problems.Add(
                "UnknownSetting", place, $"{controlId} has no setting '{LocatedJson.Shortened(name)}'.",
                () => definitions.Count == 0
                    ? $"{controlId} has none: remove it."
                    : Suggestion.For(name, definitions.Select(d => d.Name).Distinct().ToList(), $"{controlId} has"));
        }
        else if (meant.Select(d => (Definition: d, Value: ValueOf(d, place))).FirstOrDefault(v => v.Value is null) is { Definition: { } unfit })
        {
            problems.Invalid(place, $"{Expected(unfit)} ({unfit.Name} of {controlId}, {SettingValues.Print(unfit.Default)} by default)");
        }
        else
        {
            _settings.Add(new CisProgramSetting(controlId, name, ValueOf(meant[0], place)!, accountId));
        }
    }

    /// <summary>What a setting takes, in words.</summary>
    internal static string Expected(SettingDefinition setting) => setting.Type switch
    {
        SettingType.Integer => $"a whole number from {setting.Minimum} to {setting.Maximum}",
        SettingType.Boolean => "true or false",
        SettingType.Choice => $"one of {string.Join(", ", setting.Choices!)}",
        SettingType.FilterPattern => "a filter pattern of CloudWatch Logs in its JSON form, such as { $.eventName = CreateTrail }",
        _ => $"a list of texts, each once, that match {setting.ItemPattern}",
    };

    private static object? ValueOf(SettingDefinition setting, LocatedJson place) => setting.Type switch
    {
        SettingType.Integer => place.Integer is { } n && n >= setting.Minimum && n <= setting.Maximum ? n : null,
        SettingType.Boolean => place.Boolean,
        SettingType.Choice => setting.Choices!.Contains(place.Text ?? "", StringComparer.Ordinal) ? place.Text : null,
        // Empty is the benchmark's own pattern.
        SettingType.FilterPattern => place.Text is { } text && (text.Length == 0 || IsJsonPattern(text)) ? text : null,
        _ => ListOf(setting, place),
    };

    private static bool IsJsonPattern(string text) => FilterPattern.TryParse(text, out var pattern, out _) && pattern.Form == FilterPatternForm.Json;

    private static PrintableList<string>? ListOf(SettingDefinition setting, LocatedJson place)
    {
        var texts = place.Items.Select(i => i.Text ?? "").ToList();
        return place.Kind == JsonValueKind.Array && texts.Distinct(StringComparer.Ordinal).Count() == texts.Count &&
            texts.TrueForAll(t => !t.EndsWith("\n", StringComparison.Ordinal) && Regex.IsMatch(t, setting.ItemPattern!, RegexOptions.CultureInvariant))
            ? new PrintableList<string>(texts)
            : null;
    }
}
