using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Writes a compliance program to a file, to be kept in git or taken elsewhere.</summary>
/// <returns>The program as it was written, with -PassThru.</returns>
[Cmdlet(VerbsData.Export, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class ExportCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Overwrites the file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the program as it was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Name, () =>
    {
        var program = Get(Name);
        var written = Write(GetUnresolvedProviderPathFromPSPath(Path), $"Export program {program.Name}", Force, _ => program);
        if (written is not null && program.Base?.Type == ProgramType.Custom)
        {
            WriteWarning($"{program.Name} builds on {program.BasedOn}, which is not in this file: take it along.");
        }

        if (written is not null && PassThru)
        {
            WriteObject(written);
        }
    });
}
