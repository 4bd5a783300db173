using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

public sealed class FormattingTests(DemoServer demo) : IClassFixture<DemoServer>
{
    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Tables_fit_the_screen_and_name_every_control(int width)
    {
        using var session = new ModuleSession(width);
        var screen = session.Screen("Invoke-CisAssessment @account -WarningAction SilentlyContinue", DemoServer.Account(demo.Server));
        var lines = screen.Split(Environment.NewLine);
        Assert.All(lines, l => Assert.True(l.Length <= width, l));
        Assert.All(DefaultPrograms.Benchmark.Controls, c => Assert.Contains(lines, l => l.StartsWith($"{c.ControlId} ", StringComparison.Ordinal)));
        Assert.Equal(["Account: 111122223333"], lines.Where(l => l.Contains("Account: ", StringComparison.Ordinal)).Select(l => l.Trim()));
        // One line a control: the screen has no more lines than controls and a head.
        Assert.InRange(lines.Count(l => l.Length > 0), 49 + 3, 49 + 3);
        Assert.DoesNotContain('\u001b', screen);
        Assert.DoesNotContain("...", screen);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(160)]
    public void Findings_fit_the_screen(int width)
    {
        using var session = new ModuleSession(width);
        var screen = session.Screen("Invoke-CisAssessment '4.1' @account -WarningAction SilentlyContinue | Get-CisFinding -Status Fail", DemoServer.Account(demo.Server));
        Assert.All(screen.Split(Environment.NewLine), l => Assert.True(l.Length <= width, l));
        Assert.Contains("sg-", screen);
    }

    [Fact]
    public void Statuses_have_colours_where_the_host_has_them()
    {
        using var session = new ModuleSession(colour: true);
        var screen = session.Screen("Invoke-CisAssessment '4.1' @account -WarningAction SilentlyContinue", DemoServer.Account(demo.Server));
        Assert.Contains("\u001b[91mFail\u001b[0m", screen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_users_of_the_account_write_cannot_move_the_cursor_or_forge_a_row(bool list)
    {
        await using var server = await HostileAsync(ids: true);
        using var session = new ModuleSession(width: 400);
        var assess = "Invoke-CisAssessment '2.8', '4.1' @account -WarningAction SilentlyContinue";
        var view = list ? " | Format-List" : "";
        var screen = session.Screen(assess + view, DemoServer.Account(server)) +
            session.Screen($"{assess} | Get-CisFinding -Status Fail{view}", DemoServer.Account(server));
        Assert.DoesNotContain('\u001b', screen);
        Assert.DoesNotContain('\u202e', screen);
        Assert.DoesNotMatch("(?m)^FAKE", screen);
        Assert.Contains(@"\u001b[2JEVIL\r\nFAKE", screen);
        Assert.Matches(@"sg-[0-9a-f]+\\u202e", screen);
    }

    /// <summary>
    /// The first object of a pipeline decides how the others are shown: as a list of properties, without the module's views. Ids stay as AWS
    /// has them there, since scripts compare them; what people write is escaped already in the properties.
    /// </summary>
    [Theory]
    [InlineData("$results; $findings")]
    [InlineData("$findings; $results")]
    [InlineData("Get-CisControl '4.1'; $findings; $results")]
    [InlineData("[pscustomobject] @{ Name = 'x' }; $findings; $results")]
    [InlineData("'text'; 1; $findings; $results")]
    [InlineData("Get-Command Get-CisFinding; $findings; $results")]
    public async Task Nor_can_they_where_objects_of_several_types_are_shown(string script)
    {
        await using var server = await HostileAsync(ids: false);
        using var session = new ModuleSession(width: 400);
        var screen = session.Screen(
            $"& {{ $results = Invoke-CisAssessment '2.8', '4.1' @account -WarningAction SilentlyContinue; $findings = $results | Get-CisFinding -Status Fail; {script} }}",
            DemoServer.Account(server));
        Assert.DoesNotContain('\u001b', screen);
        Assert.DoesNotContain('\u202e', screen);
        Assert.DoesNotMatch("(?m)^FAKE", screen);
        Assert.Equal(!script.Contains("pscustomobject", StringComparison.Ordinal), screen.Contains(@"\u001b[2JEVIL\r\nFAKE", StringComparison.Ordinal));
    }

    /// <summary>The demo account with descriptions, and ids if wanted, that would change what a terminal shows.</summary>
    private static Task<EmulatorServer> HostileAsync(bool ids)
    {
        const string evil = "\u001b[2JEVIL\r\nFAKE   Pass\u202e";
        var account = AccountEvidence.FromJson(File.ReadAllText(Path.Combine(ModuleLocation.Find(), "demo", "account.json")), DateTimeOffset.UtcNow);
        foreach (var key in account.SubjectsOf(EvidenceKinds.KmsKeys))
        {
            if (account.Get(EvidenceKinds.KmsKeys, key) is var read && read.TryGet(out var value, out _))
            {
                account.Add(EvidenceKinds.KmsKeys, key, Observation.Known(value with { Description = evil }, read.Origin!));
            }
        }

        foreach (var region in ids ? account.SubjectsOf(EvidenceKinds.SecurityGroups) : [])
        {
            if (account.Get(EvidenceKinds.SecurityGroups, region) is var read && read.TryGet(out var groups, out _))
            {
                account.Add(
                    EvidenceKinds.SecurityGroups, region, Observation.Known<IReadOnlyList<SecurityGroup>>(groups.Select(g => g with { Id = g.Id + "\u202e" }).ToList(), read.Origin!));
            }
        }

        return EmulatorServer.StartAsync(account, ct: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Property_values_carry_no_colours()
    {
        using var session = new ModuleSession(colour: true);
        var screen = session.Screen("\"$((Invoke-CisAssessment '4.1' @account -WarningAction SilentlyContinue).Status)\"", DemoServer.Account(demo.Server));
        Assert.Equal("Fail", screen.Trim());
    }

    [Theory]
    [InlineData("Invoke-CisAssessment '4.1' @account -WarningAction SilentlyContinue", "Remediation")]
    [InlineData("Invoke-CisAssessment '4.1' @account -WarningAction SilentlyContinue | Get-CisFinding -Status Fail", "ResourceArn")]
    [InlineData("Invoke-CisAssessment '4.1' @account -WarningAction SilentlyContinue | Get-CisFinding | Where ResourceId -like sg-0b6d*", "Tags")]
    [InlineData("Get-CisControl '1.9'", "With the AWS CLI")]
    public void List_views_show_the_whole(string script, string label)
    {
        using var session = new ModuleSession();
        var screen = session.Screen(script + " | Format-List", DemoServer.Account(demo.Server));
        Assert.Matches($"(?m)^{label} +: ", screen);
    }

    [Fact]
    public void The_summary_reads_like_a_report()
    {
        using var session = new ModuleSession(80);
        var screen = session.Screen("Invoke-CisAssessment @account -WarningAction SilentlyContinue | Measure-CisAssessment", DemoServer.Account(demo.Server));
        Assert.Contains("Controls   : 49", screen);
        Assert.Contains("Pass rate  : ", screen);
        Assert.Contains("Exit code  : 2", screen);
    }
}
