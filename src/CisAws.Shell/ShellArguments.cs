using System;

namespace CisAws.Shell;

/// <summary>The command line of the Shell: -Demo, and then the arguments of pwsh.</summary>
/// <param name="Demo">Whether to serve the demo account.</param>
/// <param name="PowerShell">The arguments for PowerShell.</param>
internal sealed record ShellArguments(bool Demo, string[] PowerShell)
{
    /// <summary>How to use the Shell. PowerShell prints it before the description of its own parameters.</summary>
    public const string Usage =
        """
        PowerShell with the CisAws module, for machines without PowerShell.

          dotnet run --project src/CisAws.Shell                              assess the demo account
          dotnet run --project src/CisAws.Shell -- -Demo                     a prompt, with the demo account
          dotnet run --project src/CisAws.Shell -- -Demo -Command "TEXT"     run a command with the demo account
          dotnet run --project src/CisAws.Shell -- -Command "TEXT"           run a command
          dotnet run --project src/CisAws.Shell -- -File PATH [ARGUMENTS]    run a script

        -Demo must be the first argument. Without it, the account is that of your AWS credentials.
        All other arguments are those of pwsh. Profiles are not loaded.

        """;

    /// <summary>The text above a prompt.</summary>
    public string Banner => Demo
        ? "PowerShell with CisAws and a demo account. Try: Invoke-CisAssessment"
        : "PowerShell with CisAws. Try: Get-CisControl";

    /// <summary>Reads the command line.</summary>
    public static ShellArguments Parse(string[] arguments) => arguments switch
    {
        [] => new(true, ["-NoProfile", "-NonInteractive", "-Command", DemoAccount.Script]),
        [var first, .. var others] when first.Equals("-Demo", StringComparison.OrdinalIgnoreCase) => new(true, ["-NoProfile", .. others]),
        _ => new(false, ["-NoProfile", .. arguments]),
    };
}
