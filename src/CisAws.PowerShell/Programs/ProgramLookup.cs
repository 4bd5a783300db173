using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Programs;

/// <summary>Finds programs for cmdlets: by name in the store, or by path.</summary>
internal static class ProgramLookup
{
    /// <summary>The store of a cmdlet: the folders it was given, or the usual ones.</summary>
    public static ProgramStore StoreOf(PSCmdlet cmdlet, string[]? programPath) => new(
        programPath is { Length: > 0 }
            ? programPath.Select(cmdlet.GetUnresolvedProviderPathFromPSPath).ToList()
            : ProgramStore.DefaultFolders(Environment.GetEnvironmentVariable));

    /// <summary>The program that an argument means.</summary>
    /// <exception cref="ProgramException">There is none, or it is not valid.</exception>
    public static CisProgram Get(PSCmdlet cmdlet, ProgramStore store, object argument) => argument switch
    {
        CisProgram program => program,
        FileInfo file => store.GetFile(file.FullName),
        string text when IsPath(text) => store.GetFile(cmdlet.GetUnresolvedProviderPathFromPSPath(text)),
        _ => store.Get((string)argument),
    };

    /// <summary>The program that an argument means; without it nothing further can be done, and an error ends the run.</summary>
    public static CisProgram GetOrEnd(PSCmdlet cmdlet, ProgramStore store, object argument)
    {
        try
        {
            return Get(cmdlet, store, argument);
        }
        catch (ProgramException e)
        {
            cmdlet.ThrowTerminatingError(CisErrors.NoProgram(e, argument));
            throw;
        }
    }

    /// <summary>The file that an argument means; null for a default program.</summary>
    /// <exception cref="ProgramException">There is none.</exception>
    public static string? FileOf(PSCmdlet cmdlet, ProgramStore store, object argument) => argument switch
    {
        CisProgram program => program.Path.Length > 0 ? program.Path : null,
        FileInfo file => file.FullName,
        string text when IsPath(text) => cmdlet.GetUnresolvedProviderPathFromPSPath(text),
        _ => store.FileOf((string)argument),
    };

    /// <summary>
    /// What an argument with wildcards names in the store, of the wanted types: files of programs, and names of default programs. Any other argument
    /// is returned as it is, so that a name which does not exist is an error and a wildcard that finds nothing is none.
    /// </summary>
    public static IEnumerable<object> Named(ProgramStore store, object argument, Func<ProgramType, bool> isWanted)
    {
        if (argument is not string text || IsPath(text) || !Wildcard.IsIn(text))
        {
            return [argument];
        }

        return store.Names()
            .Where(n => Wildcard.Matches(text, n.Name) && isWanted(n.File is null ? ProgramType.Default : ProgramType.Custom))
            .Select(n => n.File is null ? (object)n.Name : new FileInfo(n.File))
            .ToList();
    }

    /// <summary>True for text that is a path. No name of a program is.</summary>
    public static bool IsPath(string text) =>
        text.IndexOfAny([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar, '\\', ':']) >= 0 || text.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
