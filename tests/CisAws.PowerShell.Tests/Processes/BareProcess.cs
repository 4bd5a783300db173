using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Emulator;
using CisAws.Shell;
using CisAws.Testing;

namespace CisAws.PowerShell.Tests.Processes;

/// <summary>Runs scripts in fresh processes that hold PowerShell's engine and nothing of CisAws.</summary>
internal static class BareProcess
{
    // Beside the tests' own folder: in it lie assemblies of CisAws, which the process would find before the module's.
    private static readonly string Host = Path.Combine(
        AppContext.BaseDirectory.Replace("CisAws.PowerShell.Tests", "CisAws.BareHost", StringComparison.Ordinal), "CisAws.BareHost.dll");

    // Tests that run at the same time set them in this process.
    private static readonly string[] OfOtherTests =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE", "CISAWS_PROGRAM_PATH",
        "PSModulePath",
    ];

    /// <summary>Runs a script and gives what it wrote. A variable that is null is taken out of the environment.</summary>
    public static Task<ChildOutput> RunAsync(string script, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var variables = OfOtherTests.ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            variables[name] = value;
        }

        return ChildProcess.RunAsync("dotnet", [Host], script, variables);
    }

    /// <summary>Runs a script and gives its lines; an error fails the test.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(string script, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var run = await RunAsync(script, environment);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Lines;
    }

    /// <summary>The line that imports the module.</summary>
    public static string Import(string? folder = null) => $"Import-Module -Name {Quoted(Path.Combine(folder ?? ModuleLocation.Find(), "CisAws.psd1"))}";

    /// <summary>The line that makes <c>@account</c>, which an emulator serves.</summary>
    public static string Account(EmulatorServer server) =>
        $"$account = @{{ EndpointUrl = '{server.Url}'; AccessKey = '{server.AccessKey}'; SecretKey = '{server.SecretKey}'; WarningAction = 'SilentlyContinue' }}";

    public static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
