using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Shell;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Processes;

/// <summary>Where the module may find itself: odd folders, no home, a locked session, another culture.</summary>
public sealed class SurroundingsTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("my modules [1] ").FullName;

    [Fact]
    public async Task A_folder_with_spaces_and_brackets_that_cannot_be_written_to_is_as_good_as_any()
    {
        var module = Path.Combine(_folder, "CisAws");
        CopyModule(module);
        var before = Snapshot(module);
        // Root may write anyway, so that what counts is the comparison of before and after.
        SetMode(module, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var lines = await BareProcess.LinesAsync(
            $"""
            {BareProcess.Import(module)}
            {BareProcess.Account(demo.Server)}
            (Get-Module -Name CisAws).ModuleBase
            @(Get-CisProgram -Type Default).Count
            (Invoke-CisAssessment '4.1' @account).Status
            (Get-Help -Name Get-CisControl).Synopsis
            """);
        Assert.Equal([module, $"{DefaultPrograms.All.Count}", "Fail"], lines.Take(3));
        Assert.StartsWith("Gets controls", lines[3], StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(module));
    }

    [Fact]
    public async Task Without_a_home_everything_works_that_needs_none_and_the_rest_says_where_to_write()
    {
        var run = await BareProcess.RunAsync(
            $"""
            {BareProcess.Import()}
            {BareProcess.Account(demo.Server)}
            @(Get-CisControl).Count
            @(Get-CisProgram -Type Default).Count
            (Invoke-CisAssessment '1.9' @account).Status
            (New-CisProgram kept -ProgramPath {BareProcess.Quoted(_folder)}).Name
            Invoke-CisAssessment '1.9' -EndpointUrl $account.EndpointUrl
            """,
            new Dictionary<string, string?>
            {
                ["HOME"] = null,
                ["USERPROFILE"] = null,
                ["APPDATA"] = null,
                ["XDG_CONFIG_HOME"] = null,
                ["AWS_EC2_METADATA_DISABLED"] = "true",
            });
        Assert.Equal(["49", $"{DefaultPrograms.All.Count}", "Pass", "kept"], run.Lines);
        Assert.StartsWith("NoCredentials,", run.Error, StringComparison.Ordinal);
        Assert.Contains("-ProfileName", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constrained_session_may_do_all_that_needs_no_objects_of_its_own()
    {
        var lines = await BareProcess.LinesAsync(
            $$"""
            {{BareProcess.Import()}}
            {{BareProcess.Account(demo.Server)}}
            $ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            "$($ExecutionContext.SessionState.LanguageMode)"
            $results = Invoke-CisAssessment '1.9', '4.1' @account
            ($results | Where-Object Status -EQ Fail | ForEach-Object { "$($_.ControlId)" }) -join ' '
            ($results | Measure-CisAssessment).ExitCode
            @($results | Get-CisFinding -Status Fail).Count -gt 0
            @(Get-CisControl -Section iam -Level 1).Count -gt 0
            (New-CisProgram mine -ProgramPath {{BareProcess.Quoted(_folder)}} -Setting @{ '1.3' = @{ MaxUnusedCredentialDays = 45 } }).Settings.Count
            (New-CisExemption '4.1' 'sg-*' -Reason r -Owner o -Expires 2099-01-01).Owner
            """);
        Assert.Equal(["ConstrainedLanguage", "4.1", "2", "True", "True", "1", "o"], lines);
    }

    // Turkish has two letters i, each with a capital of its own; Thai counts years by Buddha; Persian writes minus otherwise.
    [Fact]
    public async Task Names_dates_and_numbers_are_the_same_in_every_culture()
    {
        string[] cultures = LongTests.Wanted ? ["tr-TR", "th-TH", "fa-IR"] : ["tr-TR"];
        const string Work =
            """
            $cis = @{ ProgramPath = $folder }
            @(Get-CisControl -Section iam).Count
            @(Get-CisControl -Service iam).Count
            ([Management.Automation.CommandCompletion]::CompleteInput('Get-CisControl -Section i', 25, $null).CompletionMatches).CompletionText
            ([Management.Automation.CommandCompletion]::CompleteInput('Invoke-CisAssessment -ControlId 1.1', 35, $null).CompletionMatches).Count
            $null = New-CisProgram -Name limits @cis -Force -Setting @{ '1.3' = @{ MAXUNUSEDCREDENTIALDAYS = 45 }; '1.19' = @{ INSTANCEROLEMODE = 'ADVISORY' } }
            (Get-CisProgram -Name LIMITS @cis).Settings.ToString()
            (New-CisExemption '4.1' 'sg-1' -Reason r -Owner o -Expires 2099-12-31).ToString()
            (New-CisAttestation '1.17' -Status Passed -Explanation e -UpdatedBy u -Updated 2026-02-03T04:05:06Z -Frequency 3m).ValidUntil.ToString('s')
            $results = Invoke-CisAssessment @account
            $results | ForEach-Object { "$($_.ControlId) $($_.Status) $($_.ReasonCode)" }
            ($results | Where-Object Status -EQ 'unknown' | Where-Object Section -EQ 'monitoring').Count
            $summary = $results | Measure-CisAssessment
            $summary.Pass, $summary.Fail, $summary.ExitCode
            """;
        var script = $"{BareProcess.Account(demo.Server)}; $folder = {BareProcess.Quoted(_folder)}\n";
        var here = await BareProcess.LinesAsync($"{script}{BareProcess.Import()}\n{Work}");
        // One process for all of them; the module is imported under the first.
        var there = await BareProcess.LinesAsync(
            $$"""
            {{script}}
            foreach ($culture in {{string.Join(", ", cultures.Select(BareProcess.Quoted))}}) {
                [Globalization.CultureInfo]::CurrentCulture = [Globalization.CultureInfo]::DefaultThreadCurrentCulture = $culture
                {{BareProcess.Import()}}
                [Globalization.CultureInfo]::CurrentCulture.Name
                {{Work}}
            }
            """);
        Assert.Equal("22", here[0]);
        Assert.Equal(cultures.SelectMany(c => here.Prepend(c)), there);
    }

    public void Dispose()
    {
        SetMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(_folder, recursive: true);
    }

    private static void CopyModule(string to)
    {
        var from = ModuleLocation.Find();
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var inner in Directory.GetDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
            {
                File.SetUnixFileMode(inner, mode);
            }
        }
    }

    private static List<string> Snapshot(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(f => $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f):O}")
        .Order(StringComparer.Ordinal)
        .ToList();
}
