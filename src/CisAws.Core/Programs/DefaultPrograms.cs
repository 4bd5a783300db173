using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;

namespace CisAws.Programs;

/// <summary>The programs that come with the module: each benchmark, its level 1, and its scored controls.</summary>
internal static class DefaultPrograms
{
    /// <summary>The name of the program that an assessment uses by itself.</summary>
    public const string BenchmarkName = Benchmarks.Benchmark.DefaultId;

    private static readonly Lazy<IReadOnlyList<CisProgram>> Programs = new(
        () => [.. Benchmarks.Benchmark.All.SelectMany(Of).OrderBy(p => p.Name, StringComparer.Ordinal)]);

    /// <summary>Every default program, ordered by name.</summary>
    public static IReadOnlyList<CisProgram> All => Programs.Value;

    /// <summary>The whole benchmark that an assessment uses by itself.</summary>
    public static CisProgram Benchmark => Find(BenchmarkName)!;

    /// <summary>A default program by its name; null when there is none.</summary>
    public static CisProgram? Find(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<CisProgram> Of(Benchmark benchmark)
    {
        var whole = new CisProgram
        {
            Name = benchmark.Id,
            Type = ProgramType.Default,
            Description = $"{benchmark.Title}: all {benchmark.Controls.Count} controls.",
            Owner = "CisAws",
            Version = benchmark.Version,
            NamedBenchmark = benchmark,
        };
        yield return whole;
        yield return whole with
        {
            Name = benchmark.Id + "-level-1",
            Description = $"Level 1 of {benchmark.Title}: the controls that are practical for every account.",
            ChosenLevels = new([1]),
        };
        yield return whole with
        {
            Name = benchmark.Id + "-scored",
            Description = $"The scored controls of {benchmark.Title}: a failure of one of these lowers the score.",
            ChosenScored = true,
        };
    }
}
