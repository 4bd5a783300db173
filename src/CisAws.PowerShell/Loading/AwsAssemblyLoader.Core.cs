#if NET8_0_OR_GREATER
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using CisAws.Connections;

namespace CisAws.PowerShell.Loading;

// PowerShell 7: an AssemblyLoadContext of our own. AWSSDK.Core never changes its assembly version inside a major, so with
// AWS.Tools in the same session the default context would hand out whichever copy came first.
internal static partial class AwsAssemblyLoader
{
    private static partial Assembly LoadConnectorAssembly() =>
        new AwsLoadContext().LoadFromAssemblyPath(Path.Combine(AwsFolder, "CisAws.Aws.dll"));

    private sealed class AwsLoadContext() : AssemblyLoadContext("CisAws.Aws")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // Results and interfaces must have one identity on both sides of the connector.
            var core = typeof(IAwsConnector).Assembly;
            if (assemblyName.Name == core.GetName().Name)
            {
                return core;
            }

            var path = Path.Combine(AwsFolder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
#endif
