using System;
using System.Management.Automation;
using System.Threading;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// What all cmdlets share: messages that are safe to show on a terminal and never prompt, and a token for Ctrl+C. With -Debug the engine prompts
/// after each warning and verbose message, unless -WarningAction or -Verbose is given too, and Windows PowerShell also after each debug message;
/// in a session that cannot prompt, that ends the run.
/// </summary>
public abstract class CisCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Is cancelled when the pipeline is stopped.</summary>
    private protected CancellationToken Stop => _stop.Token;

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Writes a warning; where that would prompt, to the information stream, which the host shows.</summary>
    private protected new void WriteWarning(string text)
    {
        if (IsDebugging && !IsGiven("WarningAction"))
        {
            Show($"WARNING: {text}");
        }
        else
        {
            base.WriteWarning(Safe(text));
        }
    }

    /// <summary>Writes a verbose message; where that would prompt, a debug message.</summary>
    private protected new void WriteVerbose(string text)
    {
        if (IsDebugging && !IsGiven("Verbose"))
        {
            WriteDebug(text);
        }
        else
        {
            base.WriteVerbose(Safe(text));
        }
    }

    /// <summary>Writes a debug message; where that would prompt, to the information stream, which the host shows.</summary>
    private protected new void WriteDebug(string text)
    {
#if NETFRAMEWORK
        if (IsDebugging)
        {
            Show($"DEBUG: {text}");
            return;
        }
#endif
        base.WriteDebug(Safe(text));
    }

    private bool IsDebugging => MyInvocation.BoundParameters.TryGetValue("Debug", out var value) && LanguagePrimitives.IsTrue(value);

    private void Show(string text) => WriteInformation(new HostInformationMessage { Message = Safe(text) }, ["PSHOST"]);

    /// <summary>A message may hold text from outside, such as the name of a role's session or an error code.</summary>
    private static string Safe(string text) => TerminalText.EscapeLines(text);
}
