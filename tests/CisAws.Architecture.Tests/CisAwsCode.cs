using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace CisAws.Architecture.Tests;

/// <summary>The assemblies of src, what their types use, and their source files.</summary>
internal static class CisAwsCode
{
    public static readonly Assembly Core = Assembly.Load("CisAws.Core");

    public static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader()
        .LoadAssemblies([Core, .. new[] { "Aws", "Spreadsheets", "PowerShell", "Emulator", "Shell", "Help" }.Select(name => Assembly.Load("CisAws." + name))])
        .Build();

    /// <summary>The folder src of the repository that the tests were built in.</summary>
    public static string SourceFolder { get; } = FindSourceFolder();

    /// <summary>Which type uses which, among all types of src.</summary>
    public static IEnumerable<(IType User, IType Used)> Uses =>
        from type in Architecture.Types
        from used in type.Dependencies.Select(dependency => dependency.Target).Distinct()
        where used is not GenericParameter && Architecture.Assemblies.Contains(used.Assembly)
        select (type, used);

    /// <summary>Paths of the C# files in src, relative to it, with '/' between folders. What a build wrote is left out.</summary>
    public static IEnumerable<string> SourceFiles =>
        from file in Directory.EnumerateFiles(SourceFolder, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(SourceFolder, file).Replace('\\', '/')
        where path.Split('/')[1] is not ("bin" or "obj")
        orderby path
        select path;

    private static string FindSourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CisAws.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "src");
    }
}
