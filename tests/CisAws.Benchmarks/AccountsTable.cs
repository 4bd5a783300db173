using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace CisAws.Performance;

/// <summary>
/// Measures assessments of many accounts, and writes the table of docs/scale.md. The accounts are served by another process, so that what it takes is told
/// apart.
/// </summary>
/// <param name="powerShell">Runs the module.</param>
/// <param name="output">Takes the table.</param>
internal sealed class AccountsTable(PowerShellHost powerShell, TextWriter output)
{
    private const int Latency = 20;
    private const string List = "$accounts = @(Get-CisAccount -ExternalId norrvik-cis); $accounts.Count";
    private const double MostMemory = 300;

    /// <summary>Measures, which takes some minutes.</summary>
    /// <param name="counts">The numbers of accounts.</param>
    public async Task WriteAsync(IReadOnlyList<int> counts)
    {
        Line($"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {Latency} ms of latency, 17 regions in each account.");
        Line("");
        Line("| Accounts | At the same time | Wall time | CPU of PowerShell | CPU of the emulator | Calls | Peak memory | Bound | Wall / bound | Other results |");
        Line("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var count in counts)
        {
            await using var accounts = await ServedAccounts.StartAsync(count, Latency).ConfigureAwait(false);
            IReadOnlyList<string>? expected = null;
            foreach (var limit in count == counts[^1] ? [1, 4, 8, 16] : new[] { 8 })
            {
                expected = await MeasureAsync(accounts, count, limit, expected).ConfigureAwait(false);
            }
        }
    }

    private async Task<IReadOnlyList<string>> MeasureAsync(ServedAccounts accounts, int count, int limit, IReadOnlyList<string>? expected)
    {
        var verdicts = Path.GetTempFileName();
        try
        {
            var before = await accounts.StateAsync().ConfigureAwait(false);
            var run = powerShell.Run(
                accounts.Endpoint,
                "Import-Module -Name $module",
                List,
                $"$file = [IO.StreamWriter]::new('{verdicts}'); $accounts | Invoke-CisAssessment -AccountLimit {limit} | ForEach-Object {{ $file.WriteLine(\"$($_.AccountId) $_\") }}; $file.Dispose()");
            var after = await accounts.StateAsync().ConfigureAwait(false);
            var found = await File.ReadAllLinesAsync(verdicts).ConfigureAwait(false);
            if (run.Output[0] != count.ToString(CultureInfo.InvariantCulture) || found.Length != 49 * count)
            {
                throw new InvalidOperationException($"{run.Output[0]} accounts have {found.Length} results.");
            }

            var (cpu, calls) = (after.Cpu - before.Cpu, after.Calls - before.Calls);
            var cost = run.Steps[2];
            // What is necessary: the calls at the limit of concurrent ones, or all processor time by all processors.
            var bound = Math.Max(calls * Latency / 1000d / 128, (cost.Cpu + cpu) / Environment.ProcessorCount);
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"| {count} | {limit} | {cost.Wall:0} s | {cost.Cpu:0} s | {cpu:0} s | {calls:#,0} | {cost.Peak:0} MB{(cost.Peak > MostMemory ? " (goal: 300)" : "")} | {bound:0} s | {cost.Wall / bound:0.0} | {(expected is null ? "" : expected.Zip(found).Count(p => p.First != p.Second).ToString(CultureInfo.InvariantCulture))} |"));
            return expected ?? found;
        }
        finally
        {
            File.Delete(verdicts);
        }
    }

    private void Line(string text)
    {
        output.WriteLine(text);
        output.Flush();
    }
}

/// <summary>Accounts like the demo account, in an organization, that another process serves.</summary>
internal sealed class ServedAccounts : IAsyncDisposable
{
    /// <summary>The option by which this program serves accounts.</summary>
    public const string Option = "--serve";

    private readonly Process _process;

    private ServedAccounts(Process process, Endpoint endpoint) => (_process, Endpoint) = (process, endpoint);

    public Endpoint Endpoint { get; }

    public static async Task<ServedAccounts> StartAsync(int count, int latency)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServedAccounts).Assembly.Location, Option, Text(count), Text(latency)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("The accounts are not served.");
        return new ServedAccounts(process, answer.Split(' ') is [var url, var key, var secret] ? new Endpoint(new Uri(url), key, secret) : throw new InvalidOperationException(answer));
    }

    /// <summary>The requests so far, and the processor time of the process in seconds.</summary>
    public async Task<(int Calls, double Cpu)> StateAsync()
    {
        await _process.StandardInput.WriteLineAsync("count").ConfigureAwait(false);
        var calls = int.Parse((await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false))!, CultureInfo.InvariantCulture);
        _process.Refresh();
        return (calls, _process.TotalProcessorTime.TotalSeconds);
    }

    public async ValueTask DisposeAsync()
    {
        // The end of its input is the end of the process.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
