using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that reads result documents. What is wrong with one is an error about it, and the next one follows.</summary>
public abstract class ResultFileCommand : FileCommand
{
    /// <summary>The results of a file; null, and an error, where it cannot be read or is not valid.</summary>
    private protected IReadOnlyList<CisResult>? ReadFile(string file) => Read(file, () => ResultFile.ReadFile(file));

    /// <summary>The results of a document; null, and an error, where it is not valid.</summary>
    /// <param name="from">The file, or "the input".</param>
    /// <param name="read">Reads it; null where it is not one of results.</param>
    private protected IReadOnlyList<CisResult>? Read(string from, Func<ResultDocument?> read)
    {
        try
        {
            var document = read();
            if (document?.Warning is { } warning)
            {
                WriteWarning($"{from}: {warning}");
            }

            return document?.Results;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            WriteError(NotRead(from, e));
        }
        catch (InvalidDataException e)
        {
            WriteError(CisErrors.InvalidResults(from, e));
        }

        return null;
    }

    private protected override ErrorRecord NotRead(string path, Exception e) => CisErrors.ResultsNotRead(path, e);
}
