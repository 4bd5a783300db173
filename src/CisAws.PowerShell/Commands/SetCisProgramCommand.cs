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

/// <summary>Changes a compliance program of your own. Exemptions and attestations can be piped in.</summary>
/// <remarks>
/// <para>Changes only what is specified. Hashtables are merged: a setting replaces the existing setting, and $null removes it. An exemption replaces
/// one with the same scope, and an attestation one for the same control and account. Lists, such as -Section, -Level and -AccountId, are replaced as
/// a whole.</para>
/// <para>The file is changed only if the whole program is valid afterwards. Default programs cannot be changed; use Copy-CisProgram.</para>
/// </remarks>
/// <example>
/// <code>Set-CisProgram norrvik -Setting @{ '1.4' = @{ MaxAccessKeyAgeDays = 60 } } -Severity @{ '1.12' = 'Critical' }</code>
/// <para>Change a setting and a severity.</para>
/// </example>
/// <example>
/// <code>Set-CisProgram norrvik -Setting @{ '1.4' = @{ MaxAccessKeyAgeDays = $null } } -ExcludeControl @{ '1.11' = $null } -PassThru</code>
/// <para>Remove a setting and include an excluded control again.</para>
/// </example>
/// <example>
/// <code>
/// New-CisExemption '2.6' -Reason 'The log archive has logging.' -Owner 'J. Ek' -Expires 90d | Set-CisProgram norrvik
/// </code>
/// <para>Add an exemption.</para>
/// </example>
/// <example>
/// <code>
/// $expired = (Get-CisProgram norrvik).Exemptions | Where-Object Expires -lt ([datetime]::Today)
/// Set-CisProgram norrvik -RemoveExemption $expired -Confirm:$false -ErrorAction Stop
/// </code>
/// <para>Remove expired exemptions in a scheduled task. There is no prompt, and an error ends the script.</para>
/// </example>
/// <returns>The changed program, if -PassThru is specified.</returns>
/// <seealso cref="NewCisExemptionCommand"/>
/// <seealso cref="NewCisAttestationCommand"/>
/// <seealso cref="GetCisProgramProblemCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.Set, "CisProgram", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Set-CisProgram.md")]
[OutputType(typeof(CisProgram))]
public sealed class SetCisProgramCommand : EditProgramCommand
{
    private readonly List<object> _programs = [];

    private readonly List<CisExemption> _exemptions = [];

    private readonly List<CisAttestation> _attestations = [];

    /// <summary>The program: its name, the path of its file, or an object from Get-CisProgram.</summary>
    [Parameter(Position = 0)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    [ValidateNotNullOrEmpty]
    public object? Name { get; set; }

    /// <summary>Programs to change, or exemptions and attestations to add to the program that -Name identifies.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Exemptions to remove, as (Get-CisProgram X).Exemptions returns them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public CisExemption[]? RemoveExemption { get; set; }

    /// <summary>IDs or wildcards of controls whose attestations to remove.</summary>
    [Parameter]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(AttestedControlCompleter))]
    public string[]? RemoveAttestation { get; set; }

    /// <summary>Returns the changed program.</summary>
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
                        "NotAnEntry", $"{item.GetType().Name} cannot be added to a program.", item,
                        "Pipe the output of New-CisExemption, New-CisAttestation or Get-CisProgram."));
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
                "NoProgram", "No program was specified.", null, "Specify one with -Name. Run Get-CisProgram -Type Custom to list your programs."));
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
                "ProgramNotFound", $"File {file} was not found.", "Run Get-CisProgram to list the programs."))));
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
