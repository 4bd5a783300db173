using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Emulator.Tests.AwsClients;

/// <summary>Runs the scripts that speak to the emulator through AWS's own clients.</summary>
internal static class AwsClientProcess
{
    /// <summary>Runs a script and gives what it printed. Where Python or a client is missing the test is skipped, or fails when CISAWS_REQUIRE_EXTERNAL_TOOLS=1.</summary>
    public static async Task<string> RunAsync(EmulatorServer server, string script, params string[] arguments)
    {
        var said = await AwsCli.RunAsync(
            "python3",
            [Path.Combine(AppContext.BaseDirectory, "AwsClients", script), .. arguments],
            new Dictionary<string, string?> { ["AWS_ACCESS_KEY_ID"] = server.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = server.SecretKey });
        Assert.True(said.ExitCode == 0, $"{script} {string.Join(' ', arguments)} failed:\n{said.Error}");
        return said.Output;
    }
}
