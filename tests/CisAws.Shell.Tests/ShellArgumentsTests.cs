using System;
using System.Linq;

namespace CisAws.Shell.Tests;

public sealed class ShellArgumentsTests
{
    [Theory]
    [InlineData("", true, null, null)]
    [InlineData("-Demo", true, null, null)]
    [InlineData("-Command Get-CisControl 1.9", false, "Get-CisControl 1.9", null)]
    [InlineData("-demo -c Get-CisControl -Demo", true, "Get-CisControl -Demo", null)]
    [InlineData("-NoProfile -NonInteractive -File run.ps1 -Command x", false, null, "run.ps1")]
    public void Words_are_read_as_pwsh_reads_them(string line, bool demo, string? command, string? file)
    {
        var arguments = ShellArguments.Parse(Words(line));
        Assert.Equal((demo, command, file, false), (arguments.Demo, arguments.Command, arguments.File, arguments.Help));
    }

    [Fact]
    public void What_follows_the_file_are_its_arguments() =>
        Assert.Equal(["-Command", "x"], ShellArguments.Parse(Words("-File run.ps1 -Command x")).FileArguments);

    [Theory]
    [InlineData("-Help")]
    [InlineData("-NoLogo")]
    public void Help_is_shown_when_asked_for_and_when_nothing_is_asked(string line) => Assert.True(ShellArguments.Parse(Words(line)).Help);

    [Theory]
    [InlineData("Get-CisControl", "'Get-CisControl' is not an option")]
    [InlineData("-Command", "-Command needs")]
    [InlineData("-Demo -File", "-File needs")]
    public void Wrong_words_are_refused_with_the_reason(string line, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => ShellArguments.Parse(Words(line))).Message);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToArray();
}
