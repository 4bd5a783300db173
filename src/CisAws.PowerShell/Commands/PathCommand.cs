using System.Linq;
using System.Management.Automation;

namespace CisAws.PowerShell.Commands;

/// <summary>A cmdlet whose input is files, by their paths.</summary>
public abstract class PathCommand : FileCommand
{
    /// <summary>The files to read. Wildcards are accepted.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files to read. Wildcard characters are read literally.</summary>
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
    private protected abstract void OnFile(string file);
}
