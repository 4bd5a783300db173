using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Emulator.Tests.Witness;

/// <summary>Runs the scripts that speak to the emulator through AWS's own clients.</summary>
internal static class WitnessProcess
{
    /// <summary>Runs a script and gives what it printed. Where Python or a client is missing the test is skipped, or fails when CISAWS_REQUIRE_WITNESSES=1.</summary>
    public static async Task<string> RunAsync(EmulatorServer server, string script, params string[] arguments)
    {
        await RequireAsync(arguments[0]);
        var python = Start("python3", [Path.Combine(AppContext.BaseDirectory, "Witness", script), .. arguments]);
        python.Environment["AWS_ACCESS_KEY_ID"] = server.AccessKey;
        python.Environment["AWS_SECRET_ACCESS_KEY"] = server.SecretKey;
        python.Environment.Remove("AWS_SESSION_TOKEN");
        python.Environment.Remove("AWS_PROFILE");
        python.Environment.Remove("AWS_ENDPOINT_URL");
        // Neither the machine's own settings nor its proxy have a say.
        python.Environment["AWS_CONFIG_FILE"] = python.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent";
        python.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        python.Environment["NO_PROXY"] = python.Environment["no_proxy"] = "127.0.0.1";
        python.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        var (exitCode, output, error) = await FinishAsync(python);
        Assert.True(exitCode == 0, $"{script} {string.Join(' ', arguments)} failed:\n{error}");
        return output;
    }

    private static async Task RequireAsync(string client)
    {
        var probe = client == "cli" ? Start("aws", ["--version"]) : Start("python3", ["-c", "import boto3"]);
        var missing = await MissingAsync(probe) ?? (client == "cli" ? await MissingAsync(Start("python3", ["--version"])) : null);
        if (missing is null)
        {
            return;
        }

        Witnesses.Missing($"This test lets {(client == "cli" ? "the AWS CLI" : "boto3")} read from the emulator, which this machine does not have: {missing}");
    }

    private static async Task<string?> MissingAsync(ProcessStartInfo probe)
    {
        try
        {
            var (exitCode, _, error) = await FinishAsync(probe);
            return exitCode == 0 ? null : error.Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }

    private static ProcessStartInfo Start(string program, string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static async Task<(int ExitCode, string Output, string Error)> FinishAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
