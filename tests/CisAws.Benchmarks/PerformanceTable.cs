using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Emulator;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Reports;
using CisAws.Results;
using CisAws.Testing;
using CisAws.Text;

namespace CisAws.Performance;

/// <summary>Measures the module as its users run it, and writes a table in Markdown with the goal beside each figure.</summary>
/// <param name="powerShell">Runs the module.</param>
/// <param name="runs">How often each figure is measured.</param>
/// <param name="output">Takes the table.</param>
internal sealed class PerformanceTable(PowerShellHost powerShell, int runs, TextWriter output)
{
    private const string Import = "Import-Module -Name $module";
    private const string Assess = "if (@(Invoke-CisAssessment).Count -ne 49) { throw 'Not every control was assessed.' }";
    private const string Show = "Invoke-CisAssessment | ForEach-Object { $_.ControlId, $_.Status, $_.FailCount, $_.PassCount, $_.UnknownCount -join ' ' }";

    /// <summary>The calls that wait for each other: signing in, the regions, what a region has, a trail's bucket, and how it is configured.</summary>
    private const int ChainOfDemo = 5;

    /// <summary>Measures everything, which takes some minutes.</summary>
    public async Task WriteAsync()
    {
        Line($"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}. Each figure is the least of {runs} runs in fresh processes, with the median in parentheses.");
        Line("");
        Line("| What | Measured | Goal | Met |");
        Line("|---|---|---|---|");
        await StartAsync().ConfigureAwait(false);
        await CallsAsync().ConfigureAwait(false);
        await LatencyAsync().ConfigureAwait(false);
        await ThrottledAsync("500 more KMS keys", ScaleAccount.WithKeys(500)).ConfigureAwait(false);
        await ThrottledAsync("200 more trails", ScaleAccount.WithTrails(200)).ConfigureAwait(false);
        await MetricFiltersAsync().ConfigureAwait(false);
        await ScaleAsync().ConfigureAwait(false);
        await KeepAsync().ConfigureAwait(false);
    }

    private async Task StartAsync()
    {
        await using var server = await EmulatorServer.StartAsync(Demo()).ConfigureAwait(false);
        var measured = Repeat(() => powerShell.Run(server, Import, Assess, Assess, Assess, Assess));
        Row("PowerShell without the module: CPU", measured.Select(r => r.Start.Cpu), "s");
        Row("Import: CPU", measured.Select(r => r.Steps[0].Cpu), "s", 0.1);
        Row("Import, sign-in and first assessment of the demo account: CPU", measured.Select(r => r.Steps[0].Cpu + r.Steps[1].Cpu), "s", 1.5);
        Row("The same: wall time", measured.Select(r => r.Steps[0].Wall + r.Steps[1].Wall), "s");
        Row("The whole process, with the start of PowerShell: wall time", measured.Select(r => r.Start.Wall + r.Steps[0].Wall + r.Steps[1].Wall), "s");
        Row("Fourth assessment in the same process: CPU", measured.Select(r => r.Steps[4].Cpu), "s");
        Row("The same: wall time", measured.Select(r => r.Steps[4].Wall), "s");
        Row("Peak memory", measured.Select(r => r.Steps[4].Peak), "MB");
    }

    private async Task CallsAsync()
    {
        await using var server = await EmulatorServer.StartAsync(Demo()).ConfigureAwait(false);
        powerShell.Run(server, Import, "$null = Invoke-CisAssessment -Region eu-west-1, us-east-1");
        Row("Calls for the demo account in 2 regions", [server.RequestCount], "");
        server.ResetCounters();
        powerShell.Run(server, Import, Assess);
        Row("Calls for the demo account in 17 regions", [server.RequestCount], "");
    }

    private async Task LatencyAsync()
    {
        var latency = TimeSpan.FromMilliseconds(50);
        await using var server = await EmulatorServer.StartAsync(Demo(), new EmulatorOptions { Latency = latency }).ConfigureAwait(false);
        var measured = Repeat(() => powerShell.Run(server, Import, Assess, Assess, Assess, Assess));
        Row("First assessment at 50 ms of latency: wall time", measured.Select(r => r.Steps[1].Wall), "s");
        Row("Fourth assessment at 50 ms of latency: wall time", measured.Select(r => r.Steps[4].Wall), "s", 2 * ChainOfDemo * latency.TotalSeconds);
    }

    /// <summary>The results must be the same as without a limit, and the time close to what the limit makes necessary.</summary>
    private async Task ThrottledAsync(string what, AccountEvidence account)
    {
        const int rate = 20;
        await using var free = await EmulatorServer.StartAsync(account).ConfigureAwait(false);
        var expected = powerShell.Run(free, Import, Show).Output;
        var necessary = free.Requests.GroupBy(r => (r.Service, r.Region)).Max(g => g.Count()) / (double)rate;
        await using var server = await EmulatorServer.StartAsync(account, new EmulatorOptions { Rate = rate }).ConfigureAwait(false);
        var throttled = powerShell.Run(server, Import, Show);
        Row($"{what}, {rate} calls a second for each service and region: wall time", [throttled.Steps[1].Wall], "s", 1.25 * necessary);
        Row("Controls with other results than without the limit", [expected.Except(throttled.Output).Count()], "", 0);
    }

    private async Task MetricFiltersAsync()
    {
        var alarms = Controls("3.");
        var (demo, full) = (Demo(), ScaleAccount.WithFilters());
        await EvaluateAsync(demo, alarms).ConfigureAwait(false);
        var warm = await RepeatAsync(() => EvaluateAsync(demo, alarms)).ConfigureAwait(false);
        Row("Evaluation of section 3 for the demo account: CPU", warm.Select(c => 1000 * c.Cpu), "ms", 100);
        Row("The same: allocations", warm.Select(c => c.Allocated), "MB", 20);
        var filled = await RepeatAsync(() => EvaluateAsync(full, alarms)).ConfigureAwait(false);
        Row("Evaluation of section 3 for a log group with 100 metric filters: CPU", filled.Select(c => c.Cpu), "s", 2);
    }

    private async Task ScaleAsync()
    {
        var account = ScaleAccount.Create();
        await using (var server = await EmulatorServer.StartAsync(account).ConfigureAwait(false))
        {
            var measured = Repeat(() => powerShell.Run(server, Import, Assess));
            Row("Large account: calls", [server.RequestCount / (double)runs], "");
            Row("Large account, import, sign-in and assessment: CPU", measured.Select(r => r.Steps[0].Cpu + r.Steps[1].Cpu), "s");
            Row("The same: wall time", measured.Select(r => r.Steps[0].Wall + r.Steps[1].Wall), "s");
            Row("The same: peak memory", measured.Select(r => r.Steps[1].Peak), "MB", 300);
        }

        var (half, all) = (ScaleAccount.Create(0.5), Controls(""));
        await EvaluateAsync(half, all).ConfigureAwait(false);
        var ofHalf = await RepeatAsync(() => EvaluateAsync(half, all)).ConfigureAwait(false);
        var ofAll = await RepeatAsync(() => EvaluateAsync(account, all)).ConfigureAwait(false);
        Row("Evaluation of the large account: CPU", ofAll.Select(c => c.Cpu), "s", 2);
        Row("Evaluation of half of it: CPU", ofHalf.Select(c => c.Cpu), "s");
    }

    /// <summary>Evidence and results in files: each is read and written again by the cmdlets, in a fresh process.</summary>
    private async Task KeepAsync()
    {
        const int findings = 50_000;
        // As much of the large account as has so many findings.
        var account = ScaleAccount.Create(0.375);
        var results = new List<CisResult>();
        await new Assessment(Controls(""), [], account.CollectedAt).RunAsync(account, results.Add, CancellationToken.None).ConfigureAwait(false);
        if (results.Sum(r => r.Findings.Count) is var count && count is < findings or > findings * 11 / 10)
        {
            throw new InvalidOperationException($"The account has {count} findings.");
        }

        var folder = Directory.CreateTempSubdirectory("performance ");
        try
        {
            var (evidence, document) = (Path.Combine(folder.FullName, "a.cisevidence"), Path.Combine(folder.FullName, "a.json"));
            AtomicFile.Create(evidence, overwrite: false, stream => EvidenceArchive.Write(account, stream, sign: null));
            AtomicFile.Create(document, overwrite: false, stream => ResultFile.Write(results, stream));
            string[] ofEvidence =
            [
                $"$evidence = Import-CisEvidence -LiteralPath '{evidence}'", $"$evidence | Export-CisEvidence '{Path.Combine(folder.FullName, "b.cisevidence")}' -Force",
            ];
            string[] ofResults =
            [
                $"$results = ConvertFrom-CisJson -LiteralPath '{document}'", $"$results | ConvertTo-CisJson | Set-Content -LiteralPath '{Path.Combine(folder.FullName, "b.json")}'",
            ];
            var measured = Repeat(() => powerShell.Run((Endpoint?)null, [Import, .. ofEvidence, .. ofResults]));
            var resultsAlone = Repeat(() => powerShell.Run((Endpoint?)null, [Import, .. ofResults]));
            Row($"Evidence of {count:#,0} findings ({Size(evidence)}), read: CPU", measured.Select(r => r.Steps[1].Cpu), "s");
            Row("Written: CPU", measured.Select(r => r.Steps[2].Cpu), "s");
            Row($"Results with these findings ({Size(document)}), read: CPU", measured.Select(r => r.Steps[3].Cpu), "s");
            Row("Written: CPU", measured.Select(r => r.Steps[4].Cpu), "s");
            Row("All four: CPU", measured.Select(r => r.Steps.Skip(1).Sum(s => s.Cpu)), "s", 3);
            Row("The same: wall time", measured.Select(r => r.Steps.Skip(1).Sum(s => s.Wall)), "s");
            Row("Evidence read and written: peak memory", measured.Select(r => r.Steps[2].Peak), "MB", 300);
            Row("Results read and written: peak memory", resultsAlone.Select(r => r.Steps[2].Peak), "MB", 300);
            Row("All four in one process: peak memory", measured.Select(r => r.Steps[4].Peak), "MB", 300);
            WriteReports(document);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Size(string path) => string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(path).Length / 1048576d:0.0} MB");
    }

    /// <summary>A report in each format, of the results in a file, in a fresh process each.</summary>
    private void WriteReports(string document)
    {
        foreach (var format in ReportFormats.All)
        {
            var report = Path.ChangeExtension(document, ".report");
            var run = powerShell.Run((Endpoint?)null, Import, $"$results = ConvertFrom-CisJson -LiteralPath '{document}'", $"$results | Export-CisReport '{report}' -Format {format} -Force");
            Row($"Report of these results as {format} ({new FileInfo(report).Length / 1048576:#,0} MB): CPU", [run.Steps[2].Cpu], "s");
            Row("The same, with reading the results: peak memory", [run.Steps[2].Peak], "MB", 300);
        }
    }

    /// <summary>Evaluates evidence that is there already, in this process: what is measured is the rules alone.</summary>
    private static async Task<Cost> EvaluateAsync(AccountEvidence account, IReadOnlyList<CisControl> controls)
    {
        var (cpu, wall, allocated) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        var results = new List<CisResult>();
        await new Assessment(controls, [], account.CollectedAt).RunAsync(account, results.Add, CancellationToken.None).ConfigureAwait(false);
        if (results.Count != controls.Count)
        {
            throw new InvalidOperationException("Not every control was assessed.");
        }

        return new Cost(
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, Stopwatch.GetElapsedTime(wall).TotalSeconds, 0, (GC.GetTotalAllocatedBytes() - allocated) / 1048576d);
    }

    private static AccountEvidence Demo() => DemoAccount.Load(DateTimeOffset.UtcNow);

    private static List<CisControl> Controls(string start) =>
        [.. DefaultPrograms.Benchmark.Controls.Where(c => c.ControlId.ToString().StartsWith(start, StringComparison.Ordinal))];

    private List<T> Repeat<T>(Func<T> measure) => [.. Enumerable.Range(0, runs).Select(_ => measure())];

    private async Task<List<T>> RepeatAsync<T>(Func<Task<T>> measure)
    {
        var measured = new List<T>();
        for (var i = 0; i < runs; i++)
        {
            measured.Add(await measure().ConfigureAwait(false));
        }

        return measured;
    }

    private void Row(string what, IEnumerable<double> measured, string unit, double? goal = null)
    {
        var sorted = measured.Order().ToList();
        var figures = sorted.Count == 1 ? Figure(sorted[0]) : $"{Figure(sorted[0])} ({Figure(sorted[sorted.Count / 2])})";
        var met = goal is null ? "" : sorted[0] <= goal ? "yes" : $"no, by {Figure(sorted[0] - goal.Value)}";
        Line($"| {what} | {figures} | {(goal is { } most ? $"at most {Figure(most)}" : "")} | {met} |");

        string Figure(double value) => $"{value.ToString(value >= 10 || value == 0 || unit.Length == 0 ? "#,0" : "0.00", CultureInfo.InvariantCulture)} {unit}".TrimEnd();
    }

    private void Line(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }
}
