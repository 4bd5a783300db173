using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using CisAws.Catalog;
using CisAws.Controls;

namespace CisAws;

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

    private static IReadOnlyList<CisControl> Load()
    {
        var assembly = typeof(ControlCatalog).GetTypeInfo().Assembly;
        var rules = assembly.GetTypes()
            .Select(t => (Type: t, t.GetCustomAttribute<ControlAttribute>()?.Ids))
            .Where(t => t.Ids is not null)
            .SelectMany(t => t.Ids!.Select(id => (Id: id, t.Type)))
            .ToDictionary(t => t.Id, t => t.Type, StringComparer.Ordinal);
        var controls = new List<CisControl>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Catalog/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var entry = JsonSerializer.Deserialize(stream, CatalogJson.Default.ControlEntry)
                ?? throw new InvalidOperationException($"{name} is empty.");
            if (!rules.TryGetValue(entry.Id, out var type))
            {
                continue; // Its rule is being written.
            }

            controls.Add(new CisControl(entry, (ControlRule)Activator.CreateInstance(type, nonPublic: true)!));
        }

        return controls.OrderBy(c => c.ControlId).ToList();
    }
}
