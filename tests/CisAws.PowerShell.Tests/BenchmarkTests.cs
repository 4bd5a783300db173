using System;
using System.Collections;
using System.IO;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules.Alarms;

namespace CisAws.PowerShell.Tests;

/// <summary>What cmdlets do with the controls of each benchmark. None of them may know sections, numbers or how many parts an id has.</summary>
public sealed class BenchmarkTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("programs ").FullName;

    public static TheoryData<string> Benchmarks => [.. Benchmark.All.Select(b => b.Id)];

    public static TheoryData<string, string> Sections => [.. Benchmark.All.SelectMany(b => b.Controls.Select(c => (b.Id, c.Section)).Distinct())];

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void Get_CisControl_lists_the_controls_of_the_programs_benchmark(string benchmark)
    {
        var controls = _session.Objects("Get-CisControl -Program $name", ("name", benchmark)).Select(o => (CisControl)o.BaseObject).ToList();
        Assert.Equal(Ids(benchmark), controls.Select(c => $"{c.ControlId}"));
        Assert.All(controls, c => Assert.Equal((benchmark, benchmark), (c.Benchmark, c.Program)));
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Get_CisControl_filters_by_the_sections_of_the_programs_benchmark(string benchmark, string section)
    {
        var controls = _session.Objects("Get-CisControl -Program $name -Section $section", ("name", benchmark), ("section", section));
        Assert.Equal(
            Benchmark.Find(benchmark)!.Controls.Where(c => c.Section == section).Select(c => c.ControlId), controls.Select(c => ((CisControl)c.BaseObject).ControlId));
    }

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void Invoke_CisAssessment_has_a_result_for_each_control_of_the_programs_benchmark(string benchmark)
    {
        var results = _session.Objects("Invoke-CisAssessment -Program $name @account -WarningAction SilentlyContinue", ("name", benchmark), DemoServer.Account(demo.Server))
            .Select(o => (CisResult)o.BaseObject).ToList();
        Assert.Equal(Ids(benchmark), results.Select(r => $"{r.ControlId}"));
        Assert.All(results, r => Assert.Equal(benchmark, r.Benchmark));
    }

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void An_id_belongs_to_the_programs_benchmark(string benchmark)
    {
        var id = Ids(benchmark).Last();
        var script = "(Invoke-CisAssessment $id -Program $name @account -WarningAction SilentlyContinue), (Get-CisControl $id -Program $name)";
        var objects = _session.Objects(script, ("id", id), ("name", benchmark), DemoServer.Account(demo.Server));
        Assert.All(objects, o => Assert.Equal((id, benchmark), ($"{o.Properties["ControlId"].Value}", o.Properties["Benchmark"].Value)));
        Assert.Equal(2, objects.Count);
    }

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void A_program_takes_sections_ids_and_settings_of_its_bases_benchmark(string benchmark)
    {
        var control = Benchmark.Find(benchmark)!.Controls.First(c => MetricFilterOf(c) is not null);
        var program = (CisProgram)_session.Objects(
            "New-CisProgram x -BasedOn $name -ProgramPath $folder -Section \"$($section.Substring(0, 3))*\" -Setting @{ $id = @{ PatternMatch = 'exact' } }",
            ("name", benchmark), ("folder", _folder), ("section", control.Section), ("id", $"{control.ControlId}")).Single().BaseObject;
        Assert.Equal(
            Benchmark.Find(benchmark)!.Controls.Where(c => c.Section == control.Section).Select(c => c.ControlId), program.Controls.Select(c => c.ControlId));
        Assert.Equal("Exact", program.Settings.Single().Value);
    }

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void The_metric_filter_cmdlets_take_each_control_that_has_a_pattern_and_no_other(string benchmark)
    {
        foreach (var control in Benchmark.Find(benchmark)!.Controls)
        {
            var run = _session.Run(
                "Compare-CisMetricFilter $id $pattern -Program $name",
                ("id", $"{control.ControlId}"), ("pattern", MetricFilterOf(control)?.Reference.Pattern ?? "{ $.a = 1 }"), ("name", benchmark));
            Assert.Equal(MetricFilterOf(control) is null ? ["NoReferencePattern"] : [], run.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
            Assert.All(run.Output, c => Assert.Equal($"{control.ControlId}", $"{((CisMetricFilterComparison)c.BaseObject).ControlId}"));
        }
    }

    [Theory]
    [InlineData("Get-CisControl -Program {0} -Id ")]
    [InlineData("Invoke-CisAssessment -Program {0} -ControlId ")]
    [InlineData("New-CisProgram x -BasedOn {0} -ControlId ")]
    public void Ids_complete_from_the_benchmark_of_the_program_on_the_line(string line) => Assert.All(
        Benchmark.All,
        b => Assert.Equal(Ids(b.Id).Select(i => $"'{i}'"), _session.Complete(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, b.Id)).Select(c => c.CompletionText)));

    [Theory]
    [InlineData("Get-CisControl '99.1'")]
    [InlineData("Invoke-CisAssessment '99.1' @account")]
    [InlineData("Test-CisAccess '99.1' @account")]
    public void Without_a_program_the_valid_ids_are_those_of_the_default_benchmark(string script) => Assert.Contains(
        "Valid IDs: '1.1' to '1.22', '2.1' to '2.9', '3.1' to '3.14', '4.1' to '4.4'.", _session.Run(script, DemoServer.Account(demo.Server)).Error.Exception.Message);

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void An_unknown_id_is_refused_with_the_ids_of_the_programs_benchmark(string benchmark)
    {
        foreach (var script in new[] { "Get-CisControl '99.1' -Program $name", "Invoke-CisAssessment '99.1' -Program $name @account" })
        {
            var error = _session.Run(script, ("name", benchmark), DemoServer.Account(demo.Server)).Error;
            Assert.Equal("UnknownControl", error.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Contains($"'{Ids(benchmark)[0]}' to ", error.Exception.Message);
            Assert.Contains($" to '{Ids(benchmark)[^1]}'", error.Exception.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public void Exemptions_and_attestations_take_ids_of_every_benchmark(string benchmark)
    {
        var ids = Ids(benchmark);
        Assert.Equal(ids, _session.Objects("New-CisExemption $ids -Reason r -Owner o | ForEach-Object { \"$($_.ControlId)\" }", ("ids", ids)).Select(o => o.BaseObject));
        Assert.Equal(
            ids,
            _session.Objects("New-CisAttestation $ids -Status Passed -Explanation e -UpdatedBy u -Frequency daily | ForEach-Object { \"$($_.ControlId)\" }").Select(o => o.BaseObject));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Ids(string benchmark) => [.. Benchmark.Find(benchmark)!.Controls.Select(c => c.ControlId.ToString())];

    private static MetricFilterAlarm? MetricFilterOf(BenchmarkControl control) => control.Rules.OfType<MetricFilterAlarm>().FirstOrDefault();
}
