using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Shell.Tests;

/// <summary>The commands of README.md and docs/programs.md, run as printed with the demo account.</summary>
public sealed class PageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pages ");

    [Fact]
    public async Task The_commands_of_the_readme_run_and_show_something()
    {
        var commands = Regex
            .Matches(Read("README.md"), "^    dotnet run --project src/CisAws.Shell -- -Demo -Command \"(?<command>.*)\"\r?$", RegexOptions.Multiline)
            .Select(m => m.Groups["command"].Value)
            .ToList();
        Assert.NotEmpty(commands);
        Assert.All(await RunInDemoAsync(commands), o => Assert.False(string.IsNullOrWhiteSpace(o)));
    }

    [Fact]
    public async Task The_commands_of_the_chapter_on_organizations_run_as_printed()
    {
        LongTests.Require();
        var lines = Regex.Matches(Read("README.md"), "^    dotnet run --project src/CisAws.Shell -- -Organization(?: -Command \"(?<command>.*)\")?\r?$", RegexOptions.Multiline);
        Assert.Equal(["", "Get-CisAccount", "Get-CisAccount"], lines.Select(l => l.Groups["command"].Value.Split(' ')[0]));
        var report = Path.Combine(_folder.FullName, "organization.html");
        string[] commands = [.. lines.Select(l => l.Groups["command"].Value).Where(c => c.Length > 0)];
        var (exitCode, output, error) = await RunAsync(
            "-Organization", "-Command", $"Set-Location -LiteralPath '{_folder.FullName}'\n{string.Join("\n", commands.Select(c => $". {{\n{c}\n}} | Out-Default"))}");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"\n +[0-9]+ norrvik-booking, Fail ", output);
        Assert.Contains("<!DOCTYPE html>", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Five_commands_lead_to_an_own_program_that_is_assessed()
    {
        var commands = Commands();
        Assert.Equal(5, commands.Count);
        var said = await RunInDemoAsync([.. commands, commands[3] + " | ForEach-Object Reason"]);
        Assert.Contains("norrvik", said[0]);
        Assert.DoesNotContain("\n1.11 ", said[3]);
        Assert.Matches(@"\n1\.17 +Pass \(attested\) ", said[3]);
        Assert.Matches("\nExempt +sg-0b6d907f35d4ccea7 ", said[4]);
        var reasons = Flat(said[5]);
        Assert.Contains("have not been used for 45 days", reasons);
        Assert.Contains("1 is exempt.", reasons);
    }

    [Fact]
    public async Task The_file_edited_to_an_unknown_setting_gives_an_error_that_names_the_line()
    {
        _ = await RunAsync("-Demo", "-Command", Commands()[0]);
        var file = Assert.Single(_folder.GetFiles("norrvik.json", SearchOption.AllDirectories)).FullName;
        var text = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("MaxUnusedCredentialDays", "MaxUnusedDays", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var line = Array.FindIndex(text.Split('\n'), l => l.Contains("MaxUnusedDays", StringComparison.Ordinal)) + 1;
        var (exitCode, output, error) = await RunAsync("-Demo", "-Command", Commands()[3]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains($"line {line}, $.settings['1.3'].MaxUnusedDays", Flat(error));
        var problems = await RunAsync("-Command", "Get-CisProgramProblem norrvik");
        Assert.Contains($" {line} ", problems.Output);
        Assert.Contains("MaxUnusedCredentialDays.", problems.Output);
    }

    [Fact]
    public async Task Five_commands_collect_sign_verify_assess_and_compare_evidence()
    {
        var commands = Blocks("README.md", "## Evidence").Single().Split("\n\n");
        Assert.Equal(5, commands.Length);
        var said = await RunInDemoAsync([$"Set-Location -LiteralPath '{_folder.FullName}'", .. commands]);
        Assert.All(said.Take(3), o => Assert.Equal("", o.Trim()));
        Assert.Matches(@"(?s)\bIsValid +: True\b.*\bAccountId +: 111122223333\b.*\bSignature +: Valid\b.*\bSigner +: CN=Auditor\b", said[3]);
        Assert.Matches(@"\n1\.6 +Fail +1/1 Hardware MFA is enabled for the root user", said[4]);
        Assert.DoesNotMatch(@"\n[0-9.]+ +Pass ", said[4]);
        Assert.Matches(@"\n111122223333 +0 +0 +0 +0 +49 +(?<rate>[0-9.]+) -> \k<rate> %", said[5]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Flat(string text) => Regex.Replace(text, @"\s*\|?\s+", " ");

    private static List<string> Commands() => Blocks("programs.md", "## Create and use a program");

    /// <summary>The blocks of PowerShell in a section of a page.</summary>
    private static List<string> Blocks(string name, string heading)
    {
        var page = Read(name);
        var start = page.IndexOf(heading, StringComparison.Ordinal);
        var section = page[start..page.IndexOf("\n## ", start, StringComparison.Ordinal)];
        return Regex.Matches(section, "^```powershell\r?\n(?<command>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(m => m.Groups["command"].Value.Trim()).ToList();
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, page));

    // Where a user has no folder of the kind yet, whatever the system calls it.
    private Dictionary<string, string?> Store => new() { ["CISAWS_PROGRAM_PATH"] = Path.Combine(_folder.FullName, "programs") };

    private Task<ChildOutput> RunAsync(params string[] arguments) => ShellProcess.RunAsync(Store, arguments);

    private Task<IReadOnlyList<string>> RunInDemoAsync(IReadOnlyCollection<string> commands) => ShellProcess.RunInDemoAsync(Store, commands);
}
