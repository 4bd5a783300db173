using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace CisAws.Emulator.Tests;

/// <summary>What the program says when it cannot serve.</summary>
[Trait("Risk", "Timing")]
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", 2, "Name at least one evidence file.")]
    [InlineData("a.json --port", 2, "--port needs a number")]
    [InlineData("a.json --port 70000", 2, "--port needs a number from 0 (any free port) to 65535, not '70000'.")]
    [InlineData("a.json --wat", 2, "There is no option --wat.")]
    [InlineData("no-such-file.json", 1, "no-such-file.json")]
    public async Task A_command_line_that_makes_no_sense_is_explained(string arguments, int exitCode, string explanation) =>
        await AssertFailsAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), exitCode, explanation);

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    public async Task A_file_that_is_no_evidence_is_named(string content)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
            await AssertFailsAsync([file], 1, $"{file}: The evidence file");
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
