using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CisAws.PowerShell.Tests;

/// <summary>
/// Every script of the repository, read by PowerShell's own parser: most of them run in shells that the tests do not have.
/// </summary>
public sealed partial class ScriptTests(ScriptTests.Cmdlets cmdlets) : IClassFixture<ScriptTests.Cmdlets>
{
    private static readonly string[] Extensions = [".ps1", ".psm1", ".psd1", ".ps1xml"];

    /// <summary>Files of other tools, which hold scripts in the examples.</summary>
    private static readonly string[] Carriers = [".yaml", ".yml"];

    private static readonly string[] WithoutScripts = ["template.yaml", "CisAws-AssessAccounts.yaml"];

    /// <summary>What Windows PowerShell 5.1 does not parse, or takes for something else.</summary>
    private static readonly TokenKind[] NewTokens =
    [
        TokenKind.QuestionMark, TokenKind.QuestionQuestion, TokenKind.QuestionQuestionEquals, TokenKind.QuestionDot,
        TokenKind.QuestionLBracket, TokenKind.AndAnd, TokenKind.OrOr, TokenKind.Clean,
    ];

    /// <summary>What it does not have.</summary>
    private static readonly string[] NewVariables = ["IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR"];

    private static readonly string[] NewParameters =
        ["AdditionalChildPath", "AsHashtable", "AsByteStream", "EnumsAsStrings", "Parallel", "SkipCertificateCheck", "ProgressAction"];

    public static TheoryData<string> Files => [.. FilesOf(Repository.Folder).Select(f => Path.GetRelativePath(Repository.Folder, f).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Scripts_are_ones_that_Windows_PowerShell_understands(string file)
    {
        foreach (var script in ScriptsOf(file))
        {
            var tree = Parser.ParseInput(script, out var tokens, out var errors);
            Assert.True(errors.Length == 0, string.Join("; ", errors.Select(e => $"{e.Extent.StartLineNumber}: {e.Message}")));
            Assert.DoesNotContain(tokens, t => NewTokens.Contains(t.Kind));
            Assert.DoesNotContain(All<PipelineBaseAst>(tree), p => p is PipelineAst { Background: true } or PipelineChainAst);
            Assert.DoesNotContain(All<VariableExpressionAst>(tree), v => NewVariables.Contains(v.VariablePath.UserPath, StringComparer.OrdinalIgnoreCase));
            Assert.DoesNotContain(All<CommandParameterAst>(tree), p => NewParameters.Contains(p.ParameterName, StringComparer.OrdinalIgnoreCase));
            // Its Join-Path joins two paths.
            Assert.DoesNotContain(
                All<CommandAst>(tree), c => c.GetCommandName() == "Join-Path" && c.CommandElements.Skip(1).Count(e => e is not CommandParameterAst) > 2);
            // It reads files without a byte order mark in the machine's own code page.
            Assert.All(script, c => Assert.True(char.IsAscii(c), $"'{c}' is not ASCII."));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_cmdlets_and_parameters_they_use_exist(string file)
    {
        foreach (var tree in ScriptsOf(file).Select(s => Parser.ParseInput(s, out _, out _)))
        {
            foreach (var command in All<CommandAst>(tree).Where(c => IsCmdlet(c.GetCommandName() ?? "")))
            {
                Assert.True(cmdlets.All.TryGetValue(command.GetCommandName(), out var cmdlet), $"There is no {command.GetCommandName()}.");
                var names = command.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName).Concat(Splatted(tree, command));
                Assert.All(names, name => Assert.True(
                    cmdlet!.Parameters.Values.Any(p => p.Aliases.Prepend(p.Name).Contains(name, StringComparer.OrdinalIgnoreCase)), $"{command} has no -{name}."));
            }
        }
    }

    [Fact]
    public void All_kinds_of_scripts_are_found()
    {
        var files = Files.Select(f => f.Data).ToList();
        Assert.All(
            [
                "build.ps1", "CisAws.psd1", "module/CisAws.psm1", "module/CisAws.Format.ps1xml", "pester/Surface.ps1", "pester/Surface.Tests.ps1",
                "examples/ScheduledTask/Start-CisAssessment.ps1", "examples/AwsSsm/CisAws-Assess.yaml", "examples/GitHubAction/cis-assessment.yml",
            ],
            file => Assert.Contains(file, files));
        Assert.All(files, file => Assert.NotEmpty(ScriptsOf(file)));
    }

    /// <summary>Functions that scripts of the repository make for each other.</summary>
    private static HashSet<string> OwnFunctions { get; } = Directory.EnumerateFiles(Repository.PathOf("pester"), "*.ps1")
        .SelectMany(f => All<FunctionDefinitionAst>(Parser.ParseFile(f, out _, out _)))
        .Select(f => f.Name)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool IsExample(string path) => path.StartsWith(Repository.PathOf("examples"), StringComparison.Ordinal);

    private static bool IsCmdlet(string name) => CisName().IsMatch(name) && !OwnFunctions.Contains(name);

    [GeneratedRegex("^[A-Za-z]+-Cis[A-Za-z]+$")]
    private static partial Regex CisName();

    /// <summary>A block of text in YAML: the line that opens it, and those that are empty or stand further in.</summary>
    [GeneratedRegex(@"^(?<indent> *)(- |run: )\|\n(?<text>(\k<indent> .*\n|\n)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder)
        .Where(f => Extensions.Contains(Path.GetExtension(f)) || (Carriers.Contains(Path.GetExtension(f)) && IsExample(f) && !WithoutScripts.Contains(Path.GetFileName(f))))
        .Concat(Directory.EnumerateDirectories(folder)
            .Where(d => Path.GetFileName(d) is not ("bin" or "obj" or "out" or "TestResults") && (Path.GetFileName(d) == ".github" || Path.GetFileName(d)[0] != '.'))
            .SelectMany(FilesOf))
        .Order(StringComparer.Ordinal);

    private static List<string> ScriptsOf(string file)
    {
        var path = Repository.PathOf(file);
        return Path.GetExtension(path) switch
        {
            ".ps1xml" => XDocument.Load(path).Descendants("ScriptBlock").Select(s => s.Value).DefaultIfEmpty("").ToList(),
            ".yaml" or ".yml" => Block().Matches(File.ReadAllText(path)).Select(m => m.Groups["text"].Value).ToList(),
            _ => [File.ReadAllText(path)],
        };
    }

    private static IEnumerable<T> All<T>(Ast tree) where T : Ast => tree.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    /// <summary>The names in the hashtables that are assigned to a splatted variable anywhere in the script.</summary>
    private static IEnumerable<string> Splatted(Ast tree, CommandAst command) =>
        from variable in command.CommandElements.OfType<VariableExpressionAst>()
        where variable.Splatted
        from assignment in All<AssignmentStatementAst>(tree)
        where assignment.Left is VariableExpressionAst left && left.VariablePath.UserPath == variable.VariablePath.UserPath
        where assignment.Right is CommandExpressionAst { Expression: HashtableAst }
        from pair in ((HashtableAst)((CommandExpressionAst)assignment.Right).Expression).KeyValuePairs
        select ((StringConstantExpressionAst)pair.Item1).Value;

    /// <summary>The module's cmdlets by name.</summary>
    public sealed class Cmdlets
    {
        public Cmdlets()
        {
            using var session = new ModuleSession();
            All = session.Objects("Get-Command -Module CisAws").Select(c => (CommandInfo)c.BaseObject).ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
            // Parameters are made on first use, which needs the session.
            Assert.All(All.Values, c => Assert.NotEmpty(c.Parameters));
        }

        public IReadOnlyDictionary<string, CommandInfo> All { get; }
    }
}
