using System;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that uses compliance programs.</summary>
public abstract class ProgramCommand : CisCmdlet
{
    private ProgramStore? _store;

    /// <summary>Program folders to use instead of those in the environment variable CISAWS_PROGRAM_PATH, yours and the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ProgramPath { get; set; }

    private protected ProgramStore Store => _store ??= ProgramLookup.StoreOf(this, ProgramPath);

    private protected CisProgram Get(object argument) => ProgramLookup.Get(this, Store, argument);

    /// <summary>The program that an argument names; without it nothing further can be done, and an error ends the run.</summary>
    private protected CisProgram GetOrEnd(object argument)
    {
        try
        {
            return Get(argument);
        }
        catch (ProgramException e)
        {
            ThrowTerminatingError(CisErrors.NoProgram(e, argument));
            throw;
        }
    }

    /// <summary>Does one thing; what is wrong with a program is an error about it, and the next thing follows.</summary>
    private protected void Try(object? target, Action action)
    {
        try
        {
            action();
        }
        catch (ProgramException e)
        {
            WriteError(CisErrors.NoProgram(e, target));
        }
        catch (ArgumentTransformationMetadataException e)
        {
            // An id in a hashtable that PowerShell took for a number which could be two.
            WriteError(CisErrors.InvalidArgument(
                "AmbiguousControlId", e.Message, target, "Quote the ids in hashtables: @{ '1.10' = ... }."));
        }
    }

    /// <summary>Writes a program's file, when the user agrees.</summary>
    private protected CisProgram? Write(string path, string what, bool force, Func<CisProgram?, CisProgram> change) => !ShouldProcess(path, what)
        ? null
        : Store.Write(path, before => before is null || force
            ? change(before)
            : throw new ProgramException(
                "ProgramExists", $"{path} already exists.",
                "Choose another name, or overwrite it with -Force. Set-CisProgram changes a program."), WriteWarning);
}
