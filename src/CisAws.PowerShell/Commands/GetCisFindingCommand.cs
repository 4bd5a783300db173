using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Results;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets the findings of results: one resource's verdict each.</summary>
/// <remarks>
/// <para>A result is one control's verdict for one account; its findings are the resources it was decided by, each with its own status, reason
/// and facts. A control about the account as a whole has one finding, which is about the account.</para>
/// <para>Results that were read back from a file, with Import-Clixml for example, have findings too. Those of Export-Csv have only their
/// count.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment '4.1' | Get-CisFinding -Status Fail</code>
/// <para>See which security groups open port 22, and by which rule.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment | Get-CisFinding -Status Fail, Unknown | Group-Object ResourceType</code>
/// <para>Count by kind of resource what is to be done.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment '1.*' | Get-CisFinding -Status Fail | ForEach-Object { $_.Facts }</code>
/// <para>See the facts that verdicts rest on. Each has a Name and a Value.</para>
/// </example>
/// <example>
/// <code>
/// $open = Invoke-CisAssessment '1.12', '4.1', '4.2' | Get-CisFinding -Status Fail
/// $open | Export-Csv findings.csv -NoTypeInformation
/// if ($open) { exit 2 }
/// </code>
/// <para>Watch the few things that must never be, in a scheduled task. The file goes into the ticket, the exit code to whoever watches the
/// task.</para>
/// </example>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="NewCisExemptionCommand"/>
/// <seealso href="about_CisAws_Statuses"/>
[Cmdlet(VerbsCommon.Get, "CisFinding")]
[OutputType(typeof(CisFinding))]
public sealed class GetCisFindingCommand : CisCmdlet
{
    /// <summary>Results of Invoke-CisAssessment, live or read back from a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Only findings with one of these statuses.</summary>
    [Parameter]
    [ListArgument]
    public CisStatus[]? Status { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var result in InputObject)
        {
            if (ResultReader.Findings(result) is { } findings)
            {
                WriteObject(findings.Where(IsWanted), enumerateCollection: true);
            }
            else
            {
                WriteError(CisErrors.NotAResult(result.BaseObject));
            }
        }
    }

    private bool IsWanted(object finding) => Status is null || (ResultReader.Status(finding) is { } status && Status.Contains(status));
}
