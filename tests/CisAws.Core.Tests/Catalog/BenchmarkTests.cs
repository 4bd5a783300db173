using System;
using System.Linq;
using CisAws.Catalog;
using CisAws.Controls.Monitoring;
using CisAws.FilterPatterns;

namespace CisAws.Core.Tests.Catalog;

/// <summary>The catalogue against the contents of the CIS AWS Foundations Benchmark v1.2.0, written down a second time.</summary>
public sealed class BenchmarkTests
{
    [Fact]
    public void No_control_has_another_level() => Assert.All(ControlCatalog.All, c => Assert.InRange(c.Level, 1, 2));

    [Fact]
    public void A_control_is_found_by_its_id()
    {
        Assert.Equal("1.10", ControlCatalog.Find(ControlId.Parse("1.10"))?.ControlId.ToString());
        Assert.Null(ControlCatalog.Find(ControlId.Parse("5.1")));
    }

    /// <summary>What an administrator pastes must be what the rule asks for, in each of the three ways.</summary>
    [Fact]
    public void The_remediation_of_each_alarm_has_the_pattern_that_its_rule_asks_for()
    {
        var controls = ControlCatalog.All.Where(c => c.Section == "Monitoring").ToList();
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

    private static FilterPattern Parse(string text)
    {
        Assert.True(FilterPattern.TryParse(text, out var pattern, out _), text);
        return pattern!;
    }

    /// <summary>The pattern in its single quotes, the last argument of the command.</summary>
    private static string Quoted(string command) => command.Substring(command.IndexOf("'{", StringComparison.Ordinal)).Trim('\'');
}
