using System.Management.Automation;

namespace CisAws.PowerShell.Commands;

/// <summary>Reads a compliance program from a file into the store.</summary>
[Cmdlet(VerbsData.Import, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class ImportCisProgramCommand : ProgramCommand
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Another name for it in the store.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Overwrites a program of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Path, () =>
    {
        var program = Store.GetFile(GetUnresolvedProviderPathFromPSPath(Path));
        program = program with { Name = Name ?? program.Name };
        if (Write(Store.FileForNew(program.Name), $"Import program from {Path}", Force, _ => program) is { } written)
        {
            WriteObject(written);
        }
    });
}
