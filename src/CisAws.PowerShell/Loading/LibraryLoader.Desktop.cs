#if NETFRAMEWORK
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CisAws.Connections;

namespace CisAws.PowerShell.Loading;

// Windows PowerShell 5.1: one context for all. What is ours is found by simple name, whatever version is asked for, and
// only for names that are ours to give.
internal static partial class LibraryLoader
{
    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        "CisAws.Core", "CisAws.Aws", "CisAws.Spreadsheets", "CsvHelper", "ExcelDataReader", "SpreadCheetah",
        "AWSSDK.Core", "AWSSDK.EC2", "AWSSDK.KeyManagementService", "AWSSDK.S3", "AWSSDK.SecurityToken", "AWSSDK.SSO", "AWSSDK.SSOOIDC",
        "Microsoft.Bcl.AsyncInterfaces", "Microsoft.Bcl.HashCode", "Microsoft.Bcl.Memory", "System.Buffers", "System.Memory", "System.Numerics.Vectors",
        "System.Runtime.CompilerServices.Unsafe", "System.Text.Encodings.Web", "System.Text.Json", "System.Threading.Tasks.Extensions",
        "System.ValueTuple",
    };

    internal static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        var name = new AssemblyName(args.Name).Name;
        if (name is null || !Allowed.Contains(name))
        {
            return null;
        }

        return new[] { Aws, SpreadsheetFolder, "" }
            .Select(folder => FileOf(folder, name))
            .Where(File.Exists)
            .Select(Assembly.LoadFrom)
            .FirstOrDefault();
    }

    private static partial Assembly LoadAws()
    {
        RefuseOlderSdk();
        return Load(Aws, "CisAws.Aws");
    }

    private static partial Assembly Load(string folder, string assembly) => Assembly.LoadFrom(FileOf(folder, assembly));

    /// <summary>The first AWSSDK.Core of a session wins here. One as new as ours will do; an older one fails late and obscurely.</summary>
    private static void RefuseOlderSdk()
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == "AWSSDK.Core");
        if (loaded is null)
        {
            return;
        }

        var theirs = FileVersionInfo.GetVersionInfo(loaded.Location);
        var ours = FileVersionInfo.GetVersionInfo(FileOf(Aws, "AWSSDK.Core"));
        if (new Version(theirs.FileVersion) < new Version(ours.FileVersion))
        {
            throw new ConnectionException(
                ConnectionProblem.InvalidOption,
                $"This session has loaded AWSSDK.Core {theirs.FileVersion} from {loaded.Location}. CisAws requires {ours.FileVersion} or later, and Windows PowerShell cannot load both.",
                "Start a new session and run CisAws before AWS Tools, update AWS Tools, or use PowerShell 7, which loads both.");
        }
    }
}

/// <summary>Hooks the resolver when the module is imported, and takes it off when it is removed.</summary>
public sealed class ModuleAssemblies : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => AppDomain.CurrentDomain.AssemblyResolve += LibraryLoader.Resolve;

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AppDomain.CurrentDomain.AssemblyResolve -= LibraryLoader.Resolve;
}
#endif
