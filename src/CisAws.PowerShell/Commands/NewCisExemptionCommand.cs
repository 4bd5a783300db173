using System;
using System.Linq;
using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Makes an exemption: a failure that is accepted. Pipe it into Set-CisProgram; failing findings can be piped in.</summary>
/// <remarks>
/// <para>A failure that an exemption covers stays visible, as Exempt, with the reason, the owner and the last day. An exemption has no effect
/// on what passes and none on what could not be read. On the day after its last it stops.</para>
/// <para>Say what it covers by control, resource, account, region and tag; all that is said must hold. An exemption that would cover everything
/// is refused without -Force. Nothing is stored: pipe what comes out into Set-CisProgram.</para>
/// </remarks>
/// <example>
/// <code>
/// New-CisExemption '4.1' sg-0b6d907f35d4ccea7 -Reason 'The bastion goes in spring.' -Owner 'J. Ek' -Expires ([datetime]::Today.AddDays(90)) |
///     Set-CisProgram norrvik
/// </code>
/// <para>Accept an open port for 90 days. The failure stays visible, with the reason.</para>
/// </example>
/// <example>
/// <code>
/// Invoke-CisAssessment '4.1' | Get-CisFinding -Status Fail |
///     New-CisExemption -Reason 'Closed by May.' -Owner 'J. Ek' -Expires ([datetime]::Today.AddDays(60)) | Set-CisProgram norrvik
/// </code>
/// <para>Accept every failure that a control has now. Resources that begin to fail later are not covered.</para>
/// </example>
/// <example>
/// <code>
/// New-CisExemption '4.*' -Tag 'Stage=test*' -Region eu-west-1 -Reason 'No data there.' -Owner 'J. Ek' -Expires ([datetime]::Today.AddDays(30))
/// </code>
/// <para>Cover what has a tag. Where AWS does not tell the tags of a resource, the exemption does not cover it.</para>
/// </example>
/// <example>
/// <code>
/// Import-Csv exemptions.csv |
///     New-CisExemption -Reason 'Accepted by the board.' -Owner 'J. Ek' -Expires ([datetime]::Today.AddDays(90)) |
///     Set-CisProgram norrvik -ErrorAction Stop
/// </code>
/// <para>Take in a list by a scheduled task. The file's columns are ControlId, Resource, AccountId and Region; an empty cell covers all.</para>
/// </example>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso cref="GetCisFindingCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.New, "CisExemption")]
[OutputType(typeof(CisExemption))]
public sealed class NewCisExemptionCommand : CisCmdlet
{
    /// <summary>Ids of controls, or wildcards. Quote them: PowerShell reads 1.10 as the number 1.1.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] ControlId { get; set; } = [];

    /// <summary>ARNs or ids of resources, wildcards allowed; every resource by default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn")]
    [SupportsWildcards]
    public string[]? Resource { get; set; }

    /// <summary>The account; every account by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? AccountId { get; set; }

    /// <summary>The region; every region by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>A tag the resource must have: key, or key=value with wildcards in the value.</summary>
    [Parameter]
    public string? Tag { get; set; }

    /// <summary>Why the failure is accepted.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    /// <summary>Who accepts it.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Owner { get; set; } = "";

    /// <summary>Where it was decided, such as a ticket's number.</summary>
    [Parameter]
    public string? Ticket { get; set; }

    /// <summary>The last day on which it counts. A program has to allow exemptions without one.</summary>
    [Parameter]
    [DayArgument]
    public DateTime? Expires { get; set; }

    /// <summary>Makes an exemption that covers every resource of every control, which is refused otherwise.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in ControlId)
        {
            if (!ControlLookup.All.Named(id).Any())
            {
                WriteError(CisErrors.UnknownControl(id, ControlLookup.All));
                continue;
            }

            foreach (var resource in Resource is { Length: > 0 } ? Resource : [""])
            {
                Write(id, resource);
            }
        }
    }

    private void Write(string id, string resource)
    {
        var exemption = new CisExemption
        {
            ControlId = ControlSelector.Parse(id),
            Resource = NullIfEmpty(resource),
            AccountId = NullIfEmpty(AccountId),
            Region = NullIfEmpty(Region),
            Tag = NullIfEmpty(Tag),
            Reason = Reason,
            Owner = Owner,
            Ticket = NullIfEmpty(Ticket),
            Expires = Expires is { } day ? IsoDate.Of(day) : null,
        };
        if (!exemption.IsForEverything)
        {
            WriteObject(exemption);
        }
        else if (Force)
        {
            WriteObject(exemption with { CoversEverything = true });
        }
        else
        {
            WriteError(CisErrors.InvalidArgument(
                "CoversEverything", "The exemption would cover every resource of every control.", id,
                "Name the controls or the resources it is for; to leave an account out, set the program's scope. If you do mean everything: -Force."));
        }
    }

    // A finding about the account as a whole has no region.
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
