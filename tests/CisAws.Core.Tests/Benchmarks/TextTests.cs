using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>The texts of the catalogue: all there, of a sensible length, with nothing left over from writing them.</summary>
public sealed class TextTests
{
    public static TheoryData<string> ControlIds => EveryRule.Ids;

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_texts_are_there_and_readable(string id)
    {
        var control = Of(id);
        Text(control.Title, 15, 80, endsWith: char.IsLetterOrDigit);
        Text(control.Description, 70, 500, Sentence);
        Text(control.Rationale, 70, 500, Sentence);
        Text(control.Audit, 250, 1500, Sentence);
        Text(control.Remediation.Summary, 70, 500, Sentence);
        Assert.InRange(Sentences(control.Description), 1, 4);
        Assert.InRange(Sentences(control.Rationale), 1, 4);
        Assert.InRange(Sentences(control.Remediation.Summary), 1, 4);
        Assert.NotEmpty(control.Service);
    }

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_steps_in_the_console_are_few_and_readable(string id)
    {
        var steps = Of(id).Remediation.Console;
        Assert.InRange(steps.Count, 3, 8);
        Assert.All(steps, s => Text(s, 12, 900, endsWith: _ => true));
    }

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_commands_are_there_with_placeholders_in_capitals(string id)
    {
        var remediation = Of(id).Remediation;
        foreach (var commands in new[] { remediation.Cli, remediation.PowerShell })
        {
            Assert.InRange(commands.Count, 1, 10);
            Assert.All(commands, c => Text(c, 10, 1200, endsWith: _ => true));
            Assert.All(commands.SelectMany(c => Regex.Matches(c, "<[^>]*>")), m => Assert.Matches("^<[A-Z][A-Z0-9_]+>$", m.Value));
        }
    }

    // An unquoted < is a syntax error in PowerShell, so a forgotten placeholder must be a string there.
    [Theory]
    [MemberData(nameof(ControlIds))]
    public void Placeholders_in_PowerShell_are_quoted(string id) =>
        Assert.All(Of(id).Remediation.PowerShell, c => Assert.DoesNotContain("<", Regex.Replace(c, "(?m)^#.*$|'[^']*'|\"[^\"]*\"", "")));

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_references_are_AWSs_own_pages_and_the_benchmark(string id)
    {
        var references = Of(id).References;
        Assert.InRange(references.Count, 2, 4);
        Assert.Equal("https://www.cisecurity.org/benchmark/amazon_web_services", references[references.Count - 1]);
        Assert.All(references.Take(references.Count - 1), r => Assert.Matches(@"^https://docs\.aws\.amazon\.com/[\w/.-]+\.html$", r));
        Assert.Equal(references.Count, references.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_settings_are_described(string id) =>
        Assert.All(Of(id).Settings, s => Text(s.Description, 30, 250, Sentence));

    /// <summary>Every setting that changes the verdict is explained where the verdict is.</summary>
    [Theory]
    [MemberData(nameof(ControlIds))]
    public void The_audit_names_the_controls_own_settings(string id)
    {
        var control = Of(id);
        string[] common = ["DeniedRegions", "PatternMatch", "AcceptLaterVariants", "RequireConfirmedSubscription", "IncludeIpv6"];
        Assert.All(control.Settings.Select(s => s.Name).Except(common).Where(n => n != "AbsentRootCredentials" || id == "1.13"),
            name => Assert.Contains(name, control.Audit));
    }

    [Fact]
    public void No_two_controls_say_the_same()
    {
        Distinct(c => c.Title);
        Distinct(c => c.Description);
        Distinct(c => c.Audit);
        Distinct(c => c.Remediation.Summary);
    }

    private static void Distinct(Func<CisControl, string> text) =>
        Assert.Empty(EveryRule.Controls.GroupBy(text).Where(g => g.Count() > 1).Select(g => g.Key));

    private static bool Sentence(char last) => last == '.';

    private static int Sentences(string text) => Regex.Count(text, @"[.?]( |$)");

    private static CisControl Of(string id) => EveryRule.Of(id);

    private static void Text(string text, int least, int most, Func<char, bool> endsWith)
    {
        Assert.InRange(text.Length, least, most);
        Assert.Equal(text.Trim(), text);
        Assert.True(endsWith(text[text.Length - 1]), text);
        Assert.DoesNotMatch(@"(?i)\b(todo|tbd|fixme|xxx|lorem)\b|\.\.\.|…|\t|[^\n ]  +[^ ]", text);
    }
}
