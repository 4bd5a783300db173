using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Core.Tests.Catalog;

/// <summary>
/// The AWS CLI bears witness to the remediation's commands. Where python3 cannot import it the tests are skipped, unless
/// CISAWS_REQUIRE_WITNESSES is 1.
/// </summary>
public sealed class AwsCommandTests
{
    private const int NotImportable = 3;

    [Fact]
    public async Task Every_command_names_a_real_operation_and_real_options()
    {
        var commands = ControlCatalog.All.SelectMany(c => c.Remediation.Cli).ToArray();
        Assert.Empty(await ProblemsAsync(commands));
    }

    [Fact]
    public async Task Wrong_commands_are_found()
    {
        (string Command, string Problem)[] wrong =
        [
            ("aws ian list-users", "has no service 'ian'"),
            ("aws iam list-people", "has no operation 'list-people'"),
            ("aws iam list-people | jq .", "has no operation 'list-people'"),
            ("aws iam list-access-keys --user <USER_NAME>", "has no option --user"),
            ("aws iam detach-user-policy --user-name <USER_NAME>", "needs --policy-arn"),
            ("# Only a comment and\nrm -rf <FOLDER>", "is not 'aws <service> <operation>'"),
        ];
        var problems = await ProblemsAsync([.. wrong.Select(w => w.Command)]);
        Assert.Equal(wrong.Length, problems.Length);
        Assert.All(wrong.Zip(problems), w => Assert.Contains(w.First.Problem, w.Second));
    }

    private static async Task<string[]> ProblemsAsync(params string[] commands)
    {
        using var python = Start(Path.Combine(AppContext.BaseDirectory, "Catalog", "aws_commands.py"));
        if (python is null)
        {
            Missing("python3 is not on PATH");
            return [];
        }

        var cancellation = TestContext.Current.CancellationToken;
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(commands).AsMemory(), cancellation);
        python.StandardInput.Close();
        var output = python.StandardOutput.ReadToEndAsync(cancellation);
        var error = python.StandardError.ReadToEndAsync(cancellation);
        await python.WaitForExitAsync(cancellation);
        if (python.ExitCode == NotImportable)
        {
            Missing((await error).Trim());
        }

        Assert.True(python.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<string[]>(await output)!;
    }

    private static Process? Start(string script)
    {
        var start = new ProcessStartInfo("python3", [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void Missing(string why) => Witnesses.Missing($"The AWS CLI cannot be asked: {why}. 'pip install awscli' brings it.");
}
