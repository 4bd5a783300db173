using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Help;

public sealed class HelpTests : IDisposable
{
    // What shows that nobody sits before it: an exit code, an error that ends the script, a file for the next step of a build.
    private static readonly string[] Unattended = ["exit ", "-ErrorAction Stop", "Set-Content"];

    private readonly ModuleSession _session = new(width: 100);

    public static TheoryData<string> Names => [.. HelpFile.Commands.Keys];

    public static TheoryData<string> Shown => [.. HelpFile.Commands.Keys.Where((_, i) => LongTests.Wanted || i % 4 == 0)];

    [Fact]
    public void Every_exported_cmdlet_has_help_and_no_other() =>
        Assert.Equal(Cmdlets().Select(c => c.Name).Order(StringComparer.Ordinal), HelpFile.Commands.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_what_the_cmdlet_does_takes_and_gives(string name)
    {
        var help = HelpFile.Commands[name];
        Assert.All([HelpFile.Synopsis(help), HelpFile.Description(help)], AssertIsText);
        Assert.All([.. HelpFile.Parameters(help), .. HelpFile.Inputs(help), .. HelpFile.Outputs(help)], p => AssertIsText(HelpFile.Description(p)));
        Assert.NotEmpty(HelpFile.Inputs(help));
        Assert.NotEmpty(HelpFile.Outputs(help));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_tells_the_parameters_there_are(string name)
    {
        var cmdlet = Cmdlets().Single(c => c.Name == name);
        var sets = cmdlet.ParameterSets.Select(s => Own(s.Parameters.Select(p => p.Name))).ToList();
        var syntaxes = HelpFile.Syntaxes(HelpFile.Commands[name]).Select(Own).ToList();
        Assert.Equal(sets.Order(StringComparer.Ordinal), syntaxes.Order(StringComparer.Ordinal));
        Assert.Equal(Own(cmdlet.Parameters.Keys), Own(HelpFile.Parameters(HelpFile.Commands[name]).Select(HelpFile.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_three_examples_one_with_a_pipeline_and_one_that_runs_by_itself(string name)
    {
        var help = HelpFile.Commands[name];
        var examples = HelpFile.Examples(help);
        Assert.True(examples.Count >= 3);
        Assert.Contains(examples, e => e.Contains(" |", StringComparison.Ordinal));
        Assert.Contains(examples, e => Unattended.Any(u => e.Contains(u, StringComparison.Ordinal)));
        Assert.All(examples, e => Assert.Contains(name, e));
        Assert.All(HelpFile.Titles(help), t => Assert.Matches("^--------- Example [1-9]: [A-Z].* ---------$", t));
    }

    [Theory]
    [InlineData("Get-CisControl", "Id", "0", "True (ByValue, ByPropertyName)", "ControlId", "true", "*", "String[]")]
    [InlineData("Invoke-CisAssessment", "Program", "named", "True (ByValue, ByPropertyName)", "none", "false", "cis-aws-1.2.0", "Object")]
    [InlineData("Invoke-CisAssessment", "SecretKey", "named", "True (ByPropertyName)", "SK, SecretAccessKey", "false", "None", "String")]
    [InlineData("Invoke-CisAssessment", "ThrottleLimit", "named", "False", "none", "false", "128", "Int32")]
    [InlineData("Get-CisFinding", "Status", "named", "False", "none", "false", "None", "CisStatus[]")]
    [InlineData("Remove-CisProgram", "WhatIf", "named", "False", "wi", "false", "False", "SwitchParameter")]
    public void A_parameter_is_told_with_all_that_PowerShell_knows_of_it(
        string name, string parameter, string position, string pipeline, string aliases, string globbing, string defaultValue, string type)
    {
        var help = _session.Objects($"Get-Help {name} -Parameter {parameter}").Single();
        string Told(string property) => help.Properties[property].Value.ToString()!;
        Assert.Equal((position, pipeline, aliases), (Told("position"), Told("pipelineInput"), Told("aliases")));
        Assert.Equal((globbing, defaultValue), (Told("globbing"), Told("defaultValue")));
        Assert.Equal(type, ((PSObject)help.Properties["type"].Value).Properties["name"].Value.ToString());
    }

    /// <summary>-Online opens the address of the cmdlet, or in Windows PowerShell the first link of its help.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Its_page_on_line_is_in_the_project_of_the_manifest(string name)
    {
        var page = _session.Objects($"(Get-Command {name}).HelpUri").Single().ToString();
        Assert.Equal($"{_session.Objects("(Get-Module CisAws).ProjectUri").Single()}/blob/main/docs/cmdlets/{name}.md", page);
        Assert.Equal(page, HelpFile.Links(HelpFile.Commands[name])[0]);
    }

    [Fact]
    public void Choices_are_listed()
    {
        Assert.Contains("One of Pass, Fail, Unknown, Manual, NotApplicable, Exempt.", _session.Screen("Get-Help Get-CisFinding -Parameter Status"));
        Assert.Contains("[-Type {Default | Custom}]", _session.Screen("Get-Help Get-CisProgram"));
    }

    [Theory]
    [MemberData(nameof(Shown))]
    public void GetHelp_shows_all_of_it(string name)
    {
        var help = HelpFile.Commands[name];
        var full = _session.Screen($"Get-Help {name} -Full");
        foreach (var title in (string[])["SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "RELATED LINKS"])
        {
            Assert.Contains(title, full);
        }

        Assert.All(HelpFile.Parameters(help), p => Assert.Contains($"-{HelpFile.Name(p)}", full));
        var examples = _session.Screen($"Get-Help {name} -Examples");
        Assert.All(Enumerable.Range(1, HelpFile.Examples(help).Count), n => Assert.Contains($"--------- Example {n}: ", examples));
        var parameters = _session.Screen($"Get-Help {name} -Parameter *");
        Assert.All(HelpFile.Parameters(help), p => Assert.Contains($"-{HelpFile.Name(p)}", parameters));
    }

    public void Dispose() => _session.Dispose();

    private static void AssertIsText(string text)
    {
        Assert.Matches(@"^\p{Lu}[\s\S]*\.$", text);
        Assert.DoesNotContain("  ", text);
    }

    private static string Own(IEnumerable<string> parameters) =>
        string.Join(' ', parameters.Where(p => !Cmdlet.CommonParameters.Contains(p)).Order(StringComparer.Ordinal));

    private List<CmdletInfo> Cmdlets() => _session.Objects("Get-Command -Module CisAws").Select(c => (CmdletInfo)c.BaseObject).ToList();
}
