using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Results;

namespace CisAws.PowerShell.Tests;

/// <summary>Compare-CisAssessment and Get-CisTrend in PowerShell: what they take, and what they say of what they cannot use.</summary>
public sealed class CompareAndTrendTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    /// <summary>Two runs in files; in the first, which is older, 1.9 fails.</summary>
    private const string Save =
        """
        Set-Location -LiteralPath $folder
        $now = Invoke-CisAssessment '1.9', '4.1' @account -WarningAction SilentlyContinue
        $null = New-Item runs/111122223333 -ItemType Directory
        $text = $now | ConvertTo-CisJson
        $text -replace '("controlId":"1.9","title":"[^"]*","status":")\w+', '${1}Fail' -replace '"assessedAt":"[^"]*"', '"assessedAt":"2026-01-31T12:00:00Z"' | Set-Content runs/111122223333/1.json
        $text | Set-Content runs/111122223333/2.json

        """;

    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("runs ").FullName;

    [Theory]
    [InlineData("Compare-CisAssessment runs/111122223333/1.json $now")]
    [InlineData("Compare-CisAssessment runs/111122223333/1.json runs/*/2.json")]
    [InlineData("$now | Compare-CisAssessment (Get-Item runs/111122223333/1.json)")]
    [InlineData("Get-Item runs/*/2.json | Compare-CisAssessment runs/*/1.json")]
    [InlineData("Compare-CisAssessment -ReferenceObject (ConvertFrom-CisJson -Path runs/*/1.json) -DifferenceObject $now")]
    public void Results_and_files_are_compared(string script)
    {
        var difference = (CisAssessmentDifference)Assert.Single(Objects(Save + script)).BaseObject;
        Assert.Equal(("1.9", CisChange.Fixed), (difference.ControlId.ToString(), difference.Change));
        Assert.Equal(new DateTime(2026, 1, 31, 12, 0, 0), difference.FirstSeen);
    }

    [Fact]
    public void What_is_equal_and_the_counts_are_returned_if_wanted()
    {
        var all = Objects(Save + "Compare-CisAssessment runs/*/1.json $now -IncludeEqual");
        Assert.Equal(["1.9 Fixed", "4.1 Unchanged"], all.Select(d => $"{d.Properties["ControlId"].Value} {d.Properties["Change"].Value}"));
        Assert.NotEmpty(((CisAssessmentDifference)all[1].BaseObject).Findings);
        var counts = (CisAssessmentDifferenceCount)Assert.Single(Objects("Compare-CisAssessment runs/*/1.json $now -Summary")).BaseObject;
        Assert.Equal((0, 1, 0, 0, 1), (counts.New, counts.Fixed, counts.Changed, counts.NotAssessed, counts.Unchanged));
    }

    [Theory]
    [InlineData("Compare-CisAssessment runs/missing.json $now", "ResultsNotRead")]
    [InlineData("Compare-CisAssessment runs/*/bad.json $now", "InvalidResults")]
    [InlineData("Compare-CisAssessment runs/*/1.json, runs/*/bad.json $now", "InvalidResults")]
    [InlineData("Compare-CisAssessment $now runs/*/bad.json", "InvalidResults")]
    [InlineData("Compare-CisAssessment 5 $now", "NotAResult")]
    [InlineData("Compare-CisAssessment @() $now", "NothingToCompare")]
    [InlineData("Compare-CisAssessment $now @()", "NothingToCompare")]
    [InlineData("Compare-CisAssessment $now (($now | ConvertTo-CisJson) -replace '\"accountId\":\"\\d+\"', '\"accountId\":\"222233334444\"' | ConvertFrom-CisJson)", "NothingToCompare")]
    [InlineData("Compare-CisAssessment $now (($now | ConvertTo-CisJson) -replace '\"benchmark\":\"[^\"]+\"', '\"benchmark\":\"cis-aws-3.0.0\"' | ConvertFrom-CisJson)", "OtherBenchmarks")]
    public void What_cannot_be_compared_is_an_error_and_nothing_is_called_new_or_fixed(string script, string id)
    {
        var run = Run(Save + "'{\"schema\":\"cisaws-results/1\"}' | Set-Content runs/111122223333/bad.json; " + script);
        Assert.StartsWith(id + ",", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(run.Error.ErrorDetails.RecommendedAction);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Other_programs_and_the_wrong_order_cause_a_warning()
    {
        var run = Run(Save + "$other = (Get-Content runs/*/1.json) -replace '\"program\":\"[^\"]+\"', '\"program\":\"norrvik\"' | ConvertFrom-CisJson; Compare-CisAssessment $now $other");
        Assert.Equal(
            [
                "The programs differ: reference cis-aws-1.2.0, difference norrvik 1.2.0. A change can be caused by the program; ChangedSettings shows settings that differ.",
                "The difference is older than the reference. Exchange -Reference and -Difference to see what has changed since.",
            ],
            run.Warnings);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("Get-CisTrend runs")]
    [InlineData("Get-CisTrend r*")]
    [InlineData("Get-Item runs | Get-CisTrend")]
    [InlineData("'runs' | Get-CisTrend")]
    [InlineData("Get-CisTrend -LiteralPath runs/111122223333/1.json, runs/111122223333/2.json")]
    public void A_trend_has_a_row_for_each_run_in_the_order_of_time(string script)
    {
        const string Others = "'[1]' | Set-Content runs/a.json; 'no' | Set-Content runs/b.json; '{\"schema\":\"cisaws-evidence/1\"' | Set-Content runs/c.json; '' | Set-Content runs/d.json; 'x' | Set-Content runs/e.txt; ";
        var points = Objects(Save + Others + script).Select(p => (CisTrendPoint)p.BaseObject).ToList();
        Assert.Equal([new DateTime(2026, 1, 31, 12, 0, 0), ((CisResult)Objects("$now[0]")[0].BaseObject).AssessedAt], points.Select(p => p.AssessedAt));
        Assert.Equal([0.0, 50.0], points.Select(p => p.PassRate));
        Assert.Equal([2, 1], points.Select(p => p.Fail));
        Assert.All(points, p => Assert.Equal(("111122223333", "cis-aws-1.2.0", 2), (p.AccountId, p.Program, p.Total)));
        Assert.Equal(["1.json", "2.json"], points.Select(p => Path.GetFileName(p.Path)));
    }

    [Fact]
    public void A_file_that_says_that_it_has_results_and_has_none_is_an_error_with_its_path()
    {
        var run = Run(Save + "'{\"schema\":\"cisaws-results/1\",' | Set-Content runs/bad.json; Get-CisTrend runs");
        Assert.Equal(2, run.Output.Count);
        Assert.StartsWith("InvalidResults,", run.Error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("bad.json: The result document is not valid: line 2", run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_error() =>
        Assert.StartsWith("ResultsNotRead,", Run("Get-CisTrend nowhere").Error.FullyQualifiedErrorId, StringComparison.Ordinal);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private IReadOnlyList<PSObject> Objects(string script) => _session.Objects(script, DemoServer.Account(demo.Server), ("folder", _folder));

    private SessionOutput Run(string script) => _session.Run(script, DemoServer.Account(demo.Server), ("folder", _folder));
}
