using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Shell;

/// <summary>What to run, in pwsh's words.</summary>
/// <param name="Demo">Start the emulator with the demo account and point the credentials at it.</param>
/// <param name="Command">The text of a command; null when none was given.</param>
/// <param name="File">A script file; null when none was given.</param>
/// <param name="FileArguments">The script file's arguments.</param>
/// <param name="Help">Show how to use the Shell.</param>
public sealed record ShellArguments(bool Demo, string? Command, string? File, IReadOnlyList<string> FileArguments, bool Help)
{
    /// <summary>How to use the Shell.</summary>
    public const string Usage =
        """
        CisAws.Shell runs CisAws where there is no PowerShell.

          dotnet run --project src/CisAws.Shell                          assess the demo account
          dotnet run --project src/CisAws.Shell -- -Command "TEXT"       run a command, as pwsh -Command does
          dotnet run --project src/CisAws.Shell -- -File PATH [ARGS]     run a script, as pwsh -File does
          dotnet run --project src/CisAws.Shell -- -Demo -Command "TEXT" run it against the demo account

        Without -Demo the account is the one that AWS_PROFILE, AWS_ACCESS_KEY_ID and the like name.
        """;

    /// <summary>Reads the command line. -Command takes all that follows; so does -File.</summary>
    /// <exception cref="ArgumentException">The words are off; the message says how.</exception>
    public static ShellArguments Parse(IReadOnlyList<string> words)
    {
        var demo = words.Count == 0;
        for (var i = 0; i < words.Count; i++)
        {
            var rest = words.Skip(i + 1).ToList();
            switch (words[i].ToUpperInvariant())
            {
                case "-DEMO":
                    demo = true;
                    break;
                case "-NOPROFILE" or "-NOLOGO" or "-NONINTERACTIVE":
                    break; // What it does anyway: no profile, no logo, no prompt.
                case "-COMMAND" or "-C":
                    return rest.Count == 0
                        ? throw new ArgumentException("-Command needs the command's text after it.")
                        : new ShellArguments(demo, string.Join(' ', rest), null, [], false);
                case "-FILE" or "-F":
                    return rest.Count == 0
                        ? throw new ArgumentException("-File needs a script's path after it.")
                        : new ShellArguments(demo, null, rest[0], rest.Skip(1).ToList(), false);
                case "-HELP" or "-H" or "-?" or "--HELP":
                    return new ShellArguments(false, null, null, [], true);
                default:
                    throw new ArgumentException($"'{words[i]}' is not an option of the Shell.");
            }
        }

        return new ShellArguments(demo, null, null, [], !demo);
    }
}
