using System;
using System.IO;
using System.Linq;

namespace CisAws.PowerShell.Tests;

public sealed class SurfaceTests
{
    /// <summary>With CISAWS_ACCEPT=1 the list is written anew instead: what a change that is meant asks for.</summary>
    [Fact]
    public void The_public_surface_is_what_the_list_says()
    {
        using var session = new ModuleSession();
        var lines = session.Objects("& $script", ("script", Repository.PathOf("pester", "Surface.ps1"))).Select(l => (string)l.BaseObject).ToList();
        var file = Repository.PathOf("pester", "surface.txt");
        if (Environment.GetEnvironmentVariable("CISAWS_ACCEPT") == "1")
        {
            File.WriteAllText(file, string.Join('\n', lines) + '\n');
        }

        var listed = File.ReadAllLines(file);
        var changes = listed.Except(lines).Select(l => "- " + l).Concat(lines.Except(listed).Select(l => "+ " + l)).ToList();
        Assert.True(
            changes.Count == 0,
            "The public surface differs from pester/surface.txt. If that is meant: CISAWS_ACCEPT=1 dotnet test tests/CisAws.PowerShell.Tests, and say it in CHANGELOG.md.\n" +
            string.Join('\n', changes));
        Assert.Equal(listed, lines);
    }
}
