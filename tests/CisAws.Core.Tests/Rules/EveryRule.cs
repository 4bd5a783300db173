using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules;

namespace CisAws.Core.Tests.Rules;

/// <summary>
/// Each rule once, by a control that it decides alone: those of the default benchmark, what other benchmarks have besides, and a control of a benchmark
/// of its own for a rule that no benchmark has yet.
/// </summary>
internal static class EveryRule
{
    public static IReadOnlyList<CisControl> Controls { get; } = All();

    /// <summary>The ids, for theories: of a control in the default benchmark the number, of others the rule.</summary>
    public static TheoryData<string> Ids => [.. Controls.Select(IdOf)];

    public static CisControl Of(string id) => Controls.Single(c => IdOf(c) == id);

    private static List<CisControl> All()
    {
        var controls = DefaultPrograms.All.OrderBy(p => p.Name != DefaultPrograms.BenchmarkName).SelectMany(p => p.Controls)
            .Where(c => c.RuleId.Count == 1).DistinctBy(c => c.RuleId[0]).ToList();
        var known = controls.Select(c => c.RuleId[0]).ToHashSet();
        return [.. controls, .. Alone([.. RuleCatalog.All.Select(r => r.Id).Where(id => !known.Contains(id)).Order()])];
    }

    private static IEnumerable<CisControl> Alone(IReadOnlyList<string> rules)
    {
        var entries = rules.Select((id, i) => $$"""
            { "id": "1.{{i + 1}}", "level": 1, "scored": true, "assessment": "Automated", "title": "The rule {{id}}", "rules": [{{JsonSerializer.Serialize(id)}}] }
            """);
        var benchmark = Benchmark.Read($$"""
            {
              "id": "rules", "title": "Rules", "version": "1", "url": "https://www.cisecurity.org/benchmark/amazon_web_services", "sections": { "1": "All" },
              "controls": [{{string.Join(",", entries)}}]
            }
            """);
        return new CisProgram { Name = benchmark.Id, Type = ProgramType.Default, Owner = "CisAws", Version = "1", NamedBenchmark = benchmark }.Controls;
    }

    private static string IdOf(CisControl control) => control.Benchmark == DefaultPrograms.BenchmarkName ? control.ControlId.ToString() : control.RuleId.ToString();
}
