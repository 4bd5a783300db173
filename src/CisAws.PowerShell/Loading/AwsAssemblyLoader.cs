using System;
using System.IO;
using System.Reflection;
using System.Threading;
using CisAws.Connections;

namespace CisAws.PowerShell.Loading;

/// <summary>
/// Loads the connector to AWS on first use, so that importing the module loads no AWS SDK. Its assembly and all it
/// needs lie in the folder aws/ beside this one.
/// </summary>
internal static partial class AwsAssemblyLoader
{
    private static readonly string HomeFolder = Path.GetDirectoryName(typeof(AwsAssemblyLoader).Assembly.Location)!;

    private static readonly string AwsFolder = Path.Combine(HomeFolder, "aws");

    private static readonly Lazy<IAwsConnector> Opened = new(
        () => (IAwsConnector)Activator.CreateInstance(LoadConnectorAssembly().GetType("CisAws.Aws.AwsConnector", throwOnError: true)!)!,
        LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The connector; there is one in a process.</summary>
    public static IAwsConnector Connector => Opened.Value;

    private static partial Assembly LoadConnectorAssembly();
}
