using System;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Errors;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet that reads files of evidence. A file that cannot be read is an error about it, and the next one follows.</summary>
public abstract class EvidenceFileCommand : FileCommand
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
        foreach (var file in Path.SelectMany(p => FilesOf(p) ?? []).Concat(LiteralPath.SelectMany(p => FileOf(p) ?? [])))
        {
            OnFile(file);
        }
    }

    /// <summary>Does the work for one file.</summary>
    private protected abstract void OnFile(string path);

    private protected override ErrorRecord NotRead(string path, Exception e) => CisErrors.NoEvidence(path, e);
}
