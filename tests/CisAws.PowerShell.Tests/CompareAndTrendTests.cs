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

    /// <summary>Evidence of the demo account, collected 60 days apart, and a program.</summary>
    private const string SaveEvidence =
        """
        Set-Location -LiteralPath $folder
        New-CisProgram strict -Control '1.4', '1.9' -ProgramPath . -WarningAction SilentlyContinue | Out-Null
        $json = Get-Content (Join-Path (Get-Module CisAws).ModuleBase demo/account.json)
        $json | Set-Content ./old.cisevidence
        $json -replace '^(  "co(llect|mplet)edAt": ")2026-03-02', '${1}2026-05-01' | Set-Content ./new.cisevidence

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

    /// <summary>Evidence on either side is assessed as of its collection, as Invoke-CisAssessment does.</summary>
    [Theory]
    [InlineData("Compare-CisAssessment ./old.cisevidence ./new.cisevidence -Program ./strict.json")]
    [InlineData("Compare-CisAssessment (Import-CisEvidence ./old.cisevidence) (Get-Item ./new.cisevidence) -Program ./strict.json")]
    [InlineData("Get-Item ./new.cisevidence | Compare-CisAssessment (Invoke-CisAssessment -Evidence ./old.cisevidence -Program ./strict.json) -Program strict -ProgramPath .")]
    [InlineData("Compare-CisAssessment ./o*.cisevidence (Invoke-CisAssessment -Evidence ./new.cisevidence -Program ./strict.json) -Program (Get-CisProgram ./strict.json)")]
    public void Evidence_is_compared(string script)
    {
        var run = Run(SaveEvidence + script);
        Assert.Empty(run.Errors);
        Assert.DoesNotContain(run.Warnings, w => w.Contains("programs differ", StringComparison.Ordinal));
        var difference = (CisAssessmentDifference)Assert.Single(run.Output).BaseObject;
        // The keys of the demo account are 60 days older in the newer evidence.
        Assert.Equal(("1.4", CisChange.Changed, 60, "strict"), (difference.ControlId.ToString(), difference.Change, difference.AgeDays, difference.DifferenceProgram));
        Assert.True(difference.NewCount > 0);
        Assert.Equal(60, (difference.DifferenceAssessedAt!.Value - difference.ReferenceAssessedAt!.Value).Days);
    }

    [Fact]
    public void A_program_without_evidence_causes_a_warning()
    {
        var run = Run(Save + "Compare-CisAssessment runs/*/1.json $now -Program cis-aws-1.2.0");
        Assert.Contains("-Program has no effect: it is for evidence, and results have their own.", run.Warnings);
        Assert.Single(run.Output);
    }

    [Theory]
    [InlineData("Compare-CisAssessment ./old.cisevidence ./missing.cisevidence", "EvidenceNotFound")]
    [InlineData("Compare-CisAssessment ./old.cisevidence ./bad.cisevidence", "InvalidEvidence")]
    [InlineData("Compare-CisAssessment ./old.cisevidence, ./bad.cisevidence ./new.cisevidence", "InvalidEvidence")]
    [InlineData("Compare-CisAssessment ./old.cisevidence ./new.cisevidence -Program missing", "ProgramNotFound")]
    [InlineData("Set-CisProgram strict -AccountId 222233334444 -ProgramPath . -WarningAction SilentlyContinue; Compare-CisAssessment ./old.cisevidence ./new.cisevidence -Program ./strict.json", "AccountOutOfScope")]
    public void Evidence_that_cannot_be_compared_is_an_error_and_nothing_is_returned(string script, string error)
    {
        var run = Run(SaveEvidence + "'bad' | Set-Content ./bad.cisevidence\n" + script);
        Assert.Equal(error, run.Errors[0].FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(run.Output);
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

    [Fact]
    public void Files_and_folders_without_results_are_a_warning()
    {
        var run = Run("Set-Location -LiteralPath $folder; New-Item -ItemType Directory none, none/below | Out-Null; '{}' | Set-Content none/other.json; 'text' | Set-Content list.txt; Get-CisTrend none, list.txt");
        Assert.Empty(run.Output);
        Assert.Empty(run.Errors);
        Assert.Matches(@"\AThere are no results of ConvertTo-CisJson in .*none, .*list\.txt\.\z", Assert.Single(run.Warnings));
    }

    [Theory]
    [InlineData("Compare-CisAssessment $now runs", "ResultsNotRead,")]
    [InlineData("ConvertFrom-CisJson -Path runs", "ResultsNotRead,")]
    [InlineData("Import-CisEvidence runs", "EvidenceNotRead,")]
    [InlineData("Test-CisEvidence runs", "EvidenceNotRead,")]
    public void A_folder_in_place_of_a_file_is_named_as_one(string command, string id)
    {
        var error = Run(Save + command).Error;
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("It is a folder and not a file.", error.Exception.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private IReadOnlyList<PSObject> Objects(string script) => _session.Objects(script, DemoServer.Account(demo.Server), ("folder", _folder));

    private SessionOutput Run(string script) => _session.Run(script, DemoServer.Account(demo.Server), ("folder", _folder));
}
