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

    private protected CisProgram GetOrEnd(object argument) => ProgramLookup.GetOrEnd(this, Store, argument);

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
                "AmbiguousControlId", e.Message, target, "Quote the IDs in the hashtable: @{ '1.10' = ... }."));
        }
    }

    /// <summary>Writes a program's file, when the user agrees.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is done, for the question.</param>
    /// <param name="force">Whether a file that exists is overwritten.</param>
    /// <param name="change">Gets the program in the file, or null, and returns the one to write.</param>
    /// <param name="whereItExists">What to do about a file that exists.</param>
    private protected CisProgram? Write(
        string path, string what, bool force, Func<CisProgram?, CisProgram> change,
        string whereItExists = "Choose another name, or add -Force to overwrite the program. To change it, use Set-CisProgram.") => !ShouldProcess(path, what)
        ? null
        : Store.Write(path, before => before is null || force
            ? change(before)
            : throw new ProgramException("ProgramExists", $"{path} already exists.", whereItExists), WriteWarning);
}
