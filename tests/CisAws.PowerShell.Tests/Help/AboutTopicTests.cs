using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;

namespace CisAws.PowerShell.Tests.Help;

public sealed class AboutTopicTests : IDisposable
{
    private static readonly string[] Topics =
        ["about_CisAws", "about_CisAws_Automation", "about_CisAws_Credentials", "about_CisAws_Programs", "about_CisAws_Statuses"];

    private readonly ModuleSession _session = new();

    public static TheoryData<string> Names => [.. Topics];

    [Fact]
    public void There_are_these_topics() => Assert.Equal(
        Topics.Select(t => t + ".help.txt").Order(StringComparer.Ordinal),
        Directory.GetFiles(HelpFile.Folder, "about_*").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void GetHelp_finds_it(string name)
    {
        var help = _session.Objects($"Get-Help {name}").Single().BaseObject.ToString()!;
        Assert.Contains($"TOPIC{Environment.NewLine}    {name}", help.ReplaceLineEndings());
        Assert.All(["SHORT DESCRIPTION", "LONG DESCRIPTION", "SEE ALSO"], t => Assert.Contains(t, help));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_as_Windows_PowerShell_and_a_narrow_window_want_it(string name)
    {
        var file = Path.Combine(HelpFile.Folder, name + ".help.txt");
        Assert.Equal(Encoding.UTF8.GetPreamble(), File.ReadAllBytes(file)[..3]);
        Assert.All(File.ReadAllLines(file), l => Assert.True(l.Length <= 80, l));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_names_only_what_there_is(string name)
    {
        var text = File.ReadAllText(Path.Combine(HelpFile.Folder, name + ".help.txt"));
        var cmdlets = _session.Objects("Get-Command -Module CisAws").Select(c => (CmdletInfo)c.BaseObject).ToList();
        var known = cmdlets.SelectMany(c => c.Parameters.Keys).Concat(OfPowerShell).ToHashSet(StringComparer.Ordinal);
        Assert.All(Regex.Matches(text, @"\b[A-Z][a-z]+-Cis[A-Za-z]+").Select(m => m.Value), c => Assert.Contains(c, cmdlets.Select(i => i.Name)));
        Assert.All(Regex.Matches(text, @"(?<=[\s(])-(?<name>[A-Z][A-Za-z]+)").Select(m => m.Groups["name"].Value), p => Assert.Contains(p, known));
        Assert.All(Regex.Matches(text, @"\babout_CisAws\w*").Select(m => m.Value), t => Assert.Contains(t, Topics));
    }

    /// <summary>A reader who misses one may assess another account.</summary>
    [Fact]
    public void The_credentials_are_in_the_order_of_the_search()
    {
        string[] order = ["-AccessKey", "-Credential", "-ProfileName", "$StoredAWSCredentials", "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "container", "instance"];
        var text = File.ReadAllText(Path.Combine(HelpFile.Folder, "about_CisAws_Credentials.help.txt"));
        var items = Regex.Matches(text, @"(?m)^    (?<n>\d)\. (?<item>.+)$").Select(m => m.Groups["n"].Value + m.Groups["item"].Value).ToList();
        Assert.All(order.Select((o, n) => (o, n)), i => Assert.Contains(i.o, items[i.n], StringComparison.Ordinal));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "1", "2", "3", "4", "5", "1", "2", "3"], items.Select(i => i[..1]));
        Assert.Contains("$StoredAWSRegion", items[9], StringComparison.Ordinal);
        Assert.Contains("$AWSProxy", items[13], StringComparison.Ordinal);
    }

    /// <summary>Format-List shows the view, which has the commands; <c>Format-List *</c> would show the properties, and only a summary.</summary>
    [Fact]
    public void What_it_types_to_see_a_remediation_shows_the_view()
    {
        var lines = File.ReadAllLines(Path.Combine(HelpFile.Folder, "about_CisAws.help.txt")).Select(l => l.Trim());
        Assert.Equal("Get-CisControl '4.1' | Format-List", Assert.Single(lines, l => l.Contains("Format-List", StringComparison.Ordinal)));
    }

    /// <summary>Parameters of Export-Csv and of powershell.exe.</summary>
    private static IEnumerable<string> OfPowerShell => ["NoTypeInformation", "Depth", "NoProfile", "NonInteractive", "ExecutionPolicy", "File"];

    public void Dispose() => _session.Dispose();
}
