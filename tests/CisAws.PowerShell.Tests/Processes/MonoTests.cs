using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using CisAws.Evidence;
using CisAws.PowerShell.Loading;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Shell;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Processes;

/// <summary>
/// The half of the module that is for Windows PowerShell, with Mono in the place of .NET Framework: the connector, the rules, the
/// collectors and the SDK, on the very assemblies that ship.
/// </summary>
[Trait("Risk", "Timing")]
public sealed class MonoTests(DemoServer demo) : IClassFixture<DemoServer>, IDisposable
{
    private static readonly string Program = Path.Combine(Repository.PathOf("tests", "CisAws.Mono", "bin", Configuration, "net472"), "CisAws.Mono.exe");

    private readonly ModuleSession _session = new();

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    [Fact]
    public async Task Both_halves_of_the_module_come_to_the_same_verdicts()
    {
        LongTests.Require();
        AssertSame(await AssessAsync());
    }

    [Fact]
    public async Task An_older_SDK_that_was_there_first_is_refused()
    {
        var run = await AssessAsync(Foreign("older"));
        Assert.Equal((3, 0), (run.ExitCode, run.Lines.Count));
        Assert.Contains("has loaded AWSSDK.Core 4.0.3.3 from ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Start a new session", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_SDK_that_was_there_first_is_taken()
    {
        LongTests.Require();
        AssertSame(await AssessAsync(Foreign("newer")));
    }

    public void Dispose() => _session.Dispose();

    private static string Foreign(string age) => Path.Combine(AppContext.BaseDirectory, "foreign", "net472", age, "AWSSDK.Core.dll");

    private async Task<ChildOutput> AssessAsync(params string[] first)
    {
        await ExternalTools.RequireAsync("Mono", "apt install mono-runtime libmono-system-io-compression4.0-cil libmono-system-net-http4.0-cil libmono-system-security4.0-cil libmono-system-xml-linq4.0-cil", "mono", "--version");
        return await ChildProcess.RunAsync(
            "mono", [Program, ModuleLocation.Find(), demo.Server.Url.ToString(), demo.Server.AccessKey, demo.Server.SecretKey, .. first]);
    }

    private void AssertSame(ChildOutput run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        var here = _session.Objects("Invoke-CisAssessment @account -WarningAction SilentlyContinue", DemoServer.Account(demo.Server))
            .Select(o => (CisResult)o.BaseObject)
            .Select(r => FormattableString.Invariant($"{r.ControlId}\t{r.Status}\t{r.ReasonCode}\t{r.Findings.Count}\t{r.Reason}"))
            .ToList();
        Assert.Equal(49, here.Count);
        here.Add(EvidenceArchive.HashOf(AccountEvidence.FromJson(File.ReadAllText(Path.Combine(ModuleLocation.Find(), "demo", "account.json")))));
        var document = run.Output[run.Output.IndexOf("{\n", StringComparison.Ordinal)..].TrimEnd();
        here.AddRange(ReportFormats.All.Select(format => HashOfReport(format, document)));
        var there = run.Lines.Take(here.Count).ToList();
        Assert.Equal(document, ResultFile.Write(ResultFile.Read(document).Results));
        Assert.True(here.SequenceEqual(there), $"""
            Only in .NET:
            {string.Join('\n', here.Except(there))}
            Only under Mono:
            {string.Join('\n', there.Except(here))}
            Calls under Mono that were refused or failed:
            {run.Error}
            """);
    }

    private static string HashOfReport(ReportFormat format, string document)
    {
        using var report = new MemoryStream();
        var writer = ReportFormats.Of(format, "report", LibraryLoader.Spreadsheets);
        writer.Write(ReportContent.Of(ResultFile.Read(document).Results, [], [], DateTimeOffset.MinValue.AddYears(2000)), report);
        report.Position = 0;
        var content = writer.IsText
            ? report.ToArray()
            : Encoding.UTF8.GetBytes(string.Join("\n", LibraryLoader.Spreadsheets().Read(report).SelectMany(s => s).Select(r => string.Join("\t", r))));
        return $"{format} {BitConverter.ToString(SHA256.HashData(content))}";
    }
}
