using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Benchmarks;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;

namespace CisAws.Mono;

/// <summary>
/// Assesses the account behind an endpoint with the half of the module that is for Windows PowerShell, entered as that enters
/// it: CisAws.Mono MODULE ENDPOINT ACCESSKEY SECRETKEY [ASSEMBLY]. ASSEMBLY is loaded before. Writes a line a control, in the
/// catalogue's order, the hash of the demo account's evidence, the hash of a report in each format, and the result document, written,
/// read and written again; calls that were refused or failed, and a refusal to begin, go to the error stream.
/// </summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments.Length > 4)
        {
            Assembly.LoadFrom(arguments[4]);
        }

        var cmdlets = Assembly.LoadFrom(Path.Combine(arguments[0], "bin", "net472", "CisAws.PowerShell.dll"));
        // The engine looks for cmdlets among all types, before it calls OnImport.
        _ = cmdlets.GetTypes();
        var initializer = Activator.CreateInstance(cmdlets.GetType("CisAws.PowerShell.Loading.ModuleAssemblies", throwOnError: true)!)!;
        initializer.GetType().GetMethod("OnImport")!.Invoke(initializer, null);
        return Run(cmdlets, arguments);
    }

    // Apart from Main, which must have told where CisAws.Core is before a method that mentions its types is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(Assembly cmdlets, string[] arguments)
    {
        try
        {
            var connector = (IAwsConnector)cmdlets.GetType("CisAws.PowerShell.Loading.LibraryLoader", throwOnError: true)!.GetProperty("Connector")!.GetValue(null)!;
            var spreadsheets = (Func<ISpreadsheetLibrary>)cmdlets.GetType("CisAws.PowerShell.Loading.LibraryLoader", throwOnError: true)!
                .GetMethod("Spreadsheets")!.CreateDelegate(typeof(Func<ISpreadsheetLibrary>));
            AssessAsync(connector, spreadsheets, arguments).GetAwaiter().GetResult();
            return 0;
        }
        catch (TargetInvocationException e) when (e.InnerException is ConnectionException refusal)
        {
            Console.Error.WriteLine($"{refusal.Message} {refusal.RecommendedAction}");
            return 3;
        }
    }

    private static async Task AssessAsync(IAwsConnector connector, Func<ISpreadsheetLibrary> spreadsheets, string[] arguments)
    {
        var options = new ConnectionOptions { EndpointUrl = arguments[1], AccessKey = arguments[2], SecretKey = arguments[3], OnCall = Tell, ThrottleLimit = 16 };
        using var connection = await connector.ConnectAsync(options, CancellationToken.None).ConfigureAwait(false);
        var assessment = new Assessment(DefaultPrograms.Benchmark.Controls, [], DateTimeOffset.UtcNow);
        var results = new List<CisResult>();
        await assessment.RunAsync(connection, results.Add, CancellationToken.None).ConfigureAwait(false);
        results.ForEach(r => Console.Out.WriteLine(Line(r)));
        Console.Out.WriteLine(HashOfKeptEvidence(Path.Combine(arguments[0], "demo", "account.json")));
        var document = ResultFile.Write(results);
        foreach (var format in ReportFormats.All)
        {
            Console.Out.WriteLine(HashOfReport(format, document, spreadsheets));
        }

        Console.Out.WriteLine(ResultFile.Write(ResultFile.Read(document).Results));
    }

    /// <summary>The hash of a report of results; of a workbook, that of the cells that are read from it.</summary>
    private static string HashOfReport(ReportFormat format, string document, Func<ISpreadsheetLibrary> spreadsheets)
    {
        using var report = new MemoryStream();
        var writer = ReportFormats.Of(format, "report", spreadsheets);
        writer.Write(ReportContent.Of(ResultFile.Read(document).Results, [], [], DateTimeOffset.MinValue.AddYears(2000)), report);
        using var sha256 = SHA256.Create();
        report.Position = 0;
        var content = writer.IsText ? report.ToArray() : Encoding.UTF8.GetBytes(string.Join("\n", spreadsheets().Read(report).SelectMany(s => s).Select(r => string.Join("\t", r))));
        return $"{format} {BitConverter.ToString(sha256.ComputeHash(content))}";
    }

    /// <summary>The hash of evidence that was written to an archive and read again.</summary>
    private static string HashOfKeptEvidence(string file)
    {
        using var archive = new MemoryStream();
        EvidenceArchive.Write(AccountEvidence.FromJson(File.ReadAllText(file)), archive, sign: null);
        return EvidenceArchive.HashOf(EvidenceArchive.Read(archive.ToArray()).Evidence);
    }

    private static void Tell(AwsCall call)
    {
        if (call.Outcome != "OK")
        {
            Console.Error.WriteLine($"{call.Action} in {call.Region}: {call.Outcome} after {call.Duration.TotalMilliseconds:0} ms");
        }
    }

    private static string Line(CisResult result) => string.Format(
        CultureInfo.InvariantCulture, "{0}\t{1}\t{2}\t{3}\t{4}", result.ControlId, result.Status, result.ReasonCode, result.Findings.Count, result.Reason);
}
