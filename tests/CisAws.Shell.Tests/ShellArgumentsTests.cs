using System;

namespace CisAws.Shell.Tests;

public sealed class ShellArgumentsTests
{
    [Theory]
    [InlineData("-Demo", true, "-NoProfile")]
    [InlineData("-demo -c Get-CisControl -Demo", true, "-NoProfile -c Get-CisControl -Demo")]
    [InlineData("-Command Get-CisControl 1.9", false, "-NoProfile -Command Get-CisControl 1.9")]
    [InlineData("run.ps1 -Demo", false, "-NoProfile run.ps1 -Demo")]
    public void Demo_comes_first_and_the_others_are_for_PowerShell(string line, bool demo, string powerShell)
    {
        var arguments = ShellArguments.Parse(line.Split(' '));
        Assert.Equal((demo, powerShell), (arguments.Demo, string.Join(' ', arguments.PowerShell)));
    }

    [Fact]
    public void Without_arguments_the_demo_account_is_assessed() =>
        Assert.Equal((true, DemoAccount.Script), ShellArguments.Parse([]) is var arguments ? (arguments.Demo, arguments.PowerShell[^1]) : default);
}
