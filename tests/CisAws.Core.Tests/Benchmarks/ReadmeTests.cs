using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Programs;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>What the README promises is what the code does.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_policy_in_the_readme_allows_what_the_controls_take_and_no_more()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var start = text.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        using var policy = JsonDocument.Parse(text[start..text.IndexOf("```", start, StringComparison.Ordinal)]);
        var allowed = policy.RootElement.GetProperty("Statement")[0].GetProperty("Action").EnumerateArray().Select(a => a.GetString()!);
        Assert.Equal(
            DefaultPrograms.Benchmark.Controls.SelectMany(c => c.Actions).Distinct().OrderBy(a => a, StringComparer.OrdinalIgnoreCase),
            allowed);
    }
}
