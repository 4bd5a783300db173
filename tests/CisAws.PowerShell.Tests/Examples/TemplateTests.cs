using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Examples;

/// <summary>The files that are deployed, checked by the tools that others check theirs with.</summary>
public sealed partial class TemplateTests
{
    public static TheoryData<string> Templates => [.. Directory.GetFiles(Repository.PathOf("examples"), "*template*.yaml", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Repository.Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task A_template_is_one_that_CloudFormation_takes(string file)
    {
        LongTests.Require();
        await ExternalTools.RequireAsync("cfn-lint", "pip install cfn-lint", "cfn-lint", "--version");
        // W3002: aws cloudformation package replaces the name of a file.
        var lint = await ChildProcess.RunAsync("cfn-lint", ["--ignore-checks", "W3002", "--non-zero-exit-code", "warning", "--template", Repository.PathOf(file)]);
        Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
        // CloudFormation does not support aliases, which cfn-lint resolves.
        Assert.DoesNotMatch(Alias(), await File.ReadAllTextAsync(Repository.PathOf(file), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("CisAws-Assess.yaml", "Command")]
    [InlineData("CisAws-AssessAccounts.yaml", "Automation")]
    public async Task A_document_is_one_that_Systems_Manager_takes(string file, string type)
    {
        LongTests.Require();
        await ExternalTools.RequireAsync("cfn-lint", "pip install cfn-lint", "cfn-lint", "--version");
        var lines = await File.ReadAllLinesAsync(Repository.PathOf("examples/AwsSsm/" + file), TestContext.Current.CancellationToken);
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        try
        {
            // As the content of a resource, which cfn-lint knows the schema of.
            await File.WriteAllLinesAsync(
                path,
                ["Resources:", "  Document:", "    Type: AWS::SSM::Document", "    Properties:", $"      DocumentType: {type}", "      Content:", .. lines.Select(l => "        " + l)],
                TestContext.Current.CancellationToken);
            var lint = await ChildProcess.RunAsync("cfn-lint", ["--non-zero-exit-code", "warning", "--template", path]);
            Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("CisAws-Assess.yaml")]
    [InlineData("CisAws-AssessAccounts.yaml")]
    public void A_document_uses_the_parameters_that_it_has(string file)
    {
        var text = File.ReadAllText(Repository.PathOf("examples/AwsSsm/" + file));
        Assert.Equal(ParametersOf(text).Order(StringComparer.Ordinal), Use().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_runbook_for_accounts_passes_parameters_that_the_command_document_has()
    {
        var runbook = File.ReadAllText(Repository.PathOf("examples/AwsSsm/CisAws-AssessAccounts.yaml"));
        var passed = Passed().Matches(runbook[runbook.IndexOf("      Parameters:", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(["Store", "Region", "Program"], passed);
        Assert.Empty(passed.Except(ParametersOf(File.ReadAllText(Repository.PathOf("examples/AwsSsm/CisAws-Assess.yaml")))));
    }

    [Fact]
    public async Task The_state_machine_is_one_that_Step_Functions_takes()
    {
        await ExternalTools.RequireAsync("asl-validator", "npm install --global asl-validator@4.0.0", "asl-validator", "--version");
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            var text = await File.ReadAllTextAsync(Repository.PathOf("examples/StepFunctions/state-machine.asl.json"), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(path, text.Replace("${Partition}", "aws", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var run = await ChildProcess.RunAsync("asl-validator", ["--json-path", path]);
            Assert.True(run.ExitCode == 0, run.Output + run.Error);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_the_state_machine_has_substituted_is_what_the_template_substitutes()
    {
        var machine = File.ReadAllText(Repository.PathOf("examples/StepFunctions/state-machine.asl.json"));
        var template = File.ReadAllText(Repository.PathOf("examples/StepFunctions/template.yaml"));
        var block = Substitutions().Match(template).Groups["lines"].Value;
        Assert.Equal(
            Variable().Matches(machine).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal),
            Name().Matches(block).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_role_of_the_stack_set_is_that_of_Get_CisPolicy()
    {
        using var session = new ModuleSession();
        var policy = Assert.Single(session.Objects("Get-CisPolicy -Format CloudFormation")).ToString();
        var template = File.ReadAllText(Repository.PathOf("examples/StackSet/template.yaml"));
        var body = Body().Match(template).Groups["lines"].Value;
        Assert.Equal(policy.ReplaceLineEndings("\n").TrimEnd(), string.Join('\n', body.TrimEnd().Split('\n').Select(l => l[8..])));
    }

    private static IEnumerable<string> ParametersOf(string document) => Parameter().Matches(
        document[document.IndexOf("parameters:", StringComparison.Ordinal)..document.IndexOf("mainSteps:", StringComparison.Ordinal)]).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"(?m)^  (\w+):$")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\{\{ (\w+) \}\}")]
    private static partial Regex Use();

    [GeneratedRegex(@"(?m)^        (\w+):")]
    private static partial Regex Passed();

    [GeneratedRegex(@" {6}TemplateBody: \|\n(?<lines>( {8}.*\n)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Body();

    [GeneratedRegex(@"(?m)^[^#']*(: |- )[&*][A-Za-z]")]
    private static partial Regex Alias();

    [GeneratedRegex(@"DefinitionSubstitutions:\n(?<lines>( {8}.*\n)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Substitutions();

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?m)^ {8}(\w+):")]
    private static partial Regex Name();
}
