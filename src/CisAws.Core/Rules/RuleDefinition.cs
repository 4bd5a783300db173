using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace CisAws.Rules;

/// <summary>
/// What a rule's file says. Where several rules share a class, their files may leave out what the file of the class says for all of
/// them; settings and references are added to its own.
/// </summary>
internal sealed partial record RuleDefinition
{
    // {{name}} is a parameter. {{rule:id}} is another rule: the benchmark replaces it by the number of its control.
    private static readonly Regex Placeholder = new(@" ?\{\{([A-Za-z]+)\}\}", RegexOptions.CultureInvariant);

    public string Id { get; set; } = "";

    public Dictionary<string, JsonElement> Parameters { get; set; } = [];

    public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>The IDs of rules whose question is a part of this one's: a rule about several ports includes those about one of them.</summary>
    public IReadOnlyList<string> Includes { get; set; } = [];

    public string Description { get; set; } = "";

    public string Rationale { get; set; } = "";

    public string Audit { get; set; } = "";

    public ControlRemediation? Remediation { get; set; }

    [JsonConverter(typeof(SettingListConverter))]
    public IReadOnlyList<SettingDefinition> Settings { get; set; } = [];

    public IReadOnlyList<string> References { get; set; } = [];

    /// <summary>A parameter; an exception where the file has none of that name and no default is given.</summary>
    public T Parameter<T>(string name) => Parameters.TryGetValue(name, out var value)
        ? (T)Value(value)
        : throw new InvalidOperationException($"The file of rule {Id} has no parameter '{name}'.");

    /// <summary>An optional parameter.</summary>
    public T Parameter<T>(string name, T otherwise) => Parameters.ContainsKey(name) ? Parameter<T>(name) : otherwise;

    /// <summary>Reads a rule's file.</summary>
    public static RuleDefinition Read(string json) => JsonSerializer.Deserialize(json, RuleJson.Default.RuleDefinition)!;

    /// <summary>The definition with what the class's file says for all its rules, and with its parameters in the texts.</summary>
    public RuleDefinition Within(RuleDefinition shared) => (this with
    {
        Services = Services.Count > 0 ? Services : shared.Services,
        Description = Or(Description, shared.Description),
        Rationale = Or(Rationale, shared.Rationale),
        Audit = Or(Audit, shared.Audit),
        Remediation = Remediation ?? shared.Remediation,
        Settings = [.. shared.Settings, .. Settings],
        References = [.. shared.References, .. References],
    }).Filled();

    private static object Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt32(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(e => e.GetString()!).ToArray(),
        _ => value.GetString()!,
    };

    private static string Or(string own, string shared) => own.Length > 0 ? own : shared;

    /// <summary>Puts the parameters into the texts. One that the file does not have leaves nothing behind, nor the space before it.</summary>
    private RuleDefinition Filled()
    {
        return this with
        {
            Description = Fill(Description),
            Rationale = Fill(Rationale),
            Audit = Fill(Audit),
            Remediation = Remediation?.Select(Fill),
            Settings = [.. Settings.Select(s => s.Default is string text ? s with { Default = Fill(text) } : s)],
        };

        string Fill(string text) => Placeholder.Replace(
            text, m => Parameters.TryGetValue(m.Groups[1].Value, out var value) ? m.Value.Substring(0, m.Value.IndexOf('{')) + value : "");
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    [JsonSerializable(typeof(RuleDefinition))]
    [JsonSerializable(typeof(List<SettingDefinition>))]
    internal sealed partial class RuleJson : JsonSerializerContext;

    /// <summary>A setting is an object, or the name of one in Rules/SharedSettings.json.</summary>
    private sealed class SettingListConverter : JsonConverter<IReadOnlyList<SettingDefinition>>
    {
        public override IReadOnlyList<SettingDefinition> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var list = JsonDocument.ParseValue(ref reader);
            return [.. list.RootElement.EnumerateArray().Select(s => s.ValueKind == JsonValueKind.String
                ? RuleCatalog.SharedSettings.First(shared => shared.Name == s.GetString())
                : s.Deserialize(RuleJson.Default.SettingDefinition)!)];
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<SettingDefinition> value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}
