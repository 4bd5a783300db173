using System;
using System.IO;

namespace CisAws.PowerShell.Tests;

/// <summary>The repository's own files, found from where the tests were built.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    public static string PathOf(params string[] names) => Path.Combine([Folder, .. names]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
