using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;

namespace CisAws.Rules;

/// <summary>
/// Every rule: a file <c>Rules/Folder/Class.json</c> or <c>Class.Variant.json</c> beside the class that decides it. Both are found here,
/// and nothing else registers them.
/// </summary>
internal static class RuleCatalog
{
    private const string Folder = "Rules/";

    private static readonly Lazy<IReadOnlyDictionary<string, Rule>> Rules = new(Load);

    private static readonly Lazy<IReadOnlyList<SettingDefinition>> Shared = new(
        () => JsonSerializer.Deserialize(Read(Folder + "SharedSettings.json"), RuleDefinition.RuleJson.Default.ListSettingDefinition)!);

    /// <summary>Every rule, by ID.</summary>
    public static IEnumerable<Rule> All => Rules.Value.Values;

    /// <summary>Settings that rules of several classes have.</summary>
    public static IReadOnlyList<SettingDefinition> SharedSettings => Shared.Value;

    /// <summary>The rule of an ID; null when there is none.</summary>
    public static Rule? Find(string id) => Rules.Value.TryGetValue(id, out var rule) ? rule : null;

    private static IReadOnlyDictionary<string, Rule> Load()
    {
        // Rules/Iam/PasswordCharacters.Uppercase.json belongs to CisAws.Rules.Iam.PasswordCharacters.
        var files = typeof(RuleCatalog).GetTypeInfo().Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.IndexOf('/', Folder.Length) > 0)
            .Select(n => (Class: n.Substring(0, n.IndexOf('.')).Replace('/', '.'), Definition: RuleDefinition.Read(Read(n))))
            .ToList();
        var rules = files.Where(f => f.Definition.Id.Length > 0).Select(f => Create(
            f.Class, f.Definition.Within(files.Find(s => s.Class == f.Class && s.Definition.Id.Length == 0).Definition ?? new RuleDefinition())));
        return rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
    }

    private static Rule Create(string name, RuleDefinition definition)
    {
        var type = typeof(RuleCatalog).GetTypeInfo().Assembly.GetType("CisAws." + name)
            ?? throw new InvalidOperationException($"There is no class {name} for the file of rule {definition.Id}.");
        var rule = (Rule)Activator.CreateInstance(type, nonPublic: true)!;
        rule.Definition = definition;
        return rule;
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(RuleCatalog).GetTypeInfo().Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
