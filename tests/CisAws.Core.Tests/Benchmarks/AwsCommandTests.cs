using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Core.Tests.Rules;
using CisAws.Programs;
using CisAws.Testing;

namespace CisAws.Core.Tests.Benchmarks;

/// <summary>
/// The AWS CLI parses the remediation's commands. Where python3 cannot import it the tests are skipped, unless
/// CISAWS_REQUIRE_EXTERNAL_TOOLS is 1.
/// </summary>
public sealed class AwsCommandTests
{
    [Fact]
    public async Task Every_command_names_a_real_operation_and_real_options()
    {
        var commands = EveryRule.Controls.SelectMany(c => c.Remediation.Cli).ToArray();
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
            ("# Only a comment and\ncurl <URL>", "is not 'aws <service> <operation>'"),
            ("aws iam list-users --output text | grep x && aws iam delete-people", "has no operation 'delete-people'"),
            ("for p in $(aws iam list-people --output text); do aws iam list-users; done", "has no operation 'list-people'"),
            ("eval \"$(aws iam list-users | jq -r '\"\\(.Users)\"')\" || { cat <FILE>.err; aws s3api put-acl > <FILE>.json; }", "has no operation 'put-acl'"),
        ];
        var problems = await ProblemsAsync([.. wrong.Select(w => w.Command)]);
        Assert.Equal(wrong.Length, problems.Length);
        Assert.All(wrong.Zip(problems), w => Assert.Contains(w.First.Problem, w.Second));
    }

    private static async Task<string[]> ProblemsAsync(params string[] commands)
    {
        await ExternalTools.RequireAsync("the AWS CLI as a library", "pip install awscli", "python3", "-c", "import awscli");
        var said = await ChildProcess.RunAsync("python3", [Path.Combine(AppContext.BaseDirectory, "Benchmarks", "aws_commands.py")], JsonSerializer.Serialize(commands));
        Assert.True(said.ExitCode == 0, said.Error);
        return JsonSerializer.Deserialize<string[]>(said.Output)!;
    }
}
