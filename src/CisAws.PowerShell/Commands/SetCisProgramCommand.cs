using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Changes a compliance program of your own; exemptions and attestations can be piped in.</summary>
/// <remarks>
/// <para>Changes what is named and leaves the rest. Entries of hashtables are put in one by one: a setting replaces that setting, and $null takes
/// it out. An exemption that covers the same as another replaces it, an attestation that of the same control and account.</para>
/// <para>The file is changed only when all of it is in order afterwards. What -Section, -Level, -AccountId and the like list is replaced as a
/// whole. Default programs cannot be changed: copy one.</para>
/// </remarks>
/// <example>
/// <code>Set-CisProgram norrvik -Setting @{ '1.4' = @{ MaxAccessKeyAgeDays = 60 } } -Severity @{ '1.12' = 'Critical' }</code>
/// <para>Change a setting and a severity.</para>
/// </example>
/// <example>
/// <code>Set-CisProgram norrvik -Setting @{ '1.4' = @{ MaxAccessKeyAgeDays = $null } } -ExcludeControl @{ '1.11' = $null } -PassThru</code>
/// <para>Take a setting back, and a control in again.</para>
/// </example>
/// <example>
/// <code>
/// New-CisExemption '2.6' -Reason 'The log archive has logging.' -Owner 'J. Ek' -Expires ([datetime]::Today.AddDays(90)) | Set-CisProgram norrvik
/// </code>
/// <para>Put an exemption in.</para>
/// </example>
/// <example>
/// <code>
/// $over = (Get-CisProgram norrvik).Exemptions | Where-Object Expires -lt ([datetime]::Today)
/// Set-CisProgram norrvik -RemoveExemption $over -Confirm:$false -ErrorAction Stop
/// </code>
/// <para>Take out what has expired, in a scheduled task. Nothing is asked, and a failure ends the script.</para>
/// </example>
/// <returns>The changed program, with -PassThru.</returns>
/// <seealso cref="NewCisExemptionCommand"/>
/// <seealso cref="NewCisAttestationCommand"/>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Set, "CisProgram", SupportsShouldProcess = true)]
[OutputType(typeof(CisProgram))]
public sealed class SetCisProgramCommand : EditProgramCommand
{
    private readonly List<object> _programs = [];

    private readonly List<CisExemption> _exemptions = [];

    private readonly List<CisAttestation> _attestations = [];

    /// <summary>The program: its name, the path of its file, or what Get-CisProgram gives.</summary>
    [Parameter(Position = 0)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Name { get; set; }

    /// <summary>Programs to change, or exemptions and attestations to put into the program that -Name names.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Exemptions to take out: (Get-CisProgram X).Exemptions gives them.</summary>
    [Parameter]
    public CisExemption[]? RemoveExemption { get; set; }

    /// <summary>Ids, or wildcards, of controls whose attestations are to be taken out.</summary>
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
                case CisExemption exemption:
                    _exemptions.Add(exemption);
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
                        "Pipe what New-CisExemption, New-CisAttestation or Get-CisProgram give."));
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

        (Exemption, Attestation) = ([.. Exemption ?? [], .. _exemptions], [.. Attestation ?? [], .. _attestations]);
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
                $"Create your own: New-CisProgram -Name mine -BasedOn {argument}");
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
        Exemptions = new(program.Exemptions.Except(RemoveExemption ?? [])),
        Attestations = new(program.Attestations.Where(a => RemoveAttestation?.Any(id => Wildcard.Matches(id, a.ControlId.ToString())) != true)),
    };
}
