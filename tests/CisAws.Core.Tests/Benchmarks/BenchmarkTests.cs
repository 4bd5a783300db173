using System;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules.Alarms;
using CisAws.FilterPatterns;
using CisAws.Programs;
using CisAws.Rules;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>The catalogue against the contents of the CIS AWS Foundations Benchmark v1.2.0, written down a second time.</summary>
public sealed class BenchmarkTests
{
    private const string Level2 = "1.14 1.19 2.2 2.7 2.8 2.9 3.6 3.7 3.9 3.10 3.11 4.3 4.4";
    private const string NotScored = "1.15 1.17 1.18 1.19 1.21 4.4";
    private const string Manual = "1.15 1.17 4.4";

    [Theory]
    [InlineData("IAM", 1, 22)]
    [InlineData("Logging", 2, 9)]
    [InlineData("Monitoring", 3, 14)]
    [InlineData("Networking", 4, 4)]
    public void Every_section_has_its_controls(string section, int number, int count) => Assert.Equal(
        Enumerable.Range(1, count).Select(n => $"{number}.{n}"),
        DefaultPrograms.Benchmark.Controls.Where(c => c.Section == section).Select(c => c.ControlId.ToString()));

    [Fact]
    public void There_are_49_controls_in_the_benchmarks_order()
    {
        Assert.Equal(49, DefaultPrograms.Benchmark.Controls.Count);
        Assert.Equal(Benchmark.Default.Controls.OrderBy(c => c.ControlId), Benchmark.Default.Controls);
    }

    [Fact]
    public void The_levels_are_the_benchmarks() => Assert.Equal(Level2, Ids(c => c.Level == 2));

    [Fact]
    public void No_control_has_another_level() => Assert.All(DefaultPrograms.Benchmark.Controls, c => Assert.InRange(c.Level, 1, 2));

    [Fact]
    public void What_is_not_scored_is_the_benchmarks() => Assert.Equal(NotScored, Ids(c => !c.Scored));

    [Fact]
    public void Only_what_no_api_can_tell_is_manual() => Assert.Equal(Manual, Ids(c => c.Assessment == ControlAssessment.Manual));

    /// <summary>The later versions: how many controls each has, those of level 2, and those that it calls manual.</summary>
    public static TheoryData<string, int, string, string> Versions => new()
    {
        { "cis-aws-1.4.0", 58, "1.6 1.18 1.21 2.1.1 2.1.2 2.1.4 3.2 3.5 3.7 3.8 3.9 3.10 3.11 4.6 4.7 4.9 4.10 4.11 5.3 5.4", "1.1 1.2 1.3 1.18 1.21 2.1.4 5.4" },
        { "cis-aws-3.0.0", 62, "1.6 1.18 1.21 2.1.1 2.1.3 3.2 3.3 3.5 3.6 3.7 3.8 3.9 4.6 4.7 4.9 4.10 4.11 4.16 5.4 5.5", "1.1 1.2 1.3 1.18 1.21 1.22 2.1.3 5.5" },
        { "cis-aws-5.0.0", 63, "1.5 1.17 1.20 2.1.1 2.1.2 2.1.3 3.2 3.3 3.5 3.6 3.7 3.8 3.9 4.1 4.6 4.7 4.9 4.10 4.11 4.16 5.5 5.6", "1.1 1.2 1.5 1.6 1.10 1.20 1.21 2.1.2 2.1.3 2.2.4 3.1 3.4 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9 4.10 4.11 4.12 4.13 4.14 4.15 5.6" },
        { "cis-aws-7.0.0", 70, "2.1.1 2.1.2 2.1.3 2.1.4 2.1.5 2.1.6 2.6 2.16 2.19 3.1.1 3.1.2 3.1.3 4.2 4.3 4.5 4.6 4.7 4.8 4.9 5.1 5.6 5.7 5.9 5.10 5.11 5.16 6.5 6.6 6.8", "2.1.1 2.1.2 2.1.3 2.1.4 2.1.5 2.1.6 2.2 2.3 2.6 2.7 2.19 2.20 2.21 3.1.2 3.1.3 3.2.4 4.1 4.4 4.10 5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 5.9 5.10 5.11 5.12 5.13 5.14 5.15 6.6 6.8" },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_later_version_has_its_controls_levels_and_assessments(string id, int count, string level2, string manual)
    {
        var controls = Benchmark.Find(id)!.Controls;
        Assert.Equal(count, controls.Count);
        Assert.Equal(level2, string.Join(" ", controls.Where(c => c.Level == 2).Select(c => c.ControlId)));
        Assert.Equal(manual, string.Join(" ", controls.Where(c => c.Assessment == ControlAssessment.Manual).Select(c => c.ControlId)));
        Assert.All(controls, c => Assert.Equal(c.Scored, c.Assessment == ControlAssessment.Automated));
    }

    [Fact]
    public void A_version_that_is_offered_has_a_rule_for_each_control_and_says_how_many_there_are()
    {
        Assert.Equal(Benchmark.All.Select(b => b.Id), DefaultPrograms.All.Where(p => p.ChosenLevels.Count == 0 && p.ChosenScored is null).Select(p => p.Name));
        Assert.All(Benchmark.AllControls, c => Assert.NotEmpty(c.Rules));
        Assert.All(Benchmark.All, b => Assert.EndsWith($"all {b.Controls.Count} controls.", DefaultPrograms.Find(b.Id)!.Description));
    }

    [Fact]
    public void A_control_is_found_by_its_id()
    {
        Assert.Equal("1.10", DefaultPrograms.Benchmark.Find(ControlId.Parse("1.10"))?.ControlId.ToString());
        Assert.Null(DefaultPrograms.Benchmark.Find(ControlId.Parse("5.1")));
    }

    /// <summary>What an administrator pastes must be what the rule asks for, in each of the three ways.</summary>
    [Fact]
    public void The_remediation_of_each_alarm_has_the_pattern_that_its_rule_asks_for()
    {
        var controls = DefaultPrograms.Benchmark.Controls.Where(c => c.Section == "Monitoring").ToList();
        Assert.Equal(14, controls.Count);
        Assert.All(controls, control =>
        {
            var wanted = Parse(ReferencePatterns.Of(control.ControlId).Pattern);
            var remediation = control.Remediation;
            Assert.Equal(wanted, Parse(remediation.Console.Single(s => s.StartsWith("Filter pattern: ", StringComparison.Ordinal)).Substring(16)));
            Assert.Equal(wanted, Parse(Quoted(remediation.Cli.Single(c => c.StartsWith("aws logs put-metric-filter", StringComparison.Ordinal)))));
            Assert.Equal(wanted, Parse(Quoted(remediation.PowerShell.Single(c => c.StartsWith("Write-CWLMetricFilter", StringComparison.Ordinal)))));
        });
    }

    [Fact]
    public void The_default_of_a_setting_is_shown_and_never_blank()
    {
        Assert.DoesNotContain(DefaultPrograms.All.SelectMany(p => p.Controls).SelectMany(c => c.Settings), s => SettingValues.Print(s.Default).Length == 0);
        Assert.StartsWith("{ ($.eventName = CreateTrail)", (string)DefaultPrograms.Benchmark.Find(ControlId.Parse("3.5"))!.Settings.First(s => s.Name == "Pattern").Value);
    }

    private static string Ids(Func<CisControl, bool> which) => string.Join(" ", DefaultPrograms.Benchmark.Controls.Where(which).Select(c => c.ControlId));

    private static FilterPattern Parse(string text)
    {
        Assert.True(FilterPattern.TryParse(text, out var pattern, out _), text);
        return pattern!;
    }

    /// <summary>The pattern in its single quotes, the last argument of the command.</summary>
    private static string Quoted(string command) => command.Substring(command.IndexOf("'{", StringComparison.Ordinal)).Trim('\'');
}
