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

    public static Task<ChildOutput> RunAsync(IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        ChildProcess.RunAsync("dotnet", [Shell, .. arguments], environment: Wide(environment));

    /// <summary>Runs the Shell on a terminal that script(1) makes, and gives what is seen there.</summary>
    public static async Task<string> RunOnTerminalAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var words = string.Join(' ', arguments.Prepend(Shell).Select(w => $"'{w}'"));
        string[] script = ["--quiet", "--return", "--command", "dotnet " + words, "/dev/null"];
        return (await ChildProcess.RunAsync("/usr/bin/script", script, environment: Wide(environment))).Output;
    }

    private static Dictionary<string, string?> Wide(IReadOnlyDictionary<string, string?>? environment) => new(environment ?? new Dictionary<string, string?>())
    {
        ["COLUMNS"] = "100",
    };
}
