using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;

namespace CisAws.Testing;

/// <summary>
/// Programs of others that some tests need: moto, the AWS CLI, boto3, Mono. Where one is missing these tests say so and are skipped,
/// unless CISAWS_REQUIRE_EXTERNAL_TOOLS is 1, as it is in continuous integration. Part of every test project.
/// </summary>
internal static class ExternalTools
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string?>>> Known = new();

    /// <summary>Ends a test that cannot do without a program.</summary>
    [DoesNotReturn]
    public static void Missing(string sentence)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CISAWS_REQUIRE_EXTERNAL_TOOLS") == "1", sentence);
        Assert.Fail(sentence);
    }

    /// <summary>Ends a test where a program is missing. Whether it is there is tried once a test process.</summary>
    /// <param name="name">What users call it.</param>
    /// <param name="install">The command that installs it.</param>
    /// <param name="program">The program that shows whether it is there.</param>
    /// <param name="arguments">Arguments with which it ends at once, and with success.</param>
    public static async Task RequireAsync(string name, string install, string program, params string[] arguments)
    {
        if (await Known.GetOrAdd(name, _ => new Lazy<Task<string?>>(() => TryAsync(program, arguments))).Value is { } why)
        {
            Missing($"This test needs {name}, which does not run on this machine: {why} '{install}' installs it.");
        }
    }

    public static Task RequireBoto3Async() => RequireAsync("boto3", "pip install boto3", "python3", "-c", "import boto3");

    private static async Task<string?> TryAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            var tried = await ChildProcess.RunAsync(program, arguments);
            return tried.ExitCode == 0 ? null : $"{program} exits with {tried.ExitCode}. {tried.Error.Trim()}";
        }
        catch (Win32Exception e)
        {
            return e.Message + ".";
        }
    }
}
