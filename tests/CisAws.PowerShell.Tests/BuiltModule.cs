using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests;

/// <summary>Loads the cmdlets' assembly out of the built module, for tests that use its classes without a session.</summary>
internal static class BuiltModule
{
    [ModuleInitializer]
    internal static void Load() => Assembly.LoadFrom(Path.Combine(ModuleLocation.Find(), "bin", "net8.0", "CisAws.PowerShell.dll"));
}
