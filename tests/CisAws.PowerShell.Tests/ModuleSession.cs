using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CisAws.Shell;
using Engine = System.Management.Automation.PowerShell;

namespace CisAws.PowerShell.Tests;

/// <summary>A runspace with the built module imported, and what a script run in it says on each stream.</summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly StringWriter _screen = new();

    private readonly ScreenHost _host;

    private readonly Runspace _runspace;

    /// <param name="width">The columns of the screen.</param>
    /// <param name="colour">Whether the screen shows colors.</param>
    public ModuleSession(int width = 120, bool colour = false)
    {
        _host = new ScreenHost(_screen, width, colour);
        _runspace = RunspaceFactory.CreateRunspace(_host, InitialSessionState.CreateDefault2());
        _runspace.Open();
        using var import = Engine.Create(_runspace);
        import.AddCommand("Import-Module").AddParameter("Name", Path.Combine(ModuleLocation.Find(), "CisAws.psd1")).AddParameter("ErrorAction", "Stop");
        import.Invoke();
    }

    public Runspace Runspace => _runspace;

    /// <summary>What <c>exit N</c> in a script asked for; null when none did.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>Runs a script and gives its objects; an error of any kind fails the test.</summary>
    public IReadOnlyList<PSObject> Objects(string script, params (string Name, object? Value)[] variables)
    {
        var run = Run(script, variables);
        Assert.Empty(run.Errors);
        return run.Output;
    }

    /// <summary>Runs a script and gives what it wrote to each stream.</summary>
    public SessionOutput Run(string script, params (string Name, object? Value)[] variables)
    {
        foreach (var (name, value) in variables)
        {
            _runspace.SessionStateProxy.SetVariable(name, value);
        }

        using var ps = Engine.Create(_runspace);
        ps.AddScript(script);
        var output = new List<PSObject>();
        ErrorRecord? terminating = null;
        try
        {
            ps.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new SessionOutput(
            output,
            [.. ps.Streams.Error, .. terminating is null ? [] : new[] { terminating }],
            ps.Streams.Warning.Select(w => w.Message).ToList(),
            ps.Streams.Verbose.Select(v => v.Message).ToList(),
            ps.Streams.Progress.ToList())
        {
            Debug = ps.Streams.Debug.Select(d => d.Message).ToList(),
            Information = ps.Streams.Information.Select(i => i.MessageData.ToString()!).ToList(),
            VerboseRecords = ps.Streams.Verbose.ToList(),
        };
    }

    /// <summary>Runs a script and gives what stands on the screen.</summary>
    public string Screen(string script, params (string Name, object? Value)[] variables)
    {
        foreach (var (name, value) in variables)
        {
            _runspace.SessionStateProxy.SetVariable(name, value);
        }

        _screen.GetStringBuilder().Clear();
        using var ps = Engine.Create(_runspace);
        ps.AddScript(script).AddCommand("Out-Default");
        ps.Invoke();
        return _screen.ToString();
    }

    /// <summary>What Tab offers at the end of a line.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line)
    {
        using var ps = Engine.Create(_runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, ps).CompletionMatches;
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _screen.Dispose();
    }
}

/// <summary>What a script wrote to each stream.</summary>
internal sealed record SessionOutput(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    public IReadOnlyList<string> Debug { get; init; } = [];

    public IReadOnlyList<string> Information { get; init; } = [];

    public IReadOnlyList<VerboseRecord> VerboseRecords { get; init; } = [];

    /// <summary>The one error there is.</summary>
    public ErrorRecord Error => Assert.Single(Errors);
}
