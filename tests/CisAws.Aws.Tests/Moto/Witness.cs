using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Moto;

/// <summary>Runs moto_server, the AWS CLI and boto3; see <see cref="Witnesses"/>.</summary>
internal static class Witness
{
    /// <summary>Ends a test that cannot do without a program.</summary>
    public static void Missing(string program, string why) =>
        Witnesses.Missing($"{program} is not there ({why}); 'pip install moto[server] boto3 awscli' brings it.");

    /// <summary>Starts a program with this machine's AWS settings out of its sight; null when there is no such program.</summary>
    public static Process? Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        var nowhere = Path.Combine(AppContext.BaseDirectory, "no-aws-settings-here");
        (string, string)[] ours = [("AWS_CONFIG_FILE", nowhere), ("AWS_SHARED_CREDENTIALS_FILE", nowhere), ("PYTHONDONTWRITEBYTECODE", "1")];
        foreach (var (name, value) in ours.Concat(environment))
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a program to its end and gives what it printed; anything but success fails the test.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken, params (string Name, string Value)[] environment)
    {
        using var process = Start(program, arguments, environment);
        if (process is null)
        {
            Missing(program, "not on PATH");
        }

        var output = process!.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (errors.Contains("ModuleNotFoundError", StringComparison.Ordinal))
        {
            Missing("boto3", "not installed");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed with {process.ExitCode}: {errors}");
        return await output;
    }
}
