using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using CisAws.Benchmarks;

namespace CisAws.Programs;

/// <summary>The programs that come with the module: module/programs, embedded.</summary>
public static class DefaultPrograms
{
    /// <summary>The whole benchmark's name; what an assessment uses by itself.</summary>
    public const string BenchmarkName = "cis-aws-1.2.0";

    private static readonly Lazy<IReadOnlyList<CisProgram>> Programs = new(Load);

    /// <summary>Every default program, ordered by name.</summary>
    public static IReadOnlyList<CisProgram> All => Programs.Value;

    /// <summary>The whole benchmark as it is printed.</summary>
    public static CisProgram Benchmark => Find(BenchmarkName)!;

    /// <summary>A default program by its name; null when there is none.</summary>
    public static CisProgram? Find(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<CisProgram> Load()
    {
        var assembly = typeof(DefaultPrograms).GetTypeInfo().Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("Programs/", StringComparison.Ordinal))
            .Select(n => Read(assembly, n))
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ToList();
    }

    private static CisProgram Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var reading = ProgramReader.Read(reader.ReadToEnd(), name, _ => null, DateTimeOffset.UtcNow);
        return reading.Program is { } program
            ? program with { Type = ProgramType.Default, Path = "" }
            : throw new InvalidOperationException($"{name} is not a program: {string.Join(" ", reading.Problems)}");
    }
}
