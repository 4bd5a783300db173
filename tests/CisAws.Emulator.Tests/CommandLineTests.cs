using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Emulator.Faults;
using CisAws.Testing;

namespace CisAws.Emulator.Tests;

/// <summary>The emulator as a program.</summary>
[Trait("Risk", "Timing")]
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", 2, "Specify an evidence file.")]
    [InlineData("a.json --port", 2, "--port")]
    [InlineData("a.json --port 70000", 2, "--port requires a whole number from 0 to 65535, not '70000'.")]
    [InlineData("a.json --latency -1", 2, "--latency requires a whole number")]
    [InlineData("a.json --rate 0", 2, "--rate requires a whole number from 1 to 10000, not '0'.")]
    [InlineData("a.json --page-size 0", 2, "--page-size requires a whole number from 1")]
    [InlineData("a.json --pages 2", 2, "There is no option --pages. The options are --help, --version, --organization, --port, ")]
    [InlineData("a.json --deny ec2:DescribVpcs", 2, "--deny: 'ec2:DescribVpcs' matches no action that the emulator serves. It serves ec2:DescribeFlowLogs, ")]
    [InlineData("a.json --scp-deny lambda:*", 2, "--scp-deny: 'lambda:*' matches no action that the emulator serves. It serves access-analyzer:*, account:*, ")]
    [InlineData("a.json --deny kms:*,times=x", 2, "'times=x' is not valid here. Expected after=n or times=n")]
    [InlineData("a.json --deny kms:*,often=1", 2, "'often=1' is not valid here.")]
    [InlineData("a.json --fault Slow=kms:*", 2, "--fault: There is no effect 'Slow'. The effects are AccessDenied, ")]
    [InlineData("a.json --fault 3=kms:*", 2, "There is no effect '3'.")]
    [InlineData("a.json --fault Reset", 2, "The action is missing after 'Reset': Reset=kms:*")]
    [InlineData("no-such-file.json", 1, "no-such-file.json")]
    public async Task A_command_line_that_is_not_valid_is_explained(string arguments, int exitCode, string explanation) =>
        await AssertFailsAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), exitCode, explanation);

    [Fact]
    public void Options_set_how_the_server_behaves()
    {
        var options = CommandLine.OptionsOf(CommandLine.Parse(
        [
            "a.json", "--deny", "ec2:Describe*@eu-west-1", "b.json", "--port", "5000", "--latency", "50", "--rate", "20", "--page-size", "2", "--no-signature",
            "--scp-deny", "config:*,times=2", "--fault", "Throttled=kms:*@us-east-1,after=1,times=3", "--fault", "hang=s3:ListBucket", "--deny", "*",
        ]));
        Assert.Equal(new EmulatorOptions { Port = 5000, Latency = TimeSpan.FromMilliseconds(50), Rate = 20, PageSize = 2, RequireSignature = false, Faults = options.Faults }, options);
        Assert.Equal(
            [
                new Fault(FaultEffect.Throttled, "kms:*") { Region = "us-east-1", After = 1, Times = 3 },
                new Fault(FaultEffect.Hang, "s3:ListBucket"),
                new Fault(FaultEffect.ScpDenied, "config:*") { Times = 2 },
                Fault.Deny("ec2:Describe*", "eu-west-1"),
                Fault.Deny("*"),
            ],
            options.Faults);
    }

    [Fact]
    public void Without_options_the_server_behaves_as_AWS_does() =>
        Assert.Equal(new EmulatorOptions(), CommandLine.OptionsOf(CommandLine.Parse(["a.json"])) with { Faults = new EmulatorOptions().Faults });

    [Fact]
    public async Task The_help_describes_all_options_and_effects()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["--help"], output, TextWriter.Null));
        var help = output.ToString();
        Assert.All(CommandLine.Parse([]).RootCommandResult.Command.Options, o => Assert.Contains($"{o.Name} ", help, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<FaultEffect>(), e => Assert.Matches($"\n  {e} +[a-z]", help));
        // The examples are valid.
        var examples = Regex.Matches(help, "dotnet run --project src/CisAws.Emulator -- (.*)");
        Assert.NotEmpty(examples);
        Assert.All(examples, e => Assert.Empty(CommandLine.Parse(e.Groups[1].Value.Replace("'", "", StringComparison.Ordinal).Split(' ')).Errors));
    }

    [Fact]
    public async Task A_region_that_is_not_in_the_evidence_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, TestAccount.Create().ToJson(), TestContext.Current.CancellationToken);
            await AssertFailsAsync([file, "--deny", "ec2:*@eu-wst-1"], 2, "There is no region 'eu-wst-1' in the evidence. The regions are us-east-1, eu-west-1, me-south-1.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Two accounts, started and used as the program says.</summary>
    [Fact]
    public async Task What_it_prints_lets_the_AWS_CLI_assume_a_role_of_another_account()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It prints commands of PowerShell there.");
        var folder = Directory.CreateTempSubdirectory("emulator ");
        try
        {
            var files = new[] { Path.Combine(folder.FullName, "first.json"), Path.Combine(folder.FullName, "second.json") };
            await File.WriteAllTextAsync(files[0], TestAccount.Create().ToJson(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                files[1], TestAccount.Create("222233334444").WithRole("Auditor", externalId: "a b").ToJson(), TestContext.Current.CancellationToken);
            var (server, printed) = await ChildProcess.StartServerAsync(
                "dotnet",
                [Path.Combine(AppContext.BaseDirectory, "CisAws.Emulator.dll"), .. files, "--latency", "1", "--deny", "iam:GetAccountSummary"],
                new Regex("(?s).*Auditor.*\n"));
            await using (server)
            {
                Assert.Contains("#   any role of account 111122223333", printed.Value, StringComparison.Ordinal);
                Assert.Contains("#   arn:aws:iam::222233334444:role/Auditor, external ID a b\n", printed.Value, StringComparison.Ordinal);
                var said = await AwsCli.RunAsync("sh", ["-c", printed.Value +
                    """
                    set -e
                    aws sts get-caller-identity --query Account --output text
                    aws sts assume-role --role-arn arn:aws:iam::222233334444:role/Auditor --role-session-name test 2>&1 | grep -o AccessDenied
                    set -- $(aws sts assume-role --role-arn arn:aws:iam::222233334444:role/Auditor --role-session-name test --external-id 'a b' \
                        --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)
                    export AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=$3
                    aws sts get-caller-identity --query Arn --output text
                    aws iam get-account-summary 2>&1 | grep -o AccessDenied
                    """]);
                Assert.Equal("", said.Error);
                Assert.Equal(["111122223333", "AccessDenied", "arn:aws:sts::222233334444:assumed-role/Auditor/test", "AccessDenied"], said.Lines);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    public async Task A_file_that_is_no_evidence_is_named(string content)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
            await AssertFailsAsync([file], 1, content == "{}" ? $"{file}: The evidence file" : $"{file}: The file is not");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("cisaws-evidence/1", "127.0.0.1:{0}")]
    [InlineData("cisaws-evidence/1.1", "This version reads cisaws-evidence/1 and ignores ticket.")]
    public async Task A_port_that_is_taken_is_named_and_so_is_what_is_ignored_in_a_newer_file(string schema, string explanation)
    {
        await using var other = await EmulatorServer.StartAsync(TestAccount.Create(), ct: TestContext.Current.CancellationToken);
        var file = Path.GetTempFileName();
        try
        {
            var json = TestAccount.Create().ToJson();
            await File.WriteAllTextAsync(
                file,
                schema == "cisaws-evidence/1" ? json : json.Replace("\"cisaws-evidence/1\",", $"\"{schema}\", \"ticket\": 1,", StringComparison.Ordinal),
                TestContext.Current.CancellationToken);
            await AssertFailsAsync(
                [file, "--port", other.Url.Port.ToString(CultureInfo.InvariantCulture)], 1,
                explanation.Replace("{0}", other.Url.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task AssertFailsAsync(string[] arguments, int exitCode, string explanation)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(exitCode, await CommandLine.RunAsync(arguments, output, error));
        Assert.Contains(explanation, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }
}
