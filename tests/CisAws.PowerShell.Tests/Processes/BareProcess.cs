using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Shell;

namespace CisAws.PowerShell.Tests.Processes;

/// <summary>Runs scripts in fresh processes that hold PowerShell's engine and nothing of CisAws.</summary>
internal static class BareProcess
{
    // Beside the tests' own folder: in it lie assemblies of CisAws, which the process would find before the module's.
    private static readonly string Host = Path.Combine(
        AppContext.BaseDirectory.Replace("CisAws.PowerShell.Tests", "CisAws.BareHost", StringComparison.Ordinal), "CisAws.BareHost.dll");

    /// <summary>Runs a script and gives what it wrote. A variable that is null is taken out of the environment.</summary>
    public static async Task<BareOutput> RunAsync(string script, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Host]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new BareOutput(process.ExitCode, (await output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), await error);
    }

    /// <summary>Runs a script and gives its lines; an error fails the test.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(string script, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var said = await RunAsync(script, environment);
        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        return said.Lines;
    }

    /// <summary>The line that imports the module.</summary>
    public static string Import(string? folder = null) => $"Import-Module -Name {Quoted(Path.Combine(folder ?? ModuleLocation.Find(), "CisAws.psd1"))}";

    /// <summary>The line that makes <c>@account</c>, which an emulator serves.</summary>
    public static string Account(EmulatorServer server) =>
        $"$account = @{{ EndpointUrl = '{server.Url}'; AccessKey = '{server.AccessKey}'; SecretKey = '{server.SecretKey}'; WarningAction = 'SilentlyContinue' }}";

    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>What a process wrote, and how it ended.</summary>
internal sealed record BareOutput(int ExitCode, IReadOnlyList<string> Lines, string Error);
