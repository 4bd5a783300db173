using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using CisAws.Shell;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests;

/// <summary>What ships: the files of module/files.txt and nothing else, in the folder and in the package, all of one version.</summary>
public sealed class PackageTests(PackedModule packed) : IClassFixture<PackedModule>
{
    private const long MegaByte = 1024 * 1024;

    private static readonly string Module = ModuleLocation.Find();

    private static readonly string Root = Path.GetFullPath(Path.Combine(Module, "..", ".."));

    private static readonly string[] Listed = File.ReadAllLines(Path.Combine(Root, "module", "files.txt"));

    private static string Version => Manifest("ModuleVersion");

    [Fact]
    public void The_folder_holds_the_listed_files_and_no_others() =>
        Assert.Equal(Listed, Sorted(Directory.GetFiles(Module, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Module, f).Replace('\\', '/'))));

    [Fact]
    public void The_package_holds_the_listed_files_at_its_root_and_no_others()
    {
        using var package = ZipFile.OpenRead(packed.Package);
        // What the package format itself asks for.
        string[] format = ["_rels/", "package/", "[Content_Types].xml", "CisAws.nuspec"];
        Assert.Equal(Listed, Sorted(package.Entries.Select(e => e.FullName).Where(n => !format.Any(f => n.StartsWith(f, StringComparison.Ordinal)))));
    }

    [Fact]
    public void The_list_has_no_duplicates_and_nothing_that_must_not_ship()
    {
        Assert.Equal(Sorted(Listed.Distinct()), Listed);
        Assert.DoesNotContain(Listed, f => Regex.IsMatch(f, @"\.(pdb|deps\.json|config|cs)$|\.dll\.xml$|System\.Management\.Automation|^lib/"));
    }

    [Fact]
    public void It_stays_small()
    {
        // The limit of Azure Automation is 100 MB unpacked; three quarters of the module are the SDK's EC2 twice.
        Assert.InRange(new FileInfo(packed.Package).Length, 1 * MegaByte, 9 * MegaByte);
        Assert.InRange(Listed.Sum(f => new FileInfo(Path.Combine(Module, f)).Length), 1 * MegaByte, 27 * MegaByte);
    }

    [Fact]
    public void The_libraries_of_others_are_named_in_the_notices()
    {
        var notices = File.ReadAllText(Path.Combine(Module, "THIRD-PARTY-NOTICES.txt"));
        var theirs = Listed.Where(f => f.EndsWith(".dll", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)!)
            .Where(f => !f.StartsWith("CisAws.", StringComparison.Ordinal));
        Assert.All(theirs, name => Assert.Matches($@"\b{Regex.Escape(name)}\b", notices));
    }

    [Fact]
    public void The_manifest_its_assemblies_and_the_package_have_one_version()
    {
        Assert.Equal($"CisAws.{Version}.nupkg", Path.GetFileName(packed.Package));
        Assert.All(
            Listed.Where(f => Path.GetFileName(f).StartsWith("CisAws.", StringComparison.Ordinal) && f.EndsWith(".dll", StringComparison.Ordinal)),
            f =>
            {
                Assert.Equal(Version + ".0", AssemblyName.GetAssemblyName(Path.Combine(Module, f)).Version!.ToString());
                Assert.Equal(Version + ".0", FileVersionInfo.GetVersionInfo(Path.Combine(Module, f)).FileVersion);
            });
    }

    [Fact]
    public void The_package_says_what_the_manifest_says()
    {
        var metadata = packed.Nuspec.Root!.Elements().Single().Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        Assert.Equal(
            ("CisAws", Version, Manifest("Author"), Manifest("Description"), Manifest("Copyright")),
            (metadata["id"], metadata["version"], metadata["authors"], metadata["description"], metadata["copyright"]));
        Assert.Equal("Apache-2.0", metadata["license"]);
        Assert.Equal((Manifest("ProjectUri"), Manifest("ReleaseNotes")), (metadata["projectUrl"], metadata["releaseNotes"]));
        Assert.StartsWith(Manifest("ProjectUri") + "/", Manifest("LicenseUri"));
        Assert.Equal(Sorted([.. ManifestList("Tags"), "PSModule"]), Sorted(metadata["tags"].Split(' ')));
        Assert.DoesNotContain("dependencies", metadata.Keys);
    }

    /// <summary>Whoever installed the package has no source tree.</summary>
    [Fact]
    public void The_packages_readme_needs_nothing_but_the_package()
    {
        var readme = File.ReadAllText(Path.Combine(Module, "README.md"));
        Assert.DoesNotMatch(@"\bdotnet\b|\bsrc/|\bout/|\]\((?!https://)", readme);
        Assert.Contains("Import-Module CisAws", readme);
    }

    [Fact]
    public void The_changelog_has_a_section_for_the_version_or_for_what_is_coming() =>
        Assert.Matches($@"(?m)^## \[({Regex.Escape(Version)}|Unreleased)\]", File.ReadAllText(Path.Combine(Root, "CHANGELOG.md")));

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static string Manifest(string key) => ManifestList(key).Single();

    // Read as the gallery does, as data; the paths in it are not looked at.
    private static string[] ManifestList(string key) =>
        [.. Parser.ParseFile(Path.Combine(Module, "CisAws.psd1"), out _, out _)
            .FindAll(a => a is HashtableAst, searchNestedScriptBlocks: false).Cast<HashtableAst>()
            .SelectMany(t => t.KeyValuePairs).Single(p => p.Item1.ToString() == key).Item2
            .FindAll(a => a is StringConstantExpressionAst, searchNestedScriptBlocks: false).Cast<StringConstantExpressionAst>().Select(s => s.Value)];
}

/// <summary>The module as it was built, packed with the command that CONTRIBUTING.md names.</summary>
public sealed class PackedModule : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("package ");

    public string Package => Directory.GetFiles(_folder.FullName, "*.nupkg").Single();

    public XDocument Nuspec
    {
        get
        {
            using var package = ZipFile.OpenRead(Package);
            using var nuspec = package.GetEntry("CisAws.nuspec")!.Open();
            return XDocument.Load(nuspec);
        }
    }

    public async ValueTask InitializeAsync()
    {
        var project = Path.Combine(ModuleLocation.Find(), "..", "..", "src", "CisAws.PowerShell");
        var run = await ChildProcess.RunAsync("dotnet", ["pack", project, "--no-build", "--output", _folder.FullName]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
