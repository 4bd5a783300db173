using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Rules.Alarms;

namespace CisAws.PowerShell.Controls;

/// <summary>Finds controls for cmdlets. An ID belongs to the benchmark of a program.</summary>
internal static class ControlLookup
{
    /// <summary>The controls of every benchmark, for IDs that can be meant for any program. An ID can be in several.</summary>
    public static IReadOnlyList<BenchmarkControl> All { get; } = [.. Benchmark.All.SelectMany(b => b.Controls).OrderBy(c => c.ControlId)];

    /// <summary>The controls of a program's benchmark, whether the program includes them or not.</summary>
    /// <param name="program">The program; null for the default benchmark.</param>
    public static IReadOnlyList<BenchmarkControl> BenchmarkOf(CisProgram? program) => (program?.BenchmarkInForce ?? Benchmark.Default).Controls;

    /// <summary>The controls that an ID or a wildcard names.</summary>
    public static IEnumerable<BenchmarkControl> Named(this IEnumerable<BenchmarkControl> controls, string idOrWildcard) =>
        ControlSelector.TryParse(idOrWildcard, out var selector) ? controls.Named(selector!) : [];

    /// <summary>The controls that a selector names.</summary>
    public static IEnumerable<BenchmarkControl> Named(this IEnumerable<BenchmarkControl> controls, ControlSelector selector) =>
        controls.Where(c => selector.Matches(c.ControlId));

    /// <summary>The controls of a program that an ID or a wildcard names.</summary>
    public static IEnumerable<CisControl> Named(this IEnumerable<CisControl> controls, string idOrWildcard) =>
        ControlSelector.TryParse(idOrWildcard, out var selector) ? controls.Where(c => selector!.Matches(c.ControlId)) : [];

    /// <summary>The names of sections, in the order of their controls.</summary>
    public static IReadOnlyList<string> Sections(this IEnumerable<BenchmarkControl> controls) => [.. controls.Select(c => c.Section).Distinct()];

    /// <summary>The AWS services that controls are about, sorted.</summary>
    public static IReadOnlyList<string> Services(this IEnumerable<BenchmarkControl> controls) =>
        [.. controls.SelectMany(c => c.Services).Distinct().OrderBy(s => s, StringComparer.Ordinal)];

    /// <summary>The rule of a control that requires a metric filter; null where none does.</summary>
    public static MetricFilterAlarm? MetricFilterRule(this BenchmarkControl control) => control.Rules.OfType<MetricFilterAlarm>().FirstOrDefault();

    /// <summary>True where a person can decide: an attestation counts.</summary>
    public static bool SupportsAttestation(this BenchmarkControl control) => control.Rules.Any(r => r.SupportsAttestation);
}
