using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that reads files. A path that names none is an error about it, and the next one follows.</summary>
public abstract class FileCommand : CisCmdlet
{
    /// <summary>The files that a path with wildcards names; null, and an error, where there are none.</summary>
    private protected IReadOnlyList<string>? FilesOf(string path) => Resolve(path, () => [.. GetResolvedProviderPathFromPSPath(path, out _)]);

    /// <summary>The file that a path names; null, and an error, where the path is not valid.</summary>
    private protected IReadOnlyList<string>? FileOf(string path) => Resolve(path, () => [GetUnresolvedProviderPathFromPSPath(path)]);

    /// <summary>The error about a file that cannot be read.</summary>
    private protected abstract ErrorRecord NotRead(string path, Exception e);

    private IReadOnlyList<string>? Resolve(string path, Func<IReadOnlyList<string>> resolve)
    {
        try
        {
            return resolve();
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException)
        {
            WriteError(NotRead(path, e));
            return null;
        }
    }
}
