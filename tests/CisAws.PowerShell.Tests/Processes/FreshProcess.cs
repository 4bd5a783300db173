using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace CisAws.PowerShell.Tests.Processes;

/// <summary>Runs a program in a process of its own, without the AWS settings of whoever runs the tests.</summary>
internal static class FreshProcess
{
    /// <summary>Runs a program to its end. A variable that is null is taken out of the environment.</summary>
    public static async Task<ProcessOutput> RunAsync(
        string program, IReadOnlyList<string> arguments, string input = "", IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
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
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ProcessOutput(process.ExitCode, (await output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), await error);
    }
}

/// <summary>What a process wrote, and how it ended.</summary>
internal sealed record ProcessOutput(int ExitCode, IReadOnlyList<string> Lines, string Error);
