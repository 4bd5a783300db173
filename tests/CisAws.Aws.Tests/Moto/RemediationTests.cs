using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;
using CisAws.Testing;

namespace CisAws.Aws.Tests.Moto;

/// <summary>
/// The AWS CLI commands of each control's remediation, run as they are printed: the control fails before and passes after.
/// </summary>
[Collection(nameof(MotoServer))]
public sealed class RemediationTests(MotoServer moto)
{
    private const string Region = "us-east-1";

    /// <summary>
    /// Each row is a state that failing_state.py makes, and the commands that are for it, by their numbers; all where none are
    /// given. Not here: 1.1, 1.12, 1.13 and 1.14, because moto has no root user; 1.4, because moto has no old keys; 1.15 and
    /// 1.17, which a person decides.
    /// </summary>
    private static readonly Row[] Table =
    [
        new("1.2", "user_without_mfa") { Steps = [1, 2, 3] },
        new("1.2", "user_without_mfa") { Steps = [4], After = CisStatus.NotApplicable, Why = "no user has a password" },
        new("1.3", "user_with_key") { DaysLater = 100, After = CisStatus.NotApplicable, Why = "no credential is active" },
        new("1.5", "weak_password_policy") { Steps = [1, 2] },
        new("1.6", "weak_password_policy") { Steps = [1, 2] },
        new("1.7", "weak_password_policy") { Steps = [1, 2] },
        new("1.8", "weak_password_policy") { Steps = [1, 2] },
        new("1.9", "weak_password_policy") { Steps = [1, 2] },
        new("1.10", "weak_password_policy") { Steps = [1, 2] },
        new("1.11", "weak_password_policy") { Steps = [1, 2] },
        new("1.5", "empty") { Steps = [3], Also = ["1.6", "1.7", "1.8", "1.9", "1.10", "1.11"] },
        new("1.16", "user_with_policies") { Check = "aws iam get-group-policy --group-name readers --policy-name own | grep s3:GetObject" },
        new("1.18", "empty"),
        new("1.19", "instance") { Steps = [1, 2, 3, 4, 5], ManagedPolicies = true },
        new("1.19", "instance_with_empty_profile")
        {
            Steps = [1, 2, 3, 4, 6, 7],
            ManagedPolicies = true,
            After = CisStatus.Fail,
            Why = "moto's DescribeInstances keeps the profile that was replaced",
            Check = "aws ec2 describe-iam-instance-profile-associations | grep instance-profile/reader",
        },
        new("1.20", "empty") { ManagedPolicies = true },
        new("1.21", "user_with_key"),
        new("1.22", "administrative_policy") { Steps = [1, 2, 3] },
        new("1.22", "administrative_policy") { Steps = [1, 4, 5, 6, 7, 8, 9], After = CisStatus.NotApplicable, Why = "no policy is left" },
        new("2.1", "single_region_trail") { Steps = [1, 2, 3, 4] },
        new("2.1", "bucket") { Steps = [5, 2] },
        new("2.2", "trail"),
        new("2.3", "trail_to_public_bucket"),
        new("2.3", "trail_to_public_bucket")
        {
            Settings = "{ \"2.3\": { \"PublicAccess\": \"Literal\" } }",
            Edit = (4, "jq '.Statement |= map(select(.Principal != \"*\"))' POLICY.json > edited && mv edited POLICY.json"),
        },
        new("2.4", "trail_without_log_group") { After = CisStatus.Unknown, Why = "moto never delivers events to a log group" },
        new("2.5", "no_recorder")
        {
            Steps = [1, 3, 4, 5, 6, 7, 8, 9],
            After = CisStatus.Unknown,
            Why = "the last status of moto's recorders is always PENDING; and moto adds a suffix to the name of the role that the second command reads",
        },
        new("2.6", "trail_to_unlogged_bucket"),
        new("2.6", "target_with_policy") { Check = "aws s3api get-bucket-policy --bucket access-logs | grep Own" },
        new("2.7", "trail_without_key") { Steps = [2, 3, 4, 5] },
        new("2.8", "key_without_rotation"),
        new("2.9", "default_vpc") { Steps = [1, 3] },
        new("2.9", "default_vpc") { Steps = [2, 3] },
        .. Enumerable.Range(1, 14).Select(n => new Row($"3.{n}", "unwatched_trail")),
        new("4.1", "ssh_open_to_all"),
        new("4.2", "rdp_open_to_all"),
        new("4.3", "default_group_with_rules"),
        new("4.4", "wide_peering_route") { Settings = "{ \"4.4\": { \"EvaluateUnscored\": true } }" },
    ];

    /// <summary>The rows of the normal run: the commands with the most shell in them.</summary>
    private static readonly string[] Few = ["1.5 weak_password_policy", "2.6 target_with_policy", "3.4 unwatched_trail"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Length).Where(n => LongTests.Wanted || Few.Contains(Table[n].ToString()))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_commands_turn_a_failure_into_a_pass(int number)
    {
        var row = Table[number];
        await moto.ResetAsync(Cancel, row.ManagedPolicies);
        await ExternalTools.RequireAsync("jq", "apt install jq", "jq", "--version");
        using var folder = new TemporaryFolder();
        var values = await MakeAsync(row, folder.Path);

        foreach (var control in row.Controls)
        {
            var before = await AssessAsync(control, row, folder.Path);
            Assert.True(before.Status == CisStatus.Fail, $"{row} before: {before.Status}, {before.Reason}");
        }

        await RunAsync(row, values, folder.Path);

        foreach (var control in row.Controls)
        {
            var after = await AssessAsync(control, row, folder.Path);
            Assert.True(after.Status == row.After, $"{row} after: {after.Status}, {after.Reason}");
        }

        if (row.Check is not null)
        {
            await ShellAsync(row.Check, folder.Path);
        }
    }

    /// <summary>Without a user name these commands act on whoever runs them.</summary>
    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/ann", false)]
    [InlineData("arn:aws:sts::123456789012:assumed-role/root/root", false)]
    [InlineData("arn:aws:iam::999999999999:root", false)]
    [InlineData("arn:aws:iam::123456789012:root", true)]
    public async Task Commands_for_the_root_user_run_only_as_the_root_user_of_the_account(string caller, bool run)
    {
        await ExternalTools.RequireAsync("a POSIX shell", "apt install dash", "sh", "-c", "true");
        var values = new Dictionary<string, string> { ["ACCOUNT_ID"] = "123456789012" };
        var commands = CommandsOf("1.12").Concat(CommandsOf("1.13")).Where(c => c.Contains("aws iam delete-", StringComparison.Ordinal) || c.Contains("aws iam list-", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, commands.Count);
        foreach (var command in commands)
        {
            // The shell's functions stand in for the AWS CLI.
            var aws = $"aws() {{ case \"$*\" in *get-caller-identity*) echo {caller} ;; *) echo \"ran: $*\" ;; esac; }}";
            var said = await ChildProcess.RunAsync("sh", ["-c", $"{aws}\n{Filled(command, values)}"]);
            Assert.Equal(run, said.Output.Contains("ran: iam", StringComparison.Ordinal));
        }
    }

    /// <summary>Every control is in the table, or the table says why not.</summary>
    [Fact]
    public void The_table_has_every_control_that_moto_can_show()
    {
        string[] not = ["1.1", "1.4", "1.12", "1.13", "1.14", "1.15", "1.17"];
        Assert.Equal(DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId.ToString()).Except(not), DefaultPrograms.Benchmark.Controls.Select(c => c.ControlId.ToString()).Where(id => Table.Any(r => r.Control == id)));
        Assert.All(Table, r => Assert.Equal(r.After == CisStatus.Pass, r.Why is null));
        Assert.All(Few, f => Assert.Single(Table, r => r.ToString() == f));
    }

    private static IReadOnlyList<string> CommandsOf(string controlId) => DefaultPrograms.Benchmark.Controls.Single(c => c.ControlId.ToString() == controlId).Remediation.Cli;

    private async Task<Dictionary<string, string>> MakeAsync(Row row, string folder)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Moto", "failing_state.py");
        var json = await ShellAsync($"python3 '{script}' {row.State} {moto.Url}", folder);
        return JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
    }

    private async Task RunAsync(Row row, Dictionary<string, string> values, string folder)
    {
        var commands = CommandsOf(row.Control);
        foreach (var step in row.Steps ?? [.. Enumerable.Range(1, commands.Count)])
        {
            if (row.Edit?.Before == step)
            {
                await ShellAsync(row.Edit.Value.Command, folder);
            }

            await ShellAsync(Filled(commands[step - 1], values), folder);
        }
    }

    /// <summary>The command with values for its placeholders; the names of files stay as they are, without brackets.</summary>
    private static string Filled(string command, Dictionary<string, string> values) =>
        Regex.Replace(command, "<([A-Z0-9_]+)>", m => values.GetValueOrDefault(m.Groups[1].Value, m.Groups[1].Value));

    private Task<string> ShellAsync(string command, string folder) => moto.ShellAsync("-ec", $"cd '{folder}'\n{command}");

    private async Task<CisResult> AssessAsync(string controlId, Row row, string folder)
    {
        var control = ProgramOf(row, folder).Controls.Single(c => c.ControlId.ToString() == controlId);
        return (await Assessed.AtAsync(moto.Url, DateTimeOffset.UtcNow.AddDays(row.DaysLater), Cancel, controls: [control], regions: [Region]))[controlId];
    }

    private static CisProgram ProgramOf(Row row, string folder)
    {
        if (row.Settings is null)
        {
            return DefaultPrograms.Benchmark;
        }

        var file = Path.Combine(folder, "program.json");
        File.WriteAllText(file, $"{{ \"schemaVersion\": 1, \"name\": \"program\", \"basedOn\": \"cis-aws-1.2.0\", \"settings\": {row.Settings} }}");
        return new ProgramStore([folder]).GetFile(file);
    }

    /// <param name="Control">The control.</param>
    /// <param name="State">The state to begin with.</param>
    private sealed record Row(string Control, string State)
    {
        /// <summary>The numbers of the commands to run, in this order; null for all.</summary>
        public int[]? Steps { get; init; }

        /// <summary>What the reader of the remediation does before a step.</summary>
        public (int Before, string Command)? Edit { get; init; }

        public CisStatus After { get; init; } = CisStatus.Pass;

        /// <summary>Why it is not Pass.</summary>
        public string? Why { get; init; }

        /// <summary>Other controls that the commands are for.</summary>
        public string[] Also { get; init; } = [];

        public IEnumerable<string> Controls => [Control, .. Also];

        /// <summary>The clock of the assessments: moto makes nothing that is old.</summary>
        public int DaysLater { get; init; }

        /// <summary>Settings of the program to assess by.</summary>
        public string? Settings { get; init; }

        /// <summary>Whether a command names a policy that AWS manages.</summary>
        public bool ManagedPolicies { get; init; }

        /// <summary>A command that succeeds if something else is right, too.</summary>
        public string? Check { get; init; }

        public override string ToString() => $"{Control} {State}";
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("cisaws-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
