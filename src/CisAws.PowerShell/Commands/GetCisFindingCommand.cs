using System.Linq;
using System.Management.Automation;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Results;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.PowerShell.Commands;

/// <summary>Gets the findings of results: the status of each resource that a control was assessed on.</summary>
/// <remarks>
/// <para>A result is the status of one control in one account. Its findings are the resources that determined it, each with its own status, reason
/// and facts. A control about the account as a whole has one finding, on the account.</para>
/// <para>Results that are read from a file with ConvertFrom-CisJson or Import-Clixml contain their findings. Results that are read with Import-Csv
/// contain only the number of findings.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment '4.1' | Get-CisFinding -Status Fail</code>
/// <para>List the security groups that open port 22.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment | Get-CisFinding -Status Fail, Unknown | Group-Object ResourceType</code>
/// <para>Count failing and unknown findings by type of resource.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment '1.*' | Get-CisFinding -Status Fail | ForEach-Object { $_.Facts }</code>
/// <para>Show the facts that findings are based on. Each fact has a Name and a Value.</para>
/// </example>
/// <example>
/// <code>
/// $open = Invoke-CisAssessment '1.12', '4.1', '4.2' | Get-CisFinding -Status Fail
/// $open | Export-Csv findings.csv -NoTypeInformation
/// if ($open) { exit 2 }
/// </code>
/// <para>Check critical controls in a scheduled task. The exit code shows whether anything fails, and the file lists it.</para>
/// </example>
/// <returns>The status of one resource under one control.</returns>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="NewCisExemptionCommand"/>
/// <seealso href="about_CisAws_Statuses"/>
[Cmdlet(VerbsCommon.Get, "CisFinding", HelpUri = HelpPages.Address + "Get-CisFinding.md")]
[OutputType(typeof(CisFinding))]
public sealed class GetCisFindingCommand : CisCmdlet
{
    /// <summary>Results of Invoke-CisAssessment, live or read from a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NoCompleter))]
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
