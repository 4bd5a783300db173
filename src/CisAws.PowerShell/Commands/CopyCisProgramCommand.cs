using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Copies a compliance program under another name. The copy of a default program builds on it.</summary>
/// <returns>The copy, with -PassThru.</returns>
[Cmdlet(VerbsCommon.Copy, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class CopyCisProgramCommand : ProgramCommand
{
    /// <summary>The program: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object Name { get; set; } = "";

    /// <summary>The copy's name.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string NewName { get; set; } = "";

    /// <summary>Overwrites a program of the new name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the copy.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Try(Name, () =>
    {
        var source = Get(Name);
        var copy = source.Type == ProgramType.Default
            ? new CisProgram { Name = NewName, Description = source.Description, BasedOn = source.Name }
            : source with { Name = NewName };
        if (Write(Store.FileForNew(NewName), $"Copy program {source.Name}", Force, _ => copy) is { } written && PassThru)
        {
            WriteObject(written);
        }
    });
}
