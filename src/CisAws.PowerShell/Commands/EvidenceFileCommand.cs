using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that reads files of evidence. A file that cannot be read is an error about it, and the next one follows.</summary>
public abstract class EvidenceFileCommand : CisCmdlet
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Files of evidence (.cisevidence). Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files of evidence. Wildcard characters are read literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var file in Files())
        {
            OnFile(file);
        }
    }

    /// <summary>Does the work for one file.</summary>
    private protected abstract void OnFile(string path);

    private List<string> Files()
    {
        var files = new List<string>();
        foreach (var path in ParameterSetName == PathSet ? Path : LiteralPath)
        {
            try
            {
                files.AddRange(ParameterSetName == PathSet ? GetResolvedProviderPathFromPSPath(path, out _) : [GetUnresolvedProviderPathFromPSPath(path)]);
            }
            catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException)
            {
                WriteError(CisErrors.NoEvidence(path, new FileNotFoundException($"The file '{path}' does not exist.", path, e)));
            }
        }

        return files;
    }
}
