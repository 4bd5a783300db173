using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Testing;

namespace CisAws.Shell.Tests;

public sealed class ShellTests
{
    [Theory]
    [InlineData("Get-CisControl '1.9' | ForEach-Object { $_.Level }", 0, "1")]
    [InlineData("exit 4", 4, "")]
    [InlineData("'before'; Get-CisControl '9.9'", 1, "before")]
    [InlineData("Get-CisControl '9.9'; 'after'", 0, "after")]
    [InlineData("throw 'no'", 1, "")]
    [InlineData("Get-CisControl )", 1, "")]
    [InlineData("'ends in a comment' # so", 0, "ends in a comment")]
    public async Task A_command_exits_as_pwsh_would(string command, int exitCode, string output)
    {
        var said = await ShellProcess.RunAsync("-Command", command);
        Assert.Equal(exitCode, said.ExitCode);
        Assert.Equal(output, said.Output.Trim());
        Assert.Equal(exitCode == 1 || command.Contains("9.9", StringComparison.Ordinal), said.Error.Length > 0);
    }

    [Theory]
    [InlineData("param($Name, [switch] $Loud) \"$Name $Loud\"; exit 7", 7, "a b True")]
    [InlineData("'one'; Get-CisControl '9.9'; 'two'", 0, "one two")]
    [InlineData("'one'; throw 'x'", 1, "one")]
    public async Task A_file_takes_arguments_and_exits_as_pwsh_would(string script, int exitCode, string output)
    {
        var folder = Directory.CreateTempSubdirectory("shell [test] ");
        try
        {
            var file = Path.Combine(folder.FullName, "run it's.ps1");
            await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
            var arguments = script.StartsWith("param", StringComparison.Ordinal) ? new[] { "-Name", "a b", "-Loud" } : [];
            var said = await ShellProcess.RunAsync(["-File", file, .. arguments]);
            Assert.Equal(exitCode, said.ExitCode);
            Assert.Equal(output, string.Join(' ', said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_demo_has_all_commands_of_PowerShell()
    {
        var folder = Directory.CreateTempSubdirectory("shell ");
        try
        {
            var file = Path.Combine(folder.FullName, "r.csv");
            (string Command, string Output)[] expected =
            [
                ("Invoke-CisAssessment -WarningAction SilentlyContinue | Group-Object Section, Status | Sort-Object Name", @"(?s)\n +[0-9]+ IAM, Fail .*\n +[0-9]+ Networking, Pass "),
                ($"Invoke-CisAssessment -WarningAction SilentlyContinue | Export-Csv '{file}'; (Import-Csv '{file}').Count", @"^\s*49\s+$"),
                ("Invoke-CisAssessment '1.5' | ConvertTo-Json -WarningAction SilentlyContinue", @"(?s)""ControlId"": ""1\.5"",.*""Status"": ""Pass"""),
                ("Invoke-CisAssessment '1.5' | Select-Object ControlId, Status | Format-Table -HideTableHeaders", @"^\s+1\.5 +Pass\s+$"),
                ("1..2 | ForEach-Object -Parallel { (Invoke-CisAssessment '1.5').Status }", @"^\s*Pass\s+Pass\s+$"),
            ];
            var said = await ShellProcess.RunInDemoAsync(null, [.. expected.Select(e => e.Command)]);
            Assert.All(expected.Zip(said), e => Assert.Matches(e.First.Output, e.Second));
            Assert.StartsWith("\"ControlId\",", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Standard_input_is_a_command()
    {
        var said = await ShellProcess.ReadAsync("(Invoke-CisAssessment '1.5').Status\nexit 3\n", "-Demo", "-Command", "-");
        Assert.Equal((3, "Pass", ""), (said.ExitCode, said.Output.Trim(), said.Error));
    }

    [Fact]
    public async Task A_prompt_reads_from_standard_input()
    {
        var said = await ShellProcess.ReadAsync("(Invoke-CisAssessment '1.5').Status\nexit 3\n", "-Demo");
        Assert.Equal((3, ""), (said.ExitCode, said.Error));
        Assert.StartsWith("PowerShell with CisAws and a demo account.", said.Output);
        Assert.Contains("\nPass", said.Output);
        Assert.DoesNotContain('\u001b', said.Output);
    }

    [Trait("Risk", "Timing")]
    [Fact]
    public async Task An_interrupt_ends_a_command()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var shell = ShellProcess.Start("-Demo", "-Command", "'started'; Start-Sleep 3600; 'after'");
        await shell.WaitForAsync(new Regex("started"));
        await shell.InterruptAsync();
        var said = await shell.FinishAsync();
        Assert.Equal((1, "started", ""), (said.ExitCode, said.Output.Trim(), said.Error));
    }

    [Trait("Risk", "Timing")]
    [Fact]
    public async Task At_a_prompt_an_interrupt_ends_the_command_and_the_demo_account_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var shell = ShellProcess.Start("-Demo", "-NoExit", "-Command", "'started'; Start-Sleep 3600; 'after'");
        await shell.WaitForAsync(new Regex("started"));
        await shell.InterruptAsync();
        var said = await shell.FinishAsync("(Invoke-CisAssessment '1.5').Status\nexit 3\n");
        Assert.Equal((3, ""), (said.ExitCode, said.Error));
        Assert.Contains("\nPass", said.Output);
        Assert.DoesNotContain("after", said.Output);
    }

    [Fact]
    public async Task Redirected_output_has_no_colors()
    {
        var said = await ShellProcess.RunAsync(
            new Dictionary<string, string?> { ["TERM"] = "xterm-256color", ["NO_COLOR"] = null }, "-Command", "Get-CisControl '1.5'; Write-Warning 'w'; Write-Error 'e'; \"$($PSStyle.Bold)b\"");
        Assert.Contains("WARNING: w", said.Output);
        Assert.Contains("Write-Error: e", said.Error);
        Assert.DoesNotContain('\u001b', said.Output + said.Error);
    }

    [Fact]
    public async Task Profiles_are_not_loaded_and_usage_is_not_reported()
    {
        var home = Directory.CreateTempSubdirectory("home ");
        try
        {
            foreach (var folder in new[] { ".config/powershell", "Documents/PowerShell" })
            {
                var profile = Path.Combine(home.CreateSubdirectory(folder).FullName, "profile.ps1");
                await File.WriteAllTextAsync(profile, "'from a profile'", TestContext.Current.CancellationToken);
            }

            var variables = new[] { "HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME" };
            var said = await ShellProcess.RunAsync(
                variables.ToDictionary(v => v, v => v.StartsWith("XDG", StringComparison.Ordinal) ? null : (string?)home.FullName), "-NoLogo", "-NoExit", "-Command", "'x'");
            Assert.DoesNotContain("from a profile", said.Output);
            Assert.DoesNotContain(home.GetFiles("*", SearchOption.AllDirectories), f => f.Name.Contains("telemetry", StringComparison.Ordinal) || f.Name.Contains("sentinel", StringComparison.Ordinal));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    /// <summary>In the invariant culture, PowerShell breaks lines inside words.</summary>
    [Fact]
    public async Task Words_are_not_broken_without_a_locale()
    {
        var said = await ShellProcess.RunAsync(
            new Dictionary<string, string?> { ["LC_ALL"] = "C" }, "-Command", "[pscustomobject] @{ A = 'unbroken ' * 20 } | Format-Table -Wrap");
        Assert.Equal("", said.Error);
        Assert.All(said.Lines.Skip(2), l => Assert.Matches("^(unbroken ?)+$", l));
    }

    [Fact]
    public async Task It_runs_without_culture_data()
    {
        var said = await ShellProcess.RunAsync(
            new Dictionary<string, string?> { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" }, "-Command", "(Get-CisControl '1.9').Level");
        Assert.Equal((0, "1", ""), (said.ExitCode, said.Output.Trim(), said.Error));
    }

    [Theory]
    [InlineData("Get-Help Invoke-CisAssessment -Examples", "--------- Example 1: ")]
    [InlineData("Get-Help Get-CisControl -Full", "OUTPUTS")]
    [InlineData("Get-Help about_CisAws", "SHORT DESCRIPTION")]
    public async Task Help_is_at_hand(string command, string expected)
    {
        var said = await ShellProcess.RunAsync("-Command", command);
        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        Assert.Contains(expected, said.Output);
    }

    [Fact]
    public async Task Without_arguments_the_demo_account_is_assessed_and_summed_up()
    {
        // What a user has set must not leak into the demo, nor break it.
        var foreign = new Dictionary<string, string?>
        {
            ["AWS_PROFILE"] = "no-such-profile",
            ["AWS_SESSION_TOKEN"] = "stale",
            ["HTTP_PROXY"] = "http://127.0.0.1:9",
            ["AWS_REGION"] = "eu-north-1",
        };
        var said = await ShellProcess.RunAsync(foreign);
        Assert.Equal(0, said.ExitCode);
        Assert.Equal("", said.Error);
        Assert.All(DefaultPrograms.Benchmark.Controls, c => Assert.Contains($"\n{c.ControlId} ", said.Output));
        Assert.Contains("Pass rate ", said.Output);
        Assert.Contains("Next:", said.Output);
        var report = new Uri(Regex.Match(said.Output, @"^  (file:///\S+\.html)\r?$", RegexOptions.Multiline).Groups[1].Value).LocalPath;
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        Assert.DoesNotContain('\u001b', said.Output);
        Assert.All(said.Output.Split('\n').Where(l => !l.Contains("dotnet run", StringComparison.Ordinal) && !l.StartsWith("  ", StringComparison.Ordinal) && !l.StartsWith("WARNING", StringComparison.Ordinal)), l => Assert.True(l.TrimEnd('\r').Length <= 80, l));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task A_terminal_has_colours_unless_NO_COLOR_is_set(string? noColor, bool colours)
    {
        var said = await ShellProcess.RunOnTerminalAsync(
            new Dictionary<string, string?> { ["NO_COLOR"] = noColor, ["TERM"] = "xterm-256color" },
            "-Demo", "-Command", "$ProgressPreference = \"SilentlyContinue\"; Invoke-CisAssessment 4.2");
        Assert.Contains("Account: ", said);
        Assert.Equal(colours, said.Contains("\u001b[32mPass", StringComparison.Ordinal));
        Assert.Equal(colours, Regex.IsMatch(said, @"\u001b\[[\d;]+m"));
    }

    [Theory]
    [InlineData(64, "The argument 'no-such.ps1' is not recognized as the name of a script file.", "-File", "no-such.ps1")]
    [InlineData(64, "dotnet run --project src/CisAws.Shell -- -Demo", "-Command")]
    [InlineData(0, "dotnet run --project src/CisAws.Shell -- -Demo", "-Help")]
    public async Task A_command_line_that_is_not_valid_is_explained(int exitCode, string explanation, params string[] arguments)
    {
        var said = await ShellProcess.RunAsync(arguments);
        Assert.Equal(exitCode, said.ExitCode);
        Assert.Contains(explanation, said.Output + said.Error);
    }

    [Fact]
    public async Task Verbose_and_warnings_go_to_the_output_and_errors_apart()
    {
        var said = await ShellProcess.RunAsync("-Demo", "-Command", "Invoke-CisAssessment '1.9' -Verbose");
        Assert.Contains("VERBOSE: Credentials: ", said.Output);
        Assert.Equal("", said.Error);
    }
}
