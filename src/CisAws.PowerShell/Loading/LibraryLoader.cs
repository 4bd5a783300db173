using System;
using System.IO;
using System.Reflection;
using System.Threading;
using CisAws.Connections;
using CisAws.Reports;

namespace CisAws.PowerShell.Loading;

/// <summary>
/// Loads what needs libraries of others on first use, so that importing the module loads none: the connector to AWS, and spreadsheets. Each assembly and
/// all that it needs lie in a folder of their own beside this one.
/// </summary>
internal static partial class LibraryLoader
{
    private const string Aws = "aws";

    private const string SpreadsheetFolder = "spreadsheets";

    private static readonly string HomeFolder = Path.GetDirectoryName(typeof(LibraryLoader).Assembly.Location)!;

    private static readonly Lazy<IAwsConnector> OpenedConnector = Lazily<IAwsConnector>(() => LoadAws(), "CisAws.Aws.AwsConnector");

    private static readonly Lazy<ISpreadsheetLibrary> OpenedSpreadsheets =
        Lazily<ISpreadsheetLibrary>(() => Load(SpreadsheetFolder, "CisAws.Spreadsheets"), "CisAws.Spreadsheets.SpreadsheetLibrary");

    /// <summary>The connector to AWS; there is one in a process.</summary>
    public static IAwsConnector Connector => OpenedConnector.Value;

    /// <summary>Returns what writes and reads workbooks.</summary>
    public static ISpreadsheetLibrary Spreadsheets() => OpenedSpreadsheets.Value;

    private static Lazy<T> Lazily<T>(Func<Assembly> load, string type) =>
        new(() => (T)Activator.CreateInstance(load().GetType(type, throwOnError: true)!)!, LazyThreadSafetyMode.ExecutionAndPublication);

    private static string FileOf(string folder, string? assembly) => Path.Combine(HomeFolder, folder, assembly + ".dll");

    private static partial Assembly LoadAws();

    private static partial Assembly Load(string folder, string assembly);
}
