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

/// <summary>Creates an exemption, which accepts a failure. Pipe it to Set-CisProgram. Failing findings can be piped in.</summary>
/// <remarks>
/// <para>A failure that an exemption covers is reported as Exempt, with the reason, the owner and the last day. An exemption has no effect on Pass
/// and Unknown, and none after its last day.</para>
/// <para>The scope of an exemption is defined by control, resource, account, region and tag; a finding must match all that are given. Without -Resource
/// and -Tag it covers every resource of its controls, also those that fail later. Only an exemption for every resource of every control is refused
/// without -Force. The exemption is not stored; pipe it to Set-CisProgram.</para>
/// </remarks>
/// <example>
/// <code>
/// New-CisExemption '4.1' sg-0b6d907f35d4ccea7 -Reason 'The bastion is removed in spring.' -Owner 'J. Ek' -Expires 90d |
///     Set-CisProgram norrvik
/// </code>
/// <para>Accept an open port for 90 days.</para>
/// </example>
/// <example>
/// <code>
/// Invoke-CisAssessment '4.1' | Get-CisFinding -Status Fail |
///     New-CisExemption -Reason 'Closed by May.' -Owner 'J. Ek' -Expires 60d | Set-CisProgram norrvik
/// </code>
/// <para>Accept all current failures of a control. Resources that fail later are not covered.</para>
/// </example>
/// <example>
/// <code>
/// New-CisExemption '4.*' -Tag 'Stage=test*' -Region eu-west-1 -Reason 'No data there.' -Owner 'J. Ek' -Expires 30d
/// </code>
/// <para>Accept failures of resources that have a tag. Resources whose tags are not known are not covered.</para>
/// </example>
/// <example>
/// <code>
/// Import-Csv exemptions.csv |
///     New-CisExemption -Reason 'Accepted by the board.' -Owner 'J. Ek' -Expires 90d |
///     Set-CisProgram norrvik -ErrorAction Stop
/// </code>
/// <para>Import a list of exemptions in a scheduled task. The columns of the file are ControlId, Resource, AccountId and Region; an empty cell means
/// every resource, account or region.</para>
/// </example>
/// <returns>An exemption.</returns>
/// <seealso cref="SetCisProgramCommand"/>
/// <seealso cref="GetCisFindingCommand"/>
/// <seealso href="about_CisAws_Programs"/>
[Cmdlet(VerbsCommon.New, "CisExemption", HelpUri = HelpPages.Address + "New-CisExemption.md")]
[OutputType(typeof(CisExemption))]
public sealed class NewCisExemptionCommand : CisCmdlet
{
    /// <summary>IDs of controls, or wildcards. Enclose IDs in quotation marks: PowerShell reads 1.10 as the number 1.1.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] ControlId { get; set; } = [];

    /// <summary>ARNs or IDs of resources. Wildcards are accepted. Default: every resource.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceArn")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Resource { get; set; }

    /// <summary>The account. Default: every account.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AccountId { get; set; }

    /// <summary>The region. Default: every region.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>A tag that the resource must have: key, or key=value with wildcards in the value.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Tag { get; set; }

    /// <summary>Why the failure is accepted.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Reason { get; set; } = "";

    /// <summary>Who accepts the failure.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Owner { get; set; } = "";

    /// <summary>Where the decision is recorded, such as a ticket number.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Ticket { get; set; }

    /// <summary>
    /// The last day on which the exemption is valid: a date such as 2027-03-31, or a period from today such as 90d, 2w, 3m or 1y. Without it, the
    /// program must allow permanent exemptions.
    /// </summary>
    [Parameter]
    [DayArgument(AllowPeriod = true)]
    [ArgumentCompleter(typeof(PeriodCompleter))]
    public DateTime? Expires { get; set; }

    /// <summary>Creates an exemption that covers every resource of every control, which is refused otherwise.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Expires is { } day && IsoDate.Of(day) < DateTime.UtcNow.Date)
        {
            WriteWarning($"The exemption expired on {IsoDate.Write(day)} and has no effect. Specify a later day with -Expires.");
        }
    }

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
                "Specify the controls or the resources. To leave an account out, change the program's scope: Set-CisProgram -AccountId. To cover everything, add -Force."));
        }
    }

    // A finding about the account as a whole has no region.
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
