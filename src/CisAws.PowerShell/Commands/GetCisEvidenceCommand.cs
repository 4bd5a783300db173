using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CisAws.Assessments;
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

    private protected override void OnAccount(IReadOnlyList<CisControl> controls, AccountLabel label)
    {
        IReadOnlyList<string> disabled = [];
        var progress = new AccountProgress(this, account => $"Collecting the evidence of {account}");
        try
        {
            Connect(controls, label, progress.Called, async (connection, regions, token) =>
            {
                progress.Begin(connection.Account.AccountId);
                (var evidence, disabled) = await Assessment.CollectAsync(All ? null : controls, connection, regions, DateTimeOffset.UtcNow, token).ConfigureAwait(false);
                Post(() => WriteObject(new CisEvidence(evidence)));
            });
        }
        finally
        {
            progress.Complete();
        }

        foreach (var warning in ProblemReport.OfDisabledRegions(disabled, label))
        {
            WriteWarning(warning);
        }
    }

    private protected override void WriteRefused(IReadOnlyList<CisControl> controls, string reasonCode, string message, AccountLabel label, int calls)
    {
        // There is no evidence of an account that was not reached; the error names it.
    }
}
