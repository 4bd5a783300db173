#if NET8_0_OR_GREATER
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using CisAws.Connections;

namespace CisAws.PowerShell.Loading;

// PowerShell 7: an AssemblyLoadContext of our own for each folder. AWSSDK.Core never changes its assembly version inside a major, so with
// AWS.Tools in the same session the default context would hand out whichever copy came first.
internal static partial class LibraryLoader
{
    private static partial Assembly LoadAws() => Load(Aws, "CisAws.Aws");

    private static partial Assembly Load(string folder, string assembly) => new LibraryLoadContext(folder, assembly).LoadFromAssemblyPath(FileOf(folder, assembly));

    private sealed class LibraryLoadContext(string folder, string name) : AssemblyLoadContext(name)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // Results and interfaces must have one identity on both sides of the connector.
            var core = typeof(IAwsConnector).Assembly;
            if (assemblyName.Name == core.GetName().Name)
            {
                return core;
            }

            var path = FileOf(folder, assemblyName.Name);
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
#endif
