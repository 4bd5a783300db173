using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace CisAws.Shell.Tests;

/// <summary>Runs the Shell as a process of its own, as a user does.</summary>
internal static class ShellProcess
{
    private static readonly string Shell = Path.Combine(AppContext.BaseDirectory, "CisAws.Shell.dll");

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        RunAsync("dotnet", [Shell, .. arguments], environment);

    /// <summary>Runs the Shell on a terminal that script(1) makes, and gives what is seen there.</summary>
    public static async Task<string> RunOnTerminalAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var words = string.Join(' ', arguments.Prepend(Shell).Select(w => $"'{w}'"));
        return (await RunAsync("/usr/bin/script", ["--quiet", "--return", "--command", "dotnet " + words, "/dev/null"], environment)).Output;
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        // A terminal's input would be the test's own.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["COLUMNS"] = "100";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
