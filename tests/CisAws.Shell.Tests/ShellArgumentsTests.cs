using System;

namespace CisAws.Shell.Tests;

public sealed class ShellArgumentsTests
{
    [Theory]
    [InlineData("-Demo", "Account", "-NoProfile")]
    [InlineData("-demo -c Get-CisControl -Demo", "Account", "-NoProfile -c Get-CisControl -Demo")]
    [InlineData("-organization -Command Get-CisAccount", "Organization", "-NoProfile -Command Get-CisAccount")]
    [InlineData("-Command Get-CisControl 1.9", "None", "-NoProfile -Command Get-CisControl 1.9")]
    [InlineData("run.ps1 -Demo", "None", "-NoProfile run.ps1 -Demo")]
    public void Demo_comes_first_and_the_others_are_for_PowerShell(string line, string demo, string powerShell)
    {
        var arguments = ShellArguments.Parse(line.Split(' '));
        Assert.Equal((demo, powerShell), (arguments.Demo.ToString(), string.Join(' ', arguments.PowerShell)));
    }

    [Fact]
    public void Without_arguments_the_demo_account_is_assessed() =>
        Assert.Equal((Demo.Account, DemoAccount.Script), ShellArguments.Parse([]) is var arguments ? (arguments.Demo, arguments.PowerShell[^1]) : default);

    [Fact]
    public void Without_more_arguments_the_demo_organization_is_assessed() => Assert.Equal(
        (Demo.Organization, DemoOrganization.Script), ShellArguments.Parse(["-Organization"]) is var arguments ? (arguments.Demo, arguments.PowerShell[^1]) : default);
}
