using System;

namespace CisAws.Shell;

/// <summary>What the Shell serves.</summary>
internal enum Demo
{
    None,
    Account,
    Organization,
}

/// <summary>The command line of the Shell: -Demo or -Organization, and then the arguments of pwsh.</summary>
/// <param name="Demo">What to serve.</param>
/// <param name="PowerShell">The arguments for PowerShell.</param>
internal sealed record ShellArguments(Demo Demo, string[] PowerShell)
{
    /// <summary>How to use the Shell. PowerShell prints it before the description of its own parameters.</summary>
    public const string Usage =
        """
        PowerShell with the CisAws module, for machines without PowerShell.

          dotnet run --project src/CisAws.Shell                              assess the demo account
          dotnet run --project src/CisAws.Shell -- -Demo                     a prompt, with the demo account
          dotnet run --project src/CisAws.Shell -- -Demo -Command "TEXT"     run a command with the demo account
          dotnet run --project src/CisAws.Shell -- -Organization             assess the demo organization, then a prompt
          dotnet run --project src/CisAws.Shell -- -Organization -Command "TEXT"
                                                                             run a command with the demo organization
          dotnet run --project src/CisAws.Shell -- -Command "TEXT"           run a command
          dotnet run --project src/CisAws.Shell -- -File PATH [ARGUMENTS]    run a script

        -Demo or -Organization must be the first argument. Without it, the account is that of your AWS credentials.
        All other arguments are those of pwsh. Profiles are not loaded.

        """;

    /// <summary>The text above a prompt.</summary>
    public string Banner => Demo switch
    {
        Demo.Account => "PowerShell with CisAws and a demo account. Try: Invoke-CisAssessment",
        Demo.Organization => "PowerShell with CisAws and a demo organization. Try: Get-CisAccount",
        _ => "PowerShell with CisAws. Try: Get-CisControl",
    };

    /// <summary>Reads the command line.</summary>
    public static ShellArguments Parse(string[] arguments) => arguments switch
    {
        [] => new(Demo.Account, ["-NoProfile", "-NonInteractive", "-Command", DemoAccount.Script]),
        [var only] when Is(only, "-Organization") => new(Demo.Organization, ["-NoProfile", "-NoLogo", "-NoExit", "-Command", DemoOrganization.Script]),
        [var first, .. var others] when Is(first, "-Organization") => new(Demo.Organization, ["-NoProfile", .. others]),
        [var first, .. var others] when Is(first, "-Demo") => new(Demo.Account, ["-NoProfile", .. others]),
        _ => new(Demo.None, ["-NoProfile", .. arguments]),
    };

    private static bool Is(string argument, string name) => argument.Equals(name, StringComparison.OrdinalIgnoreCase);
}
