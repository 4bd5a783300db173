using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using CisAws.Benchmarks;
using CisAws.Programs;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>The policy in docs/permissions.md.</summary>
public sealed class PermissionsPageTests
{
    [Fact]
    public void It_allows_the_actions_that_the_controls_need_and_no_others()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "permissions.md"));
        var start = text.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        using var policy = JsonDocument.Parse(text[start..text.IndexOf("```", start, StringComparison.Ordinal)]);
        var allowed = policy.RootElement.GetProperty("Statement")[0].GetProperty("Action").EnumerateArray().Select(a => a.GetString()!);
        Assert.Equal(
            DefaultPrograms.Benchmark.Controls.SelectMany(c => c.Actions).Distinct().OrderBy(a => a, StringComparer.OrdinalIgnoreCase),
            allowed);
    }
}
