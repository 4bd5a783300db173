using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Text;

namespace CisAws.Benchmarks;

/// <summary>
/// The benchmark: CIS Amazon Web Services Foundations Benchmark v1.2.0. A control is one entry in Catalog/Entries and one
/// class marked <see cref="ControlAttribute"/>; both are found here, and nothing else registers them.
/// </summary>
public static class ControlCatalog
{
    private static readonly Lazy<IReadOnlyList<CisControl>> Controls = new(Load);

    /// <summary>Every control, ordered by id.</summary>
    public static IReadOnlyList<CisControl> All => Controls.Value;

    /// <summary>A control by its id; null when there is none.</summary>
    public static CisControl? Find(ControlId id) => All.FirstOrDefault(c => c.ControlId == id);

    /// <summary>The controls whose id matches an id or a wildcard, ordered by id.</summary>
    internal static IReadOnlyList<CisControl> Matching(string idOrWildcard) => ControlSelector.TryParse(idOrWildcard, out var selector) ? Matching(selector!) : [];

    /// <summary>The controls that a selector names, ordered by id.</summary>
    internal static IReadOnlyList<CisControl> Matching(ControlSelector selector) => All.Where(c => selector.Matches(c.ControlId)).ToList();

    /// <summary>Gives each entry its rule.</summary>
    /// <exception cref="InvalidOperationException">An entry has no rule, or a rule no entry: the library was built wrong.</exception>
    internal static IReadOnlyList<CisControl> Join(IReadOnlyCollection<ControlEntry> entries, IReadOnlyDictionary<string, Type> rules)
    {
        var withoutEntry = rules.Where(r => entries.All(e => e.Id != r.Key)).Select(r => $"{r.Value.Name} decides {r.Key}, which is not in the catalogue");
        var withoutRule = entries.Where(e => !rules.ContainsKey(e.Id)).Select(e => $"no rule decides {e.Id}");
        if (withoutEntry.Concat(withoutRule).ToList() is { Count: > 0 } gaps)
        {
            throw new InvalidOperationException($"The controls are not complete: {string.Join("; ", gaps)}.");
        }

        return entries.Select(e => new CisControl(e, (ControlRule)Activator.CreateInstance(rules[e.Id], nonPublic: true)!))
            .OrderBy(c => c.ControlId)
            .ToList();
    }

    private static IReadOnlyList<CisControl> Load()
    {
        var assembly = typeof(ControlCatalog).GetTypeInfo().Assembly;
        return Join(
            assembly.GetManifestResourceNames().Where(n => n.StartsWith("Catalog/", StringComparison.Ordinal)).Select(n => Read(assembly, n)).ToList(),
            assembly.GetTypes()
                .SelectMany(t => (t.GetCustomAttribute<ControlAttribute>()?.Ids ?? []).Select(id => (Id: id, Type: t)))
                .ToDictionary(t => t.Id, t => t.Type, StringComparer.Ordinal));
    }

    private static ControlEntry Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize(stream, CatalogJson.Default.ControlEntry) ?? throw new InvalidOperationException($"{name} is empty.");
    }
}
