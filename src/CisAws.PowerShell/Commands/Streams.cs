using System.Management.Automation;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// Writes text that is safe to show on a terminal, and asks nothing. With -Debug the engine asks after each warning and each verbose line whether to go on, unless
/// -WarningAction or -Verbose is given too, and Windows PowerShell after each debug line; where nobody answers, the question ends the run.
/// </summary>
internal static class Streams
{
    /// <summary>Writes a warning; where that would ask, to the information stream, which the host shows.</summary>
    public static void ShowWarning(this PSCmdlet cmdlet, string text)
    {
        if (IsDebugging(cmdlet) && !IsBound(cmdlet, "WarningAction"))
        {
            cmdlet.Show($"WARNING: {text}");
        }
        else
        {
            cmdlet.WriteWarning(Safe(text));
        }
    }

    /// <summary>Writes a verbose line; where that would ask, a debug line.</summary>
    public static void ShowVerbose(this PSCmdlet cmdlet, string text)
    {
        if (IsDebugging(cmdlet) && !IsBound(cmdlet, "Verbose"))
        {
            cmdlet.ShowDebug(text);
        }
        else
        {
            cmdlet.WriteVerbose(Safe(text));
        }
    }

    /// <summary>Writes a debug line; where that would ask, to the information stream, which the host shows.</summary>
    public static void ShowDebug(this PSCmdlet cmdlet, string text)
    {
#if NETFRAMEWORK
        if (IsDebugging(cmdlet))
        {
            cmdlet.Show($"DEBUG: {text}");
            return;
        }
#endif
        cmdlet.WriteDebug(Safe(text));
    }

    private static void Show(this PSCmdlet cmdlet, string text) =>
        cmdlet.WriteInformation(new HostInformationMessage { Message = Safe(text) }, ["PSHOST"]);

    /// <summary>What is said may hold text from outside, such as the name of a role's session or an error code.</summary>
    private static string Safe(string text) => TerminalText.EscapeLines(text);

    private static bool IsDebugging(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue("Debug", out var value) && LanguagePrimitives.IsTrue(value);

    private static bool IsBound(PSCmdlet cmdlet, string parameter) => cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter);
}
