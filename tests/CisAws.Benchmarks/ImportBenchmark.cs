using System;
using System.Diagnostics;
using System.IO;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace CisAws.Benchmarks;

/// <summary>
/// What a fresh session pays for the module, with the start of the process and of the engine in it: the difference to the
/// first row is the module's own.
/// </summary>
[Config(typeof(Processes))]
public class ImportBenchmark
{
    private string _host = "";
    private string _import = "";

    [GlobalSetup]
    public void Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "CisAws.sln")))
        {
            root = root.Parent;
        }

        _host = Path.Combine(root.FullName, "tests/CisAws.BareHost/bin/Release/net10.0/CisAws.BareHost.dll");
        _import = $"Import-Module -Name '{Path.Combine(root.FullName, "out/CisAws/CisAws.psd1")}'; ";
    }

    /// <summary>A session without the module; it loads the engine's commands, as the others do.</summary>
    [Benchmark(Baseline = true)]
    public void Nothing() => Run("$null = Get-Command -Name Import-Module");

    [Benchmark]
    public void Import() => Run(_import);

    [Benchmark]
    public void FirstGetCisControl() => Run(_import + "$null = Get-CisControl");

    /// <summary>The SDK is loaded, and finds out that there is no such profile: no network.</summary>
    [Benchmark]
    public void FirstDoor() => Run(_import + "try { Invoke-CisAssessment -ProfileName none -ErrorAction Stop } catch { $null }");

    private void Run(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [_host]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            process.StandardInput.Write(script);
            process.StandardInput.Close();
            process.WaitForExit();
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The script failed, and what was measured is not what it says: {script}");
        }
    }

    // What is measured are processes anyway; a project generated for it would build the module's two editions into one folder.
    private sealed class Processes : ManualConfig
    {
        public Processes() => AddJob(Job.Default
            .WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(10), logOutput: false))
            .WithStrategy(RunStrategy.Monitoring)
            .WithWarmupCount(2)
            .WithIterationCount(20));
    }
}
