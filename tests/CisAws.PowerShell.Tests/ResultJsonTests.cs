using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.Results;

namespace CisAws.PowerShell.Tests;

/// <summary>ConvertTo-CisJson and ConvertFrom-CisJson in PowerShell: what can be piped, from where it is read, and what an error says.</summary>
public sealed class ResultJsonTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private const string Assess = "$live = Invoke-CisAssessment '1.2', '2.8', '4.1' @account -WarningAction SilentlyContinue; ";

    private readonly ModuleSession _session = new();

    private readonly string _folder = Directory.CreateTempSubdirectory("results ").FullName;

    [Theory]
    [InlineData("$live | ConvertTo-CisJson | ConvertFrom-CisJson")]
    [InlineData("ConvertFrom-CisJson (ConvertTo-CisJson $live)")]
    [InlineData("$live | ConvertTo-CisJson | Set-Content -LiteralPath $file; Get-Content -LiteralPath $file -Raw | ConvertFrom-CisJson")]
    [InlineData("$live | ConvertTo-CisJson | Set-Content -LiteralPath $file; Get-Content -LiteralPath $file | ConvertFrom-CisJson")]
    [InlineData("$live | ConvertTo-CisJson | Out-File -LiteralPath $file -Encoding unicode; ConvertFrom-CisJson -LiteralPath $file")]
    [InlineData("$live | ConvertTo-CisJson | Set-Content -LiteralPath $file -Encoding ascii; ConvertFrom-CisJson -Path ([wildcardpattern]::Escape($file))")]
    [InlineData("$live | ConvertTo-CisJson | Set-Content -LiteralPath $file; Get-Item -LiteralPath $file | ConvertFrom-CisJson")]
    [InlineData("$live | ForEach-Object { $_ | ConvertTo-CisJson } | ConvertFrom-CisJson")]
    [InlineData("$live | ConvertTo-CisJson | ConvertFrom-Json | ConvertTo-Json -Depth 9 | ConvertFrom-CisJson")]
    public void Results_come_back(string script)
    {
        var read = Objects(Assess + script);
        Assert.Equal(["1.2", "2.8", "4.1"], read.Select(r => ((CisResult)r.BaseObject).ControlId.ToString()));
        var same = Objects("Compare-Object ($live | Out-String) ($read | Out-String); Compare-Object ($live.Findings | Format-List | Out-String) ($read.Findings | Format-List | Out-String)", ("read", read));
        Assert.Empty(same);
        Assert.Equal(Objects("$live | Measure-CisAssessment | ConvertTo-Json"), Objects("$read | Measure-CisAssessment | ConvertTo-Json", ("read", read)));
    }

    [Fact]
    public void There_is_one_text_whatever_the_number_of_results()
    {
        Assert.IsType<string>(Assert.Single(Objects(Assess + "$live | ConvertTo-CisJson")).BaseObject);
        Assert.Contains("\"results\":[]", Assert.IsType<string>(Assert.Single(Objects("@() | ConvertTo-CisJson")).BaseObject), StringComparison.Ordinal);
        Assert.Empty(Objects("@() | ConvertTo-CisJson | ConvertFrom-CisJson"));
    }

    [Fact]
    public void What_a_run_took_is_in_the_document_that_is_written_while_it_runs()
    {
        var summary = (CisSummary)Assert.Single(Objects("Invoke-CisAssessment '1.9' @account | ConvertTo-CisJson | ConvertFrom-CisJson | Measure-CisAssessment")).BaseObject;
        Assert.True(summary.Calls > 0);
        Assert.NotNull(summary.Seconds);
    }

    [Theory]
    [InlineData("$live.Findings | ConvertTo-CisJson", 1)]
    [InlineData("$live | ConvertTo-Json -Depth 5 -WarningAction SilentlyContinue | ConvertFrom-Json | ConvertTo-CisJson", 1)]
    [InlineData("$live | ConvertTo-CliXml -Depth 3 | ConvertFrom-CliXml | ConvertTo-CisJson", 1)]
    public void What_is_not_a_whole_result_is_an_error(string script, int least)
    {
        var run = Run(Assess + script);
        Assert.True(run.Errors.Count >= least);
        Assert.All(run.Errors, e => Assert.Equal("NotAResult,CisAws.PowerShell.Commands.ConvertToCisJsonCommand", e.FullyQualifiedErrorId));
    }

    [Theory]
    [InlineData("'{}' | ConvertFrom-CisJson", "InvalidResults", "Results could not be read from the input: The result document is not valid: $.schema is missing; this version of CisAws reads \"cisaws-results/1\" and its minor versions.")]
    [InlineData("'results.json' | ConvertFrom-CisJson", "InvalidResults", "Results could not be read from the input: The result document is not valid: line 1, $: results.json is not a valid value. Write strings in double quotes, and true, false and null in lower case.")]
    [InlineData("ConvertFrom-CisJson -Path nowhere/x.json", "ResultsNotRead", "Results could not be read from nowhere/x.json: Cannot find path")]
    [InlineData("ConvertFrom-CisJson -LiteralPath $missing", "ResultsNotRead", "Results could not be read from ")]
    public void What_cannot_be_read_is_an_error_that_names_it(string script, string id, string message)
    {
        var error = Run(script, ("missing", Path.Combine(_folder, "missing.json"))).Error;
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_file_that_is_not_valid_does_not_keep_the_next_from_being_read()
    {
        File.WriteAllText(Path.Combine(_folder, "a.json"), "{\"schema\":\"cisaws-results/1\"}");
        var run = Run(Assess + "Set-Location -LiteralPath $folder; $live | ConvertTo-CisJson | Set-Content b.json; ConvertFrom-CisJson -Path *.json", ("folder", _folder));
        Assert.Equal(3, run.Output.Count);
        Assert.EndsWith("a.json: The result document is not valid: $.results is missing.", run.Error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_of_a_newer_minor_version_is_read_with_a_warning()
    {
        var run = Run("'{\"schema\":\"cisaws-results/1.1\",\"results\":[],\"runs\":[],\"mood\":1}' | ConvertFrom-CisJson");
        Assert.StartsWith("the input: The result document has schema cisaws-results/1.1", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Empty(run.Errors);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private System.Collections.Generic.IReadOnlyList<PSObject> Objects(string script, params (string Name, object? Value)[] variables) =>
        _session.Objects(script, [DemoServer.Account(demo.Server), ("file", Path.Combine(_folder, "results [1].json")), .. variables]);

    private SessionOutput Run(string script, params (string Name, object? Value)[] variables) => _session.Run(script, [DemoServer.Account(demo.Server), .. variables]);
}
