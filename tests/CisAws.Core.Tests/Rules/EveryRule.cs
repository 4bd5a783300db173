using System.Collections.Generic;
using System.Linq;
using CisAws.Programs;

namespace CisAws.Core.Tests.Rules;

/// <summary>Each rule once, by a control that it decides alone: those of the default benchmark, and what other benchmarks have besides.</summary>
internal static class EveryRule
{
    public static IReadOnlyList<CisControl> Controls { get; } =
        [.. DefaultPrograms.All.OrderBy(p => p.Name != DefaultPrograms.BenchmarkName).SelectMany(p => p.Controls).Where(c => c.RuleId.Count == 1).DistinctBy(c => c.RuleId[0])];

    /// <summary>The ids, for theories: of a control in the default benchmark the number, of others the rule.</summary>
    public static TheoryData<string> Ids => [.. Controls.Select(IdOf)];

    public static CisControl Of(string id) => Controls.Single(c => IdOf(c) == id);

    private static string IdOf(CisControl control) => control.Benchmark == DefaultPrograms.BenchmarkName ? control.ControlId.ToString() : control.RuleId.ToString();
}
