using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Browser.Tests;

/// <summary>The page that is committed.</summary>
public sealed class BundleTests
{
    [Fact]
    public async Task The_page_is_what_its_sources_build()
    {
        await ExternalTools.RequireAsync("npm", "apt-get install npm", "npm", "--version");
        var committed = Sources();
        var folder = Directory.CreateTempSubdirectory("page ");
        try
        {
            foreach (var file in committed.GetFiles())
            {
                file.CopyTo(Path.Combine(folder.FullName, file.Name));
            }

            File.Delete(Path.Combine(folder.FullName, "report.html"));
            await RunAsync(folder, "ci", "--ignore-scripts");
            await RunAsync(folder, "run", "build");
            Assert.True(
                await ReadAsync(committed) == await ReadAsync(folder),
                "Reports/Html/report.html is not what its sources build. Run 'npm ci' and 'npm run build' in that folder, and commit the result.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_page_is_small()
    {
        var bytes = (await ReadAsync(Sources())).Length;
        Assert.InRange(bytes, 1, 120 * 1024);
        TestReport.Write([FormattableString.Invariant($"HTML report without results: {bytes / 1024} KiB")]);
    }

    private static async Task RunAsync(DirectoryInfo folder, params string[] arguments)
    {
        var said = await ChildProcess.RunAsync("npm", ["--prefix", folder.FullName, .. arguments]);
        Assert.True(said.ExitCode == 0, said.Output + said.Error);
    }

    private static Task<string> ReadAsync(DirectoryInfo folder) => File.ReadAllTextAsync(Path.Combine(folder.FullName, "report.html"), TestContext.Current.CancellationToken);

    private static DirectoryInfo Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
        {
            folder = folder.Parent;
        }

        return new DirectoryInfo(Path.Combine(folder.FullName, "src", "CisAws.Core", "Reports", "Html"));
    }
}
