using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Programs;

namespace CisAws.PowerShell.Tests;

/// <summary>An action plan from the assessment to the program: written, filled in, read, and in force in the next assessment.</summary>
public sealed class ActionPlanCommandTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private const string Plan = "Invoke-CisAssessment '1.17', '1.2' @account | Export-CisReport a.plan.csv; $rows = @(Import-Csv a.plan.csv); ";

    private const string Fill = "$rows | Where-Object Status -eq Fail | ForEach-Object { $_.Decision = 'Accept' }; $rows | Where-Object Status -eq Manual | ForEach-Object { $_.Decision = 'Passed' }; " +
        "$rows | ForEach-Object { $_.DecisionReason = 'It goes.'; $_.Owner = 'J. Ek'; $_.DueDate = '2099-12-31' }; $rows | Export-Csv a.plan.csv; ";

    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("plans ").FullName;

    [Fact]
    public void What_was_decided_is_in_force_in_the_next_assessment()
    {
        var statuses = Objects(
            Plan + Fill + "New-CisProgram mine -Path ./mine.json -BasedOn cis-aws-1.2.0 | Out-Null; " +
            "Import-CisActionPlan a.plan.csv -ErrorAction Stop | Set-CisProgram ./mine.json -ErrorAction Stop; Invoke-CisAssessment '1.17', '1.2' -Program ./mine.json @account | Sort-Object SortKey | ForEach-Object { \"$($_.ControlId) $($_.Status)\" }");
        Assert.Equal(["1.2 Exempt", "1.17 Pass"], statuses.Select(s => s.ToString()));
    }

    [Theory]
    [InlineData("Import-CisActionPlan a.plan.csv")]
    [InlineData("Import-CisActionPlan *.plan.csv")]
    [InlineData("'a.plan.csv' | Import-CisActionPlan")]
    [InlineData("Get-Item a.plan.csv | Import-CisActionPlan")]
    [InlineData("Import-CisActionPlan -LiteralPath a.plan.csv")]
    [InlineData("Copy-Item a.plan.csv 'b [1].plan.csv'; Import-CisActionPlan -LiteralPath 'b [1].plan.csv'")]
    [InlineData("$rows | Export-Csv a.plan.csv -Delimiter ';' -Encoding unicode; Import-CisActionPlan a.plan.csv")]
    [InlineData("$open = [IO.File]::Open(\"$pwd/a.plan.csv\", 'Open', 'ReadWrite', 'Read'); try { Import-CisActionPlan a.plan.csv } finally { $open.Dispose() }")]
    public void Plans_are_read_from_paths_and_from_files(string script)
    {
        var entries = Objects(Plan + Fill + script).Select(o => o.BaseObject).ToList();
        Assert.Single(entries.OfType<CisAttestation>());
        Assert.NotEmpty(entries.OfType<CisExemption>());
    }

    [Fact]
    public void A_plan_that_is_a_workbook_is_written_and_read()
    {
        var run = Run("Invoke-CisAssessment '1.17', '1.2' @account | Export-CisReport b.xlsx -Format ActionPlan; Import-CisActionPlan b.xlsx -Verbose; Import-CisActionPlan b.xlsx -ErrorAction Stop");
        Assert.Empty(run.Output);
        Assert.Equal("PK", File.ReadAllText(Path.Combine(_folder, "b.xlsx"))[..2]);
    }

    [Fact]
    public void A_row_that_is_not_valid_is_an_error_with_its_place_and_the_others_are_returned()
    {
        var run = Run(Plan + Fill + "$rows[0].DueDate = '31.12.2099'; $rows | Export-Csv a.plan.csv; Import-CisActionPlan a.plan.csv -Verbose");
        Assert.Equal("InvalidActionPlanRow,CisAws.PowerShell.Commands.ImportCisActionPlanCommand", run.Error.FullyQualifiedErrorId);
        Assert.Equal($"{Path.Combine(_folder, "a.plan.csv")}, row 2, column DueDate: '31.12.2099' is not a date in ISO 8601.", run.Error.Exception.Message);
        Assert.Contains("2027-03-31", run.Error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.NotEmpty(run.Output);
    }

    [Fact]
    public void A_decision_that_has_expired_is_returned_with_a_warning() => Assert.Contains(
        "WARNING: " + Path.Combine(_folder, "a.plan.csv") + ", row 2: the decision expired on 2020-01-31 and has no effect.",
        _session.Screen("Set-Location -LiteralPath $folder; " + Plan + Fill + "$rows[0].DueDate = '2020-01-31'; $rows | Export-Csv a.plan.csv; Import-CisActionPlan a.plan.csv | Out-Null", Variables),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Import-CisActionPlan none.plan.csv", "ActionPlanNotFound")]
    [InlineData("Import-CisActionPlan -LiteralPath none.plan.csv", "ActionPlanNotFound")]
    [InlineData("Import-CisActionPlan nope:/x.csv", "ActionPlanNotFound")]
    [InlineData("Set-Content x.csv 'a,b'; Import-CisActionPlan x.csv", "InvalidActionPlan")]
    [InlineData("Import-CisActionPlan -LiteralPath $folder", "ActionPlanNotRead")]
    public void A_file_that_cannot_be_read_is_an_error(string script, string id) =>
        Assert.StartsWith(id + ",", Run(script).Error.FullyQualifiedErrorId, StringComparison.Ordinal);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (string Name, object? Value)[] Variables => [DemoServer.Account(demo.Server), ("folder", _folder)];

    private IReadOnlyList<PSObject> Objects(string script) => _session.Objects("Set-Location -LiteralPath $folder; " + script, Variables);

    private SessionOutput Run(string script) => _session.Run("Set-Location -LiteralPath $folder; " + script, Variables);
}
