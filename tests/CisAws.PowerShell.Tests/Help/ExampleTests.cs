using System;
using System.Linq;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Help;

/// <summary>Every example of the help, run as it is printed.</summary>
[Collection(nameof(Environment))]
public sealed class ExampleTests(DemoOrganization demo, SecurityHubServer hub) : IClassFixture<DemoOrganization>, IClassFixture<SecurityHubServer>
{
    // What these do is seen elsewhere, in a file or in the store; and nothing is wrong with the programs there.
    private static readonly string[] Silent =
    [
        "Set-CisProgram", "Copy-CisProgram", "Remove-CisProgram", "Export-CisProgram", "Import-CisProgram", "Export-CisEvidence", "Copy-CisEvidence", "Remove-CisEvidence", "Compare-CisAssessment", "Export-Csv", "-Quiet", "Set-Content", "-WhatIf", "-Severity Error",
        "Test-CisProgram", "Export-CisReport",
    ];

    public static TheoryData<string, int> All
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var (name, help) in HelpFile.Commands)
            {
                // In short runs the first one, and all of them in long ones.
                foreach (var number in Enumerable.Range(1, LongTests.Iterations(1, HelpFile.Examples(help).Count)))
                {
                    all.Add(name, number);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void It_runs(string cmdlet, int number)
    {
        var example = HelpFile.Examples(HelpFile.Commands[cmdlet])[number - 1];
        using var world = new ExampleWorld(demo.Server, hub.Url);
        var run = world.Session.Run(example);
        Assert.Empty(run.Errors);
        if (world.Session.ExitCode is null && !Silent.Any(s => example.Contains(s, StringComparison.Ordinal)))
        {
            Assert.NotEmpty(run.Output);
        }

        if (example.Split('\n')[^1].StartsWith("exit (", StringComparison.Ordinal))
        {
            // The demo account has failures.
            Assert.Equal(2, world.Session.ExitCode);
        }
    }
}
