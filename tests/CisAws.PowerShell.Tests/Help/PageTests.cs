using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace CisAws.PowerShell.Tests.Help;

/// <summary>The pages of the cmdlets in docs/cmdlets, and what the pages in docs link to.</summary>
public sealed class PageTests
{
    private static readonly string Docs = Repository.PathOf("docs");

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Docs, "*.md", SearchOption.AllDirectories)
        .Concat(Directory.GetFiles(Repository.PathOf("examples"), "*.md", SearchOption.AllDirectories))
        .Concat(Directory.GetFiles(Repository.Folder, "*.md"))
        .Select(f => Path.GetRelativePath(Repository.Folder, f).Replace('\\', '/')).Order()];

    [Fact]
    public void They_are_those_of_the_build()
    {
        var configuration = new DirectoryInfo(System.AppContext.BaseDirectory).Parent!.Name;
        var built = Read(Repository.PathOf("src", "CisAws.PowerShell", "obj", configuration, "cmdlets"));
        Assert.True(
            built.SequenceEqual(Read(Path.Combine(Docs, "cmdlets"))),
            "docs/cmdlets is not up to date. Update it with: dotnet build src/CisAws.PowerShell -t:WriteDocs");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Their_links_lead_somewhere(string page)
    {
        var path = Repository.PathOf(page);
        var links = Regex.Matches(File.ReadAllText(path), @"\]\((?!https?://)(?<file>[^)#]*)(#(?<heading>[^)]+))?\)").ToList();
        foreach (var link in links)
        {
            var target = link.Groups["file"].Value is { Length: > 0 } file ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, file)) : path;
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{page}: {link.Value}");
            if (link.Groups["heading"] is { Success: true } heading)
            {
                // GitHub's names: lower case, hyphens for spaces, and no punctuation.
                var headings = Regex.Matches(File.ReadAllText(target), "^#+ (.+)$", RegexOptions.Multiline)
                    .Select(m => Regex.Replace(m.Groups[1].Value.Trim().ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));
                Assert.Contains(heading.Value, headings);
            }
        }
    }

    private static (string Name, string Text)[] Read(string folder) =>
        [.. Directory.GetFiles(folder).Select(f => (Path.GetFileName(f), File.ReadAllText(f).ReplaceLineEndings("\n"))).Order()];
}
