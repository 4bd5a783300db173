using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;

namespace CisAws.Testing;

/// <summary>
/// The environment of the tests, and of the processes they start: nothing of the machine's AWS settings, proxies and programs is
/// seen. It is cleaned once, when a test assembly is loaded, since the AWS SDK reads some variables only once.
/// Part of every test project.
/// </summary>
internal static class TestEnvironment
{
    private static readonly string[] Foreign = ["AWS_", "MOTO_", "CISAWS_PROGRAM_PATH", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "PSModulePath"];

    /// <summary>A path where nothing is.</summary>
    public static string Nowhere { get; } = Path.Combine(AppContext.BaseDirectory, "nothing-is-here");

    [ModuleInitializer]
    internal static void Clean()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().ToList())
        {
            if (Foreign.Any(f => name.StartsWith(f, StringComparison.OrdinalIgnoreCase)))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Nowhere);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Nowhere);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("CISAWS_PROGRAM_PATH", Nowhere);
        // Build servers outlive the command that started them, and hold its output open.
        Environment.SetEnvironmentVariable("MSBUILDDISABLENODEREUSE", "1");
        Environment.SetEnvironmentVariable("PYTHONDONTWRITEBYTECODE", "1");
        // As in Directory.Build.props, for what tests start.
        Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
    }
}

/// <summary>
/// Environment variables that a test sets, for itself or what it starts; put back in the end. The environment belongs to the
/// process: a class that uses this is in <c>[Collection(nameof(Environment))]</c>.
/// </summary>
internal sealed class EnvironmentVariables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    /// <summary>Sets a variable; null removes it.</summary>
    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}

/// <summary>
/// For tests that change what belongs to the process: environment variables, the current folder, the console, default cultures.
/// No other test of the assembly runs beside them.
/// </summary>
[CollectionDefinition(nameof(Environment), DisableParallelization = true)]
public sealed class EnvironmentCollection;
