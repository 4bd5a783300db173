using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Engine = System.Management.Automation.PowerShell;

namespace CisAws.PowerShell.Tests;

/// <summary>Export-CisReport and ConvertTo-CisReport in PowerShell: what is read, what is written where, and what happens if the pipeline ends early.</summary>
public sealed class ReportCommandTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private const string Live = "Invoke-CisAssessment '1.1', '1.2', '1.9' @account";

    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("reports ").FullName;

    [Theory]
    [InlineData(Live + " | Export-CisReport report.csv")]
    [InlineData(Live + " | Export-CisReport ./new/folder/report.csv")]
    [InlineData(Live + " | Export-CisReport report.txt -Format Csv")]
    [InlineData("$live = " + Live + "; Export-CisReport 'report [1].csv' -InputObject $live")]
    [InlineData(Live + " | ConvertTo-CisJson | Set-Content results.json; Get-Item results.json | Export-CisReport report.csv")]
    [InlineData(Live + " | ConvertTo-CisJson | Set-Content results.json; 'res*.json' | Export-CisReport report.csv")]
    [InlineData(Live + " | ConvertTo-CisReport -Format Csv | Set-Content report.csv -Encoding utf8")]
    public void A_report_is_written_of_results_and_of_files(string script)
    {
        Objects(script);
        Assert.Equal(["1.1", "1.2", "1.9"], Column(File(), "ControlId").Distinct());
    }

    [Fact]
    public void A_file_is_overwritten_only_with_force()
    {
        Write("report.csv", "old");
        // Before the assessment begins, and not after it.
        var run = Run("& { Set-Content began.txt x; " + Live + " } | Export-CisReport report.csv");
        Assert.Equal("ReportExists,CisAws.PowerShell.Commands.ExportCisReportCommand", run.Error.FullyQualifiedErrorId);
        Assert.False(System.IO.File.Exists(Path.Combine(_folder, "began.txt")));
        Assert.StartsWith("ReportExists,", Run(Live + " | Export-CisReport report.csv -Force -NoClobber").Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("old", System.IO.File.ReadAllText(File()));
        var written = Assert.Single(Objects(Live + " | Export-CisReport report.csv -Force -PassThru"));
        Assert.Equal(File(), Assert.IsType<FileInfo>(written.BaseObject).FullName);
        Assert.NotEqual("old", System.IO.File.ReadAllText(File()));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(Objects(Live + " | Export-CisReport new/report.csv -PassThru -WhatIf"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("report.json")]
    [InlineData("report")]
    public void A_name_that_identifies_no_format_is_an_error(string name)
    {
        var error = Run(Live + $" | Export-CisReport {name}").Error;
        Assert.StartsWith("NoReportFormat,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(".csv", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void No_results_give_a_report_without_any()
    {
        var run = Run("@() | Export-CisReport report.csv");
        Assert.Empty(run.Errors);
        Assert.StartsWith("The report contains no results: ", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Empty(Column(File(), "ControlId"));
    }

    [Fact]
    public void A_folder_of_that_name_is_an_error_before_the_assessment_begins()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "report"));
        var run = Run("& { 'x' > began.txt; " + Live + " } | Export-CisReport report -Format Xlsx");
        Assert.Equal("ReportNotWritten,CisAws.PowerShell.Commands.ExportCisReportCommand", run.Error.FullyQualifiedErrorId);
        Assert.Contains("It is a folder and not a file.", run.Error.Exception.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Path.Combine(_folder, "began.txt")));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_an_error_and_in_the_report()
    {
        var run = Run(Live + " | ConvertTo-CisJson | Set-Content results.json; 'missing.json', 'results.json' | Export-CisReport report.csv");
        Assert.StartsWith("ResultsNotRead,", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("A part of the input could not be read: missing.json.", Column(File(), "Reason")[0]);
        Assert.Contains("1.9", Column(File(), "ControlId"));
    }

    [Theory]
    [InlineData("| ForEach-Object { if ($_.ControlId -eq '1.9') { throw 'broken' }; $_ } | Export-CisReport report.csv", "broken")]
    [InlineData("| ForEach-Object { if ($_.ControlId -eq '1.9') { Write-Error 'broken' -ErrorAction Stop }; $_ } | Export-CisReport report.csv", "broken")]
    public void A_report_is_written_though_an_error_ends_the_pipeline_and_says_so(string script, string error)
    {
        Assert.Equal(error, Run(Live + script).Error.Exception.Message);
        Assert.Equal("The pipeline ended with an error before the assessment was complete. The report contains the results until then.", Column(File(), "Reason")[0]);
        Assert.Equal(["", "1.1", "1.2"], Column(File(), "ControlId").Distinct());
    }

    [Fact]
    public void The_screen_shows_where_the_report_of_a_pipeline_that_ended_early_is() => Assert.Contains(
        $"WARNING: The pipeline ended with an error. The report contains the results until then: {File()}",
        _session.Screen(
            "Set-Location -LiteralPath $folder; try { " + Live + " | ForEach-Object { if ($_.ControlId -eq '1.9') { throw 'broken' }; $_ } | Export-CisReport report.csv } catch { }",
            Variables),
        StringComparison.Ordinal);

    [Fact]
    public void An_error_before_the_first_result_leaves_the_last_report_as_it_is()
    {
        Write("report.csv", "old");
        Assert.Single(Run(Live + " | ForEach-Object { throw 'broken' } | Export-CisReport report.csv -Force").Errors);
        Assert.Equal("old", System.IO.File.ReadAllText(File()));
    }

    [Fact]
    public void A_report_of_results_that_are_cut_off_says_so()
    {
        Objects(Live + " | Select-Object -First 2 | Export-CisReport report.csv");
        Assert.Equal("The assessment of account 111122223333 ended early: 2 controls had been assessed by then.", Column(File(), "Reason")[0]);
    }

    [Fact]
    public async Task A_report_is_written_though_the_pipeline_is_stopped()
    {
        _session.Runspace.SessionStateProxy.SetVariable("folder", _folder);
        _session.Runspace.SessionStateProxy.SetVariable("account", DemoServer.Account(demo.Server).Value);
        using var ps = Engine.Create(_session.Runspace);
        using var reached = new System.Threading.ManualResetEventSlim();
        _session.Runspace.SessionStateProxy.SetVariable("reached", reached);
        ps.AddScript("Set-Location -LiteralPath $folder; " + Live + " | ForEach-Object { $_; if ($_.ControlId -eq '1.2') { $reached.Set(); Start-Sleep -Seconds 600 } } | Export-CisReport report.csv");
        var run = ps.BeginInvoke();
        Assert.True(reached.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        await ps.StopAsync(null, null);
        Assert.Throws<PipelineStoppedException>(() => ps.EndInvoke(run));
        Assert.Equal("The pipeline was stopped before the assessment was complete. The report contains the results until then.", Column(File(), "Reason")[0]);
        Assert.Equal(["", "1.1", "1.2"], Column(File(), "ControlId").Distinct());
    }

    [Fact]
    public void An_account_that_cannot_be_reached_is_in_the_report()
    {
        var run = Run("[pscustomobject]@{ ProfileName = 'nobody' } | Invoke-CisAssessment '1.1' -ProfileLocation $folder/none | Export-CisReport report.csv");
        Assert.Single(run.Errors);
        Assert.Equal(["Unknown"], Column(File(), "Status"));
        Assert.Equal(["AccountUnreachable"], Column(File(), "ReasonCode"));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (string Name, object? Value)[] Variables => [DemoServer.Account(demo.Server), ("folder", _folder)];

    private string File() => Directory.EnumerateFiles(_folder, "report*", SearchOption.AllDirectories).DefaultIfEmpty(Path.Combine(_folder, "report.csv")).First();

    private void Write(string name, string text) => System.IO.File.WriteAllText(Path.Combine(_folder, name), text);

    /// <summary>A column of a CSV file, as PowerShell reads it.</summary>
    private IReadOnlyList<string> Column(string file, string name) =>
        [.. _session.Objects("Import-Csv -LiteralPath $csv | ForEach-Object $name", ("csv", file), ("name", name)).Select(o => (string)o.BaseObject)];

    private IReadOnlyList<PSObject> Objects(string script) => _session.Objects("Set-Location -LiteralPath $folder; " + script, Variables);

    private SessionOutput Run(string script) => _session.Run("Set-Location -LiteralPath $folder; " + script, Variables);
}
