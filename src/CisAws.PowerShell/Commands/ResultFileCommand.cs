using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that reads result documents. What is wrong with one is an error about it, and the next one follows.</summary>
public abstract class ResultFileCommand : FileCommand
{
    /// <summary>The results of a file; null, and an error, where it cannot be read or is not valid.</summary>
    private protected IReadOnlyList<CisResult>? ReadFile(string file) => ReadDocument(file, () => ResultFile.ReadFile(file));

    /// <summary>The results of a document; null, and an error, where it is not valid.</summary>
    /// <param name="from">The file, or "the input".</param>
    /// <param name="read">Reads it.</param>
    private protected IReadOnlyList<CisResult>? ReadDocument(string from, Func<ResultDocument> read)
    {
        var document = Read(from, read);
        if (document?.Warning is { } warning)
        {
            WriteWarning($"{from}: {warning}");
        }

        return document?.Results;
    }

    /// <summary>What of the input <see cref="ResultsOf"/> could not read: paths, and types of what is not a result.</summary>
    private protected List<string> Unread { get; } = [];

    /// <summary>The results of an item of the input: a result, or files. What cannot be read is an error, and is noted.</summary>
    private protected IEnumerable<CisResult> ResultsOf(PSObject item)
    {
        switch (item.BaseObject)
        {
            case CisResult result:
                return [result];
            case string path:
                return FilesOf(path) is { } files ? files.SelectMany(ResultsOfFile) : NothingOf(path);
            case FileInfo file:
                return ResultsOfFile(file.FullName);
            case var other:
                WriteError(CisErrors.NotAWholeResult(other));
                return NothingOf(other.GetType().Name);
        }
    }

    private IReadOnlyList<CisResult> ResultsOfFile(string file) => ReadFile(file) ?? NothingOf(file);

    private CisResult[] NothingOf(string unread)
    {
        Unread.Add(unread);
        return [];
    }

    private protected override ErrorRecord NotRead(string from, Exception e) => CisErrors.NoResults(from, e);
}
