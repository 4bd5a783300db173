using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Changes a compliance program of your own; exceptions and attestations can be piped in.</summary>
/// <returns>The changed program, with -PassThru.</returns>
[Cmdlet(VerbsCommon.Set, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class SetCisProgramCommand : EditProgramCommand
{
    private readonly List<object> _programs = [];

    private readonly List<CisException> _exceptions = [];

    private readonly List<CisAttestation> _attestations = [];

    /// <summary>The program: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Position = 0)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Name { get; set; }

    /// <summary>Programs to change, or exceptions and attestations to put into the program that -Name names.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Exceptions to take out: (Get-CisProgram X).Exceptions gives them.</summary>
    [Parameter]
    public CisException[]? RemoveException { get; set; }

    /// <summary>Ids of controls whose attestations are to be taken out.</summary>
    [Parameter]
    [ControlIdArgument]
    public string[]? RemoveAttestation { get; set; }

    /// <summary>Gives the changed program.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject.Select(i => i.BaseObject))
        {
            switch (item)
            {
                case CisException exception:
                    _exceptions.Add(exception);
                    break;
                case CisAttestation attestation:
                    _attestations.Add(attestation);
                    break;
                case CisProgram or string when Name is null:
                    _programs.Add(item);
                    break;
                default:
                    ThrowTerminatingError(CisErrors.InvalidArgument(
                        "NotAnEntry", $"{item.GetType().Name} cannot be put into a program.", item,
                        "Pipe what New-CisException, New-CisAttestation or Get-CisProgram give."));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Name is not null)
        {
            _programs.Add(Name);
        }

        if (_programs.Count == 0)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "NoProgram", "No program was named.", null, "Name it: Set-CisProgram -Name X. Get-CisProgram -Type Custom lists yours."));
        }

        (Exception, Attestation) = ([.. Exception ?? [], .. _exceptions], [.. Attestation ?? [], .. _attestations]);
        foreach (var program in _programs)
        {
            Try(program, () => Change(program));
        }
    }

    private void Change(object argument)
    {
        var file = ProgramLookup.FileOf(this, Store, argument)
            ?? throw new ProgramException(
                "DefaultProgram", $"{argument} is a default program, which cannot be changed.",
                $"Make your own: New-CisProgram -Name mine -BasedOn {argument}");
        var written = Write(file, "Change program", force: true, before => Edited(Reduced(before
            ?? throw new ProgramException(
                "ProgramNotFound", $"There is no file {file}.", "Get-CisProgram lists the programs there are."))));
        if (PassThru && written is not null)
        {
            WriteObject(written);
        }
    }

    private CisProgram Reduced(CisProgram program) => program with
    {
        Exceptions = new(program.Exceptions.Except(RemoveException ?? [])),
        Attestations = new(program.Attestations.Where(a => RemoveAttestation?.Contains(a.ControlId) != true)),
    };
}
