using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using CisAws.Emulator;

namespace CisAws.Performance;

/// <summary>What a step of a script took.</summary>
/// <param name="Cpu">Processor time of all threads, in seconds.</param>
/// <param name="Wall">Seconds.</param>
/// <param name="Peak">The greatest working set of the process so far, in MB.</param>
/// <param name="Allocated">What was allocated, in MB.</param>
internal sealed record Cost(double Cpu, double Wall, double Peak, double Allocated);

/// <summary>A run of a script.</summary>
/// <param name="Start">What the start of PowerShell took.</param>
/// <param name="Steps">What each step took.</param>
/// <param name="Output">The lines that the steps wrote.</param>
internal sealed record HostRun(Cost Start, IReadOnlyList<Cost> Steps, IReadOnlyList<string> Output);

/// <summary>Where accounts are served, and the credentials of the first one.</summary>
internal sealed record Endpoint(Uri Url, string AccessKey, string SecretKey);

/// <summary>PowerShell as the repository's .NET tool: a fresh process for each script.</summary>
internal sealed class PowerShellHost
{
    /// <summary>The state of the process, as a line of numbers: processor time, time, greatest working set, allocations.</summary>
    private const string Mark =
        "& { $p = [Diagnostics.Process]::GetCurrentProcess(); $n = $p.TotalProcessorTime.TotalSeconds, " +
        "([Diagnostics.Stopwatch]::GetTimestamp() / [Diagnostics.Stopwatch]::Frequency), ($p.PeakWorkingSet64 / 1MB), ([GC]::GetTotalAllocatedBytes() / 1MB); " +
        "'#' + [string]::Join(' ', $n.ForEach({ $_.ToString('r', [cultureinfo]::InvariantCulture) })) }";

    private readonly string _pwsh;
    private readonly string _manifest;

    /// <param name="root">The folder of the repository.</param>
    /// <exception cref="DirectoryNotFoundException">The tool is not there: <c>dotnet tool restore</c> fetches it.</exception>
    public PowerShellHost(string root)
    {
        using var tools = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, ".config/dotnet-tools.json")));
        var version = tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        var platform = OperatingSystem.IsWindows() ? "win" : "unix";
        _pwsh = Directory.EnumerateFiles(Path.Combine(packages, "powershell", version, "tools"), "pwsh.dll", SearchOption.AllDirectories)
            .First(f => Path.GetFileName(Path.GetDirectoryName(f)) == platform);
        _manifest = Path.Combine(root, "out/CisAws/CisAws.psd1");
    }

    /// <summary>Runs steps one after the other in one process.</summary>
    /// <param name="endpoint">Serves the account; null for none.</param>
    /// <param name="steps">The steps; <c>$module</c> is the module's manifest.</param>
    /// <exception cref="InvalidOperationException">A step failed, so that what was measured is not what it says.</exception>
    public HostRun Run(EmulatorServer? endpoint, params string[] steps) =>
        Run(endpoint is null ? null : new Endpoint(endpoint.Url, endpoint.AccessKey, endpoint.SecretKey), steps);

    /// <inheritdoc cref="Run(EmulatorServer?, string[])"/>
    public HostRun Run(Endpoint? endpoint, params string[] steps)
    {
        var script = $"$ErrorActionPreference = 'Stop'; $WarningPreference = 'Ignore'; $module = '{_manifest}'; {Mark}; " + string.Concat(steps.Select(s => $"{s}; {Mark}; "));
        var start = new ProcessStartInfo("dotnet", [_pwsh, "-NoProfile", "-NonInteractive", "-Command", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (endpoint is not null)
        {
            start.Environment["AWS_ENDPOINT_URL"] = endpoint.Url.ToString();
            start.Environment["AWS_ACCESS_KEY_ID"] = endpoint.AccessKey;
            start.Environment["AWS_SECRET_ACCESS_KEY"] = endpoint.SecretKey;
            start.Environment["AWS_REGION"] = "us-east-1";
        }

        var began = Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var marks = lines.Where(l => l.StartsWith('#')).Select(l => Array.ConvertAll(l[1..].Split(' '), n => double.Parse(n, CultureInfo.InvariantCulture))).ToList();
        if (process.ExitCode != 0 || marks.Count != steps.Length + 1)
        {
            throw new InvalidOperationException($"A step failed: {script}{Environment.NewLine}{output}{errors.GetAwaiter().GetResult()}");
        }

        return new HostRun(
            Between([0, began, 0, 0], marks[0]), [.. marks.Skip(1).Select((m, i) => Between(marks[i], m))], [.. lines.Where(l => !l.StartsWith('#'))]);
    }

    private static Cost Between(double[] before, double[] after) =>
        new(after[0] - before[0], after[1] - before[1], after[2], after[3] - before[3]);
}
