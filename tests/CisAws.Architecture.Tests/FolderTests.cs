using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace CisAws.Architecture.Tests;

/// <summary>Folders, namespaces and the direction of the dependencies between them.</summary>
public class FolderTests
{
    /// <summary>The folders of Core. Each uses only those before it. '*' is any other folder inside Rules.</summary>
    private static readonly List<string> CoreOrder =
    [
        "Text", "Evidence", "Connections", "FilterPatterns.Automata", "FilterPatterns", "Rules", "Rules.Policies", "Rules.Trails",
        "Rules.*", "Benchmarks", "Programs", "Results", "Assessments", "Reports",
    ];

    /// <summary>What Connections uses of the folders before it.</summary>
    private static readonly string[] ForConnections = ["Text", "Evidence"];

    [Fact]
    public void A_namespace_is_the_folder()
    {
        var offenders =
            from path in CisAwsCode.SourceFiles
            let text = File.ReadAllText(Path.Combine(CisAwsCode.SourceFolder, path))
            let declared = Regex.Match(text, @"^namespace ([\w.]+)", RegexOptions.Multiline).Groups[1].Value
            let expected = NamespaceOf(Path.GetDirectoryName(path)!.Replace('\\', '/'))
            // A program that has only top-level statements declares no namespace.
            where declared != expected && !(declared.Length == 0 && Path.GetFileName(path) == "Program.cs")
            select $"src/{path} declares the namespace '{declared}': change it to '{expected}', or move the file.";
        offenders.AssertNone();
    }

    [Fact]
    public void A_folder_of_Core_uses_only_those_before_it()
    {
        var types =
            from type in CisAwsCode.Architecture.Types
            where type.Assembly.Name.StartsWith("CisAws.Core,", StringComparison.Ordinal) && type.Namespace.FullName.StartsWith("CisAws", StringComparison.Ordinal)
            select type;
        var unplaced =
            from type in types
            where CoreFolder(type.Namespace.FullName) is null
            select $"{type.FullName} is in a folder that has no place in the order of Core's folders: add the folder to {nameof(CoreOrder)}.";
        unplaced.AssertNone();

        var offenders =
            from use in CisAwsCode.Uses
            let user = CoreFolder(use.User.Namespace.FullName)
            let used = CoreFolder(use.Used.Namespace.FullName)
            where user is not null && used is not null
            where CoreOrder.IndexOf(used) > CoreOrder.IndexOf(user) || (user == "Connections" && used != user && !ForConnections.Contains(used))
            select $"{use.User.FullName} uses {use.Used.FullName}, but {user} must not know {used}: "
                + $"move what is shared to {user} or to a folder before it, or turn the use around.";
        offenders.AssertNone();
    }

    [Theory]
    [InlineData("CisAws.Rules")]
    [InlineData("CisAws.Aws")]
    [InlineData("CisAws.Emulator")]
    [InlineData("CisAws.PowerShell")]
    [InlineData("CisAws.Shell")]
    public void Folders_have_no_cycles(string project)
    {
        var uses =
            (from use in CisAwsCode.Uses
             let user = use.User.Namespace.FullName
             let used = use.Used.Namespace.FullName
             where user != used && user.StartsWith(project, StringComparison.Ordinal) && used.StartsWith(project, StringComparison.Ordinal)
             group $"{use.User.FullName} uses {use.Used.FullName}" by (User: user, Used: used)).ToList();

        // A folder that uses no other, or is used by no other, is in no cycle. What is left when all those are taken away is.
        while (uses.RemoveAll(edge => !uses.Exists(u => u.Key.User == edge.Key.Used) || !uses.Exists(u => u.Key.Used == edge.Key.User)) > 0)
        {
        }

        var offenders =
            from edge in uses
            select $"{edge.Key.User} -> {edge.Key.Used} is part of a cycle ({edge.First()}; such uses: {edge.Count()}): "
                + "move what is shared to the folder that is to be the lower one.";
        offenders.AssertNone();
    }

    /// <summary>CisAws.Core/Text is CisAws.Text. The clients that stand in for official packages have the packages' namespaces.</summary>
    private static string NamespaceOf(string folder)
    {
        if (folder.StartsWith("CisAws.Aws/Clients/", StringComparison.Ordinal))
        {
            folder = "Amazon" + folder["CisAws.Aws/Clients".Length..];
        }

        return Regex.Replace(folder, "^CisAws.Core(?=/|$)", "CisAws").Replace('/', '.');
    }

    /// <summary>The entry of the order that a namespace of Core belongs to; null for another assembly's namespace.</summary>
    private static string? CoreFolder(string namespaceName)
    {
        var folder = Regex.Replace(namespaceName, @"^CisAws\.", "");
        return CoreOrder.Contains(folder) ? folder : folder.StartsWith("Rules.", StringComparison.Ordinal) ? "Rules.*" : null;
    }
}
