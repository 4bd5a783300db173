using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace CisAws.Shell.Hosting;

/// <summary>Writes the engine's streams to text, as pwsh does: errors apart, everything else in order.</summary>
/// <param name="output">Takes output, warnings, verbose and debug messages.</param>
/// <param name="error">Takes errors, and progress where it is shown.</param>
/// <param name="width">How many columns tables may use.</param>
/// <param name="colour">Whether the terminal understands colours.</param>
/// <param name="progress">Whether to draw progress: only if it is shown on a screen.</param>
public sealed class ShellHostUI(TextWriter output, TextWriter error, int width, bool colour, bool progress) : PSHostUserInterface
{
    private const string Reset = "\u001b[0m";
    private const string Red = "\u001b[91m";
    private const string Yellow = "\u001b[93m";

    private readonly ShellRawUI _raw = new(width);

    private bool _progressShown;

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI => _raw;

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => colour;

    /// <inheritdoc/>
    public override void Write(string value)
    {
        ClearProgress();
        // The engine colours headers and errors whoever listens; a host that cannot show colours takes them out.
        output.Write(Plain(value));
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        ClearProgress();
        output.Flush();
        error.WriteLine(colour ? Red + value + Reset : Plain(value));
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteLine(Coloured("WARNING: " + message));

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteLine(Coloured("VERBOSE: " + message));

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteLine(Coloured("DEBUG: " + message));

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (!progress)
        {
            return;
        }

        ClearProgress();
        if (record.RecordType == ProgressRecordType.Processing)
        {
            var line = $"{record.Activity}: {record.StatusDescription}";
            error.Write(line.Length < width ? line : line[..(width - 1)]);
            error.Flush();
            _progressShown = true;
        }
    }

    /// <inheritdoc/>
    public override string ReadLine() => throw NoPrompt();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw NoPrompt();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw NoPrompt();

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw NoPrompt();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NoPrompt();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NoPrompt();

    private static PSInvalidOperationException NoPrompt() => new("The Shell does not prompt. Give the command all its parameters.");

    private string Plain(string text) => colour ? text : new StringDecorated(text).ToString(OutputRendering.PlainText);

    private string Coloured(string text) => colour ? Yellow + text + Reset : text;

    private void ClearProgress()
    {
        if (_progressShown)
        {
            error.Write("\r\u001b[K");
            error.Flush();
            _progressShown = false;
        }
    }
}
