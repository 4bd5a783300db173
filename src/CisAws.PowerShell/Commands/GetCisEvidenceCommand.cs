using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.PowerShell.Connections;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Collects the evidence of AWS accounts, without assessing them.</summary>
/// <remarks>
/// <para>Reads what the controls need, once, and returns it as one object for each account. Export-CisEvidence writes it to a file, and
/// Invoke-CisAssessment -Evidence assesses it, now or later, with the same program or another one, without AWS. With -All the evidence is enough for
/// every program and benchmark that this version knows.</para>
/// <para>What could not be read is in the evidence too, with the action, the region and the reason; it makes the controls that need it Unknown.</para>
/// <para>Evidence contains names, ARNs, policies and configuration, but no secrets. Contact details are in it; Export-CisEvidence masks them.</para>
/// </remarks>
/// <example>
/// <code>Get-CisEvidence -All | Export-CisEvidence ./111122223333.cisevidence</code>
/// <para>Collect everything, and keep it in a file.</para>
/// </example>
/// <example>
/// <code>Get-CisEvidence -Program norrvik -ProfileName audit</code>
/// <para>Collect what a program needs.</para>
/// </example>
/// <example>
/// <code>Import-Csv accounts.csv | Get-CisEvidence -ErrorAction Stop | Export-CisEvidence ./evidence</code>
/// <para>Collect the evidence of a list of accounts, a file for each.</para>
/// </example>
/// <returns>The evidence of one account.</returns>
/// <seealso cref="ExportCisEvidenceCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
[Cmdlet(VerbsCommon.Get, "CisEvidence", DefaultParameterSetName = AccountSet, HelpUri = HelpPages.Address + "Get-CisEvidence.md")]
[OutputType(typeof(CisEvidence))]
public sealed class GetCisEvidenceCommand : AccountCommand
{
    /// <summary>Collects every kind of evidence, not only what the controls need.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    private protected override string Activity(IReadOnlyList<CisControl> controls, string account) => $"Collecting the evidence of {account}";

    private protected override async Task WorkAsync(AccountWork work, IAccountConnection connection, CancellationToken cancellationToken)
    {
        var (evidence, disabled) = await Assessment.CollectAsync(
            All ? null : work.Controls, connection, work.Regions, DateTimeOffset.UtcNow, cancellationToken).ConfigureAwait(false);
        work.Problems.AddDisabledRegions(disabled);
        work.Post(() => WriteObject(new CisEvidence(evidence)));
    }

    private protected override void WriteRefused(AccountWork work, string reasonCode, string message)
    {
        // There is no evidence of an account that was not reached; the error names it.
    }
}
