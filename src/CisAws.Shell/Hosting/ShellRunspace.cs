using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace CisAws.Shell.Hosting;

/// <summary>A runspace with the engine's own cmdlets and the module, which runs scripts as pwsh does.</summary>
public sealed class ShellRunspace : IDisposable
{
    private const string LastSucceeded = "CisAwsShellLastSucceeded";

    private readonly Runspace _runspace;

    private readonly ShellHost _host;

    private System.Management.Automation.PowerShell? _running;

    /// <summary>Opens a runspace and imports the module.</summary>
    /// <param name="ui">Where the streams go.</param>
    /// <param name="manifest">The module's manifest.</param>
    /// <exception cref="InvalidOperationException">The module could not be imported.</exception>
    public ShellRunspace(ShellHostUI ui, string manifest)
    {
        _host = new ShellHost(ui);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // Only Windows has a policy, and a fresh machine's forbids the module's own psm1.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = (_, args) => MissingCommands.Explain(args);
        using var import = System.Management.Automation.PowerShell.Create(_runspace);
        import.AddCommand("Import-Module").AddParameter("Name", WildcardPattern.Escape(manifest)).AddParameter("ErrorAction", "Stop");
        import.Invoke();
    }

    /// <summary>Runs a command, its output shown by Out-Default.</summary>
    /// <param name="script">The command's text.</param>
    /// <returns>What pwsh -Command would exit with: the N of <c>exit N</c>, or 1 when the last statement failed.</returns>
    public int RunCommand(string script)
    {
        // Out-Default comes last in the pipeline and succeeds, so $? has to be asked inside the script. One that does not
        // parse runs as it is, so that the message shows what was typed.
        _ = Parser.ParseInput(script, out _, out var errors);
        Run(errors.Length == 0 ? $"{script}\n${LastSucceeded} = $?" : script, out var failed);
        return _host.ExitCode ?? (failed || _runspace.SessionStateProxy.GetVariable(LastSucceeded) is false ? 1 : 0);
    }

    /// <summary>Runs a script file with arguments, its output shown by Out-Default.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arguments">Its arguments; those that begin with a dash name parameters.</param>
    /// <returns>What pwsh -File would exit with: the N of <c>exit N</c>, or 1 when an error ended the script.</returns>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        Run($"& {Quote(path)} {string.Join(' ', arguments.Select(a => IsParameterName(a) ? a : Quote(a)))}", out var failed);
        return _host.ExitCode ?? (failed ? 1 : _runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int? ?? 0);
    }

    /// <summary>Stops what is running, as Ctrl+C does.</summary>
    public void Stop() => _running?.BeginStop(null, null);

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    private static bool IsParameterName(string argument) => argument.Length > 1 && argument[0] == '-' && char.IsLetter(argument[1]);

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private void Run(string script, out bool failed)
    {
        using var ps = System.Management.Automation.PowerShell.Create(_runspace);
        ps.AddScript(script, useLocalScope: false).AddCommand("Out-Default");
        // Errors go through Out-Default, which hands them to the host's error stream in the order they happen.
        ps.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        _running = ps;
        failed = true;
        try
        {
            ps.Invoke();
            failed = false;
        }
        catch (PipelineStoppedException)
        {
            // Ctrl+C: there is nothing to say.
        }
        catch (RuntimeException e)
        {
            Show(e.ErrorRecord);
        }
        finally
        {
            _running = null;
        }
    }

    private void Show(ErrorRecord record)
    {
        // Through the error stream: given to Out-Default itself, the record would be shown among the output.
        using var ps = System.Management.Automation.PowerShell.Create(_runspace);
        ps.AddScript("[CmdletBinding()] param($Record) $PSCmdlet.WriteError($Record)").AddParameter("Record", record).AddCommand("Out-Default");
        ps.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        ps.Invoke();
    }
}
