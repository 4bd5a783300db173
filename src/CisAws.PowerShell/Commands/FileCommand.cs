using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that reads files. What is wrong with one is an error about it, and the next one follows.</summary>
public abstract class FileCommand : CisCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>The files that a path with wildcards names; null, and an error, where there are none.</summary>
    private protected IReadOnlyList<string>? FilesOf(string path) => Read<IReadOnlyList<string>>(path, () => [.. GetResolvedProviderPathFromPSPath(path, out _)]);

    /// <summary>The file that a path names; null, and an error, where the path is not valid.</summary>
    private protected IReadOnlyList<string>? FileOf(string path) => Read<IReadOnlyList<string>>(path, () => [GetUnresolvedProviderPathFromPSPath(path)]);

    /// <summary>What is read from a file; null, and an error, where it cannot be read or is not valid.</summary>
    /// <param name="from">The file, for the error.</param>
    /// <param name="read">Reads it.</param>
    private protected T? Read<T>(string from, Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or SessionStateException)
        {
            // Of a folder, .NET says that access is denied.
            WriteError(NotRead(from, e is UnauthorizedAccessException && Directory.Exists(from) ? new IOException("It is a folder and not a file.", e) : e));
            return null;
        }
    }

    /// <summary>The error about a file that cannot be read, or is not valid.</summary>
    private protected abstract ErrorRecord NotRead(string from, Exception e);
}
