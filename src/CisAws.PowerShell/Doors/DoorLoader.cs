using System;
using System.IO;
using System.Reflection;
using System.Threading;
using CisAws.Connections;

namespace CisAws.PowerShell.Doors;

/// <summary>
/// Opens the one door to AWS on first use, so that importing the module loads no AWS SDK. The door's assembly and all it
/// needs lie in the folder aws/ beside this one.
/// </summary>
internal static partial class DoorLoader
{
    private static readonly string HomeFolder = Path.GetDirectoryName(typeof(DoorLoader).Assembly.Location)!;

    private static readonly string AwsFolder = Path.Combine(HomeFolder, "aws");

    private static readonly Lazy<IAwsDoor> Opened = new(
        () => (IAwsDoor)Activator.CreateInstance(LoadDoorAssembly().GetType("CisAws.Aws.AwsDoor", throwOnError: true)!)!,
        LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The door; there is one in a process.</summary>
    public static IAwsDoor Door => Opened.Value;

    private static partial Assembly LoadDoorAssembly();
}
