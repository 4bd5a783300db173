using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Programs;

/// <summary>The types of what a program file says by control: settings, settings by account, and severities.</summary>
internal static class SettingTypes
{
    // What a wildcard may name, or set, is more than a schema can state: the reader checks it.
    private const string WildcardPattern = @"[*?\[]";

    /// <summary>Settings by control.</summary>
    public static readonly FieldType<IReadOnlyList<CisProgramSetting>> Settings = new(
        () => FieldTypes.Reference("settings"), (place, context) => Read(place, context, accountId: null), Write);

    /// <summary>Settings by account and control.</summary>
    public static readonly FieldType<IReadOnlyList<CisProgramSetting>> AccountSettings = new(
        () => new()
        {
            ["type"] = "object",
            ["patternProperties"] = new JsonObject { [Formats.AccountIdPattern] = FieldTypes.Reference("settings") },
            ["additionalProperties"] = false,
        },
        (place, context) => context.Members(place)
            .Where(m => Formats.IsAccountId(m.Key) || context.Invalid(m.Value, Formats.AccountId, what: m.Key) is not null)
            .SelectMany(m => Read(m.Value, context, m.Key)).ToList(),
        settings => FieldTypes.ObjectOf(settings.GroupBy(s => s.AccountId!), a => a.Key, Write));

    /// <summary>Severities by control.</summary>
    public static readonly FieldType<IReadOnlyList<CisProgramSeverity>> Severities = new(
        () => new()
        {
            ["type"] = "object",
            ["propertyNames"] = FieldTypes.Reference("control"),
            ["additionalProperties"] = Severity.Schema(),
        },
        ReadSeverities,
        severities => FieldTypes.ObjectOf(severities, s => s.ControlId.Text, s => Severity.Write(s.Severity)));

    private static FieldType<CisSeverity> Severity => FieldTypes.OneOf([.. ProgramFormat.Severities.Select(s => ((object)s.Key, s.Value))]);

    /// <summary>What the schema defines for all that refers to it: the IDs of controls, and their settings.</summary>
    public static JsonObject Definitions() => new()
    {
        ["controlId"] = new JsonObject
        {
            ["description"] = "The ID of a control.",
            ["enum"] = new JsonArray([.. ById(Benchmark.AllControls).Select(c => JsonValue.Create(c.Key))]),
        },
        ["control"] = new JsonObject
        {
            ["description"] = "The ID of a control, or a wildcard with *, ? and [ ].",
            ["anyOf"] = new JsonArray(FieldTypes.Reference("controlId"), new JsonObject { ["type"] = "string", ["pattern"] = WildcardPattern }),
        },
        ["settings"] = new JsonObject
        {
            ["description"] = "Settings by control; an ID takes precedence over a wildcard.",
            ["type"] = "object",
            ["properties"] = FieldTypes.ObjectOf(ById(Benchmark.AllControls), c => c.Key, c => SettingsOf(string.Join("; ", c.Select(v => v.ToString()).Distinct()), c)),
            ["patternProperties"] = new JsonObject { [WildcardPattern] = SettingsOf("The settings of all controls that the wildcard matches.", Benchmark.AllControls) },
            ["additionalProperties"] = false,
        },
    };

    private static IEnumerable<IGrouping<string, BenchmarkControl>> ById(IEnumerable<BenchmarkControl> controls) =>
        controls.OrderBy(c => c.ControlId).GroupBy(c => c.ControlId.ToString());

    private static JsonObject SettingsOf(string description, IEnumerable<BenchmarkControl> controls) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = FieldTypes.ObjectOf(controls.SelectMany(c => c.Settings).GroupBy(d => d.Name), g => g.Key, g => SchemaOf([.. g])),
    };

    /// <summary>The schema of a setting that several controls have. Where their defaults differ it names none.</summary>
    private static JsonObject SchemaOf(IReadOnlyList<SettingDefinition> settings)
    {
        var (schema, setting) = (FormOf(settings[0]).Schema(), settings[0]);
        schema["description"] = setting.Description;
        if (settings.All(s => Equals(s.Default, setting.Default)))
        {
            schema["default"] = JsonSerializer.SerializeToNode(setting.Default, setting.Default.GetType());
        }

        return schema;
    }

    private static List<CisProgramSetting> Read(LocatedJson place, ReadContext context, string? accountId)
    {
        var read = new List<(CisProgramSetting Setting, LocatedJson Place)>();
        var named = new List<(ControlSelector, string, LocatedJson)>();
        foreach (var control in context.Members(place))
        {
            if (context.Selector(control.Key, control.Value, "UnknownControl", control.Key) is { } selector)
            {
                context.Named.Add((selector, control.Value, "setting"));
                foreach (var setting in context.Members(control.Value))
                {
                    named.Add((selector, setting.Key, setting.Value));
                    if (ValueOf(selector, setting.Key, setting.Value, context) is { } value)
                    {
                        read.Add((new CisProgramSetting(selector, setting.Key, value, accountId), setting.Value));
                    }
                }
            }
        }

        context.CheckOverlaps(named);
        return read.ConvertAll(r => r.Setting);
    }

    private static object? ValueOf(ControlSelector selector, string name, LocatedJson place, ReadContext context)
    {
        var definitions = context.Matching(selector).SelectMany(c => c.Settings).ToList();
        var meant = definitions.FindAll(d => d.Name == name);
        if (meant.Count == 0)
        {
            context.Problems.Add(
                "UnknownSetting", place, $"{selector} has no setting '{LocatedJson.Shortened(name)}'.",
                () => definitions.Count == 0
                    ? $"{selector} has no settings; remove this one."
                    : Suggestion.For(name, definitions.Select(d => d.Name).Distinct().ToList(), $"{selector} has"));
            return null;
        }

        // A wildcard's value must be valid for every control that has the setting.
        return meant.Find(d => FormOf(d).Read(place) is null) is { } unfit
            ? context.Invalid(place, $"{ExpectedOf(unfit, place)} ({unfit.Name} of {selector}, {SettingValues.Print(unfit.Default)} by default)")
            : FormOf(meant[0]).Read(place);
    }

    private static string ExpectedOf(SettingDefinition setting, LocatedJson place) => setting.Type is SettingType.Integer or SettingType.Boolean
        ? FieldTypes.Unquoted(FormOf(setting).Expected, place)
        : FormOf(setting).Expected;

    private static JsonObject Write(IEnumerable<CisProgramSetting> settings) => FieldTypes.ObjectOf(
        settings.GroupBy(s => s.ControlId), c => c.Key.Text, c => FieldTypes.ObjectOf(c, s => s.Name, s => JsonSerializer.SerializeToNode(s.Value, s.Value.GetType())));

    private static List<CisProgramSeverity> ReadSeverities(LocatedJson place, ReadContext context)
    {
        var read = new List<CisProgramSeverity>();
        foreach (var member in context.Members(place))
        {
            if (context.Selector(member.Key, member.Value, "UnknownControl", member.Key) is { } selector && Severity.Read(member.Value, context) is CisSeverity severity)
            {
                read.Add(new CisProgramSeverity(selector, severity));
                context.Named.Add((selector, member.Value, "severity"));
            }
        }

        context.CheckOverlaps(read.Select(s => (s.ControlId, "a severity", place)));
        return read;
    }

    /// <summary>The form of a setting's value: in words, as it is read (null for what is not valid), and in the schema.</summary>
    private static (string Expected, Func<LocatedJson, object?> Read, Func<JsonObject> Schema) FormOf(SettingDefinition setting) => setting.Type switch
    {
        SettingType.Integer => (
            $"a whole number from {setting.Minimum} to {setting.Maximum}",
            place => place.Integer is { } number && number >= setting.Minimum && number <= setting.Maximum ? number : null,
            () => new() { ["type"] = "integer", ["minimum"] = setting.Minimum, ["maximum"] = setting.Maximum }),
        SettingType.Boolean => ("true or false", place => place.Boolean, () => new() { ["type"] = "boolean" }),
        SettingType.Choice => (
            $"one of {string.Join(", ", setting.Choices!)}",
            place => setting.Choices!.Contains(place.Text ?? "", StringComparer.Ordinal) ? place.Text : null,
            () => new() { ["enum"] = new JsonArray([.. setting.Choices!.Select(c => JsonValue.Create(c))]) }),
        // Empty is the benchmark's own pattern.
        SettingType.FilterPattern => (
            "a CloudWatch Logs filter pattern for JSON events, such as { $.eventName = CreateTrail }",
            place => place.Text is { } text && (text.Length == 0 || IsJsonPattern(text)) ? text : null,
            () => new() { ["type"] = "string" }),
        SettingType.TextList => (
            $"a list of strings without duplicates, each of which matches {setting.ItemPattern}",
            place => ListOf(setting, place),
            () => new() { ["type"] = "array", ["uniqueItems"] = true, ["items"] = new JsonObject { ["type"] = "string", ["pattern"] = setting.ItemPattern } }),
        _ => throw new InvalidOperationException($"{setting.Name} is of an unknown type."),
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
