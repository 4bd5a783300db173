using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using CisAws.Testing;

namespace CisAws.Core.Tests.Testing;

/// <summary>What tests rely on when they run a program: it sees a clean environment, and nothing of it is left.</summary>
[Trait("Risk", "Timing")]
[Collection(nameof(Environment))]
public sealed class ChildProcessTests
{
    /// <summary>More than a pipe holds, so that whoever writes it waits for a reader.</summary>
    private const int Much = 200_000;

    [Fact]
    public async Task Output_errors_and_exit_code_are_captured()
    {
        var ended = await ShellAsync("read line; echo \"got $line\"; echo; echo problem >&2; exit 3", input: "hello\n");
        Assert.Equal((3, "got hello", "problem"), (ended.ExitCode, Assert.Single(ended.Lines), ended.Error.Trim()));
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_is_no_error() => Assert.Equal(0, (await ShellAsync("exit 0", input: new string('x', Much))).ExitCode);

    [Fact]
    public async Task Much_output_on_both_streams_does_not_block()
    {
        var ended = await ShellAsync($"head -c {Much} /dev/zero | tr '\\0' e >&2; head -c {Much} /dev/zero | tr '\\0' o");
        Assert.Equal((Much, Much), (ended.Output.Length, ended.Error.Length));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_an_error() =>
        await Assert.ThrowsAsync<Win32Exception>(() => ChildProcess.RunAsync("no-such-program", []));

    /// <summary>The programs ignore the end of their input and the polite signals. Their output ends when no one is left to write it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_that_hangs_is_killed_with_all_that_it_started(bool server)
    {
        await RequireShellAsync();
        const string Hang = "trap '' TERM INT HUP; sh -c 'echo running; exec sleep 1000' & wait; sleep 1000";
        var running = new Regex("^running");
        await using var child = server ? (await ChildProcess.StartServerAsync("sh", ["-c", Hang], running)).Server : ChildProcess.Start("sh", ["-c", Hang]);
        await child.WaitForAsync(running);
        child.Kill();
        Assert.NotEqual(0, (await child.FinishAsync()).ExitCode);
    }

    [Fact]
    public async Task A_server_that_ends_before_it_is_ready_fails_the_test_with_what_it_printed()
    {
        await RequireShellAsync();
        var failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => ChildProcess.StartServerAsync("sh", ["-c", "echo the port is taken >&2"], new Regex("^Listening")));
        Assert.Contains("ended before it printed '^Listening'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_sees_nothing_of_the_machines_settings_for_AWS()
    {
        using var environment = new EnvironmentVariables();
        foreach (var name in (string[])["AWS_PROFILE", "AWS_SESSION_TOKEN", "aws_endpoint_url", "MOTO_PORT", "HTTPS_PROXY", "no_proxy", "PSModulePath"])
        {
            environment.Set(name, "of the machine");
        }

        TestEnvironment.Clean();

        var seen = await VariablesAsync(new Dictionary<string, string?> { ["AWS_REGION"] = "eu-north-1", ["PYTHONDONTWRITEBYTECODE"] = null });
        Assert.DoesNotContain("of the machine", seen.Values);
        Assert.Equal(
            ["AWS_CONFIG_FILE", "AWS_EC2_METADATA_DISABLED", "AWS_REGION", "AWS_SHARED_CREDENTIALS_FILE"],
            seen.Keys.Where(n => n.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
        Assert.Equal("eu-north-1", seen["AWS_REGION"]);
        Assert.False(seen.ContainsKey("PYTHONDONTWRITEBYTECODE"));
        Assert.False(Path.Exists(seen["AWS_SHARED_CREDENTIALS_FILE"]));
    }

    [Fact]
    public async Task Variables_of_one_test_are_restored()
    {
        var before = await VariablesAsync();
        using (var environment = new EnvironmentVariables())
        {
            environment.Set("AWS_REGION", "eu-north-1");
            environment.Set("AWS_REGION", "eu-west-1");
            environment.Set("AWS_CONFIG_FILE", null);
            Assert.Equal("eu-west-1", (await VariablesAsync())["AWS_REGION"]);
        }

        Assert.Equal(before, await VariablesAsync());
    }

    private static async Task<ChildOutput> ShellAsync(string script, string input = "")
    {
        await RequireShellAsync();
        return await ChildProcess.RunAsync("sh", ["-c", script], input);
    }

    private static Task RequireShellAsync() => ExternalTools.RequireAsync("a POSIX shell", "apt install dash", "sh", "-c", "true");

    private static async Task<SortedDictionary<string, string>> VariablesAsync(Dictionary<string, string?>? environment = null)
    {
        await ExternalTools.RequireAsync("env", "apt install coreutils", "env", "-0");
        var ended = await ChildProcess.RunAsync("env", ["-0"], environment: environment);
        return new(ended.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=', 2)).ToDictionary(p => p[0], p => p[1]), StringComparer.Ordinal);
    }
}

/// <summary>The file that the report goes to is named in the environment.</summary>
[Collection(nameof(Environment))]
public sealed class TestReportTests
{
    [Fact]
    public async Task Lines_are_appended_to_the_file_that_is_named_and_lost_where_none_is()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var environment = new EnvironmentVariables();
            environment.Set("CISAWS_TEST_REPORT", file);
            TestReport.Write(["one", "two"]);
            TestReport.Write(["three"]);
            environment.Set("CISAWS_TEST_REPORT", null);
            TestReport.Write(["lost"]);
            Assert.Equal(["one", "two", "three"], await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
