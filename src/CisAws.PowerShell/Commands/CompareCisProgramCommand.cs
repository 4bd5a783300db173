using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Compares what two compliance programs come to: controls, settings, severities, exceptions, attestations, scope.</summary>
[Cmdlet(VerbsData.Compare, "CisProgram")]
[OutputType(typeof(CisProgramDifference))]
public sealed class CompareCisProgramCommand : ProgramCommand
{
    /// <summary>The program to compare with: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object ReferenceProgram { get; set; } = "";

    /// <summary>The program that is compared.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object DifferenceProgram { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Try(DifferenceProgram, () => WriteObject(ProgramComparison.Of(Get(ReferenceProgram), Get(DifferenceProgram)), enumerateCollection: true));
}
