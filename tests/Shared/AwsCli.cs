using System;
using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace CisAws.Testing;

/// <summary>
/// The AWS CLI and boto3 for tests that run many commands: <c>aws</c> and <c>python3</c> are taken from a process that has loaded
/// them (aws_cli.py), one a test process. The commands stay as they are. Part of every test project.
/// </summary>
internal static class AwsCli
{
    private static readonly Lazy<Task<string>> Folder = new(StartAsync);

    /// <summary>Runs python3 with a script, or a shell. Where the AWS CLI is missing the test is skipped, or fails.</summary>
    /// <inheritdoc cref="ChildProcess.RunAsync"/>
    public static async Task<ChildOutput> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await ExternalTools.RequireAsync("a POSIX shell", "apt install dash", "sh", "-c", "true");
        await ExternalTools.RequireAsync("the AWS CLI as a library, and boto3", "pip install awscli boto3", "python3", "-c", "import awscli, boto3");
        var folder = await Folder.Value;
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
        };
        return await ChildProcess.RunAsync(program == "python3" ? Path.Combine(folder, program) : program, arguments, environment: variables);
    }

    private static async Task<string> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aws-").FullName;
        var (server, _) = await ChildProcess.StartServerAsync("python3", [Path.Combine(AppContext.BaseDirectory, "aws_cli.py"), folder], new Regex("loaded"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill();
            Directory.Delete(folder, recursive: true);
        };
        return folder;
    }
}
