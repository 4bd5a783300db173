using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Shell.Tests;

/// <summary>Runs the Shell as a process of its own, as a user does.</summary>
internal static class ShellProcess
{
    private static readonly string Shell = Path.Combine(AppContext.BaseDirectory, "CisAws.Shell.dll");

    public static Task<ChildOutput> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    public static Task<ChildOutput> RunAsync(IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        ChildProcess.RunAsync("dotnet", [Shell, .. arguments], environment: environment);

    public static Task<ChildOutput> ReadAsync(string input, params string[] arguments) => ChildProcess.RunAsync("dotnet", [Shell, .. arguments], input);

    /// <summary>Runs commands one after another in one process with the demo account, which costs most of a run's time, and returns what each has written.</summary>
    public static async Task<IReadOnlyList<string>> RunInDemoAsync(IReadOnlyDictionary<string, string?>? environment, params IReadOnlyCollection<string> commands)
    {
        // Each is formatted on its own, as at a prompt.
        const string End = "-- the end of a command --";
        var said = await RunAsync(environment, "-Demo", "-Command", string.Concat(commands.Select(c => $". {{\n{c}\n}} | Out-Default\n'{End}'\n")));
        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        var outputs = said.Output.Split(End);
        Assert.Equal(commands.Count + 1, outputs.Length);
        return outputs[..^1];
    }

    /// <summary>
    /// Starts the Shell, so that it can be interrupted. What a script starts in the background ignores interrupts, and so does all that this starts: env(1)
    /// undoes that.
    /// </summary>
    public static ChildProcess Start(params string[] arguments) => IgnoresInterrupts
        ? ChildProcess.Start("env", ["--default-signal=INT", "dotnet", Shell, .. arguments])
        : ChildProcess.Start("dotnet", [Shell, .. arguments]);

    private static bool IgnoresInterrupts
    {
        get
        {
            const string Ignored = "SigIgn:";
            const ulong Interrupt = 1 << (2 - 1);
            return OperatingSystem.IsLinux()
                && (Convert.ToUInt64(File.ReadLines("/proc/self/status").First(l => l.StartsWith(Ignored, StringComparison.Ordinal))[Ignored.Length..].Trim(), 16) & Interrupt) != 0;
        }
    }

    /// <summary>Runs the Shell on a terminal, which script(1) creates, and returns what the terminal shows.</summary>
    public static async Task<string> RunOnTerminalAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        // Elsewhere script(1) takes other options.
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/script"))
        {
            ExternalTools.Missing("This test creates a terminal with script(1) of util-linux, which is not installed.");
        }

        var words = string.Join(' ', arguments.Prepend(Shell).Select(w => $"'{w}'"));
        // Without a keyboard, nobody waits for the position of the cursor, which this terminal does not report.
        string[] script = ["--quiet", "--return", "--command", $"dotnet {words} </dev/null", "/dev/null"];
        return (await ChildProcess.RunAsync("/usr/bin/script", script, environment: environment)).Output;
    }
}
