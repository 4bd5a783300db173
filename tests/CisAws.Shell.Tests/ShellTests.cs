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
    [InlineData("Get-CisControl |", 1, "")]
    [InlineData("'ends in a comment' # so", 0, "ends in a comment")]
    public async Task A_command_exits_as_pwsh_would(string command, int exitCode, string output)
    {
        var said = await ShellProcess.RunAsync(null, "-Command", command);
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
            var said = await ShellProcess.RunAsync(null, ["-File", file, .. arguments]);
            Assert.Equal(exitCode, said.ExitCode);
            Assert.Equal(output, string.Join(' ', said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("Get-CisControl | Select-Object Title")]
    [InlineData("Get-CisControl | Export-Csv x.csv")]
    [InlineData("Get-CisControl | sort Title")]
    public async Task A_command_that_comes_with_PowerShell_is_said_to_be_missing_here(string command)
    {
        var said = await ShellProcess.RunAsync(null, "-Command", command);
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("comes with PowerShell", said.Error);
        Assert.Contains("Import-Module ./out/CisAws", said.Error);
    }

    [Theory]
    [InlineData("Get-Help Invoke-CisAssessment -Examples", "--------- Example 1: ")]
    [InlineData("Get-Help Get-CisControl -Full", "OUTPUTS")]
    [InlineData("Get-Help about_CisAws", "SHORT DESCRIPTION")]
    public async Task Help_is_at_hand(string command, string expected)
    {
        var said = await ShellProcess.RunAsync(null, "-Command", command);
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
        Assert.Contains("Try next:", said.Output);
        Assert.DoesNotContain('\u001b', said.Output);
        Assert.All(said.Output.Split('\n').Where(l => !l.Contains("dotnet run", StringComparison.Ordinal) && !l.StartsWith("  ", StringComparison.Ordinal) && !l.StartsWith("WARNING", StringComparison.Ordinal)), l => Assert.True(l.TrimEnd('\r').Length <= 100, l));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task A_terminal_has_colours_unless_NO_COLOR_is_set(string noColor, bool colours)
    {
        // Elsewhere script(1) takes other options.
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
        {
            ExternalTools.Missing("This test makes a terminal with script(1) of util-linux, which this machine does not have.");
        }

        var said = await ShellProcess.RunOnTerminalAsync(
            new Dictionary<string, string?> { ["NO_COLOR"] = noColor, ["TERM"] = "xterm-256color" },
            "-Demo", "-Command", "Invoke-CisAssessment 4.2 -WarningAction SilentlyContinue");
        Assert.Contains("Networking, account", said);
        Assert.Equal(colours, said.Contains("\u001b[32mPass", StringComparison.Ordinal));
        Assert.Equal(colours, Regex.IsMatch(said, @"\u001b\[[\d;]+m"));
    }

    [Trait("Risk", "Timing")]
    [Fact]
    public async Task The_demo_takes_commands()
    {
        var said = await ShellProcess.RunAsync(null, "-Demo", "-Command", "(Invoke-CisAssessment -WarningAction SilentlyContinue).Count");
        Assert.Equal((0, "49"), (said.ExitCode, said.Output.Trim()));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_said_so()
    {
        var said = await ShellProcess.RunAsync(null, "-File", "no-such.ps1");
        Assert.Equal(64, said.ExitCode);
        Assert.Contains("There is no file 'no-such.ps1'", said.Error);
    }

    [Fact]
    public async Task Verbose_and_warnings_go_to_the_output_and_errors_apart()
    {
        var said = await ShellProcess.RunAsync(null, "-Demo", "-Command", "Invoke-CisAssessment '1.9' -Verbose");
        Assert.Contains("VERBOSE: Credentials: ", said.Output);
        Assert.Equal("", said.Error);
    }
}
