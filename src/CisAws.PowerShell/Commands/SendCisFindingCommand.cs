using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Connections;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Loading;
using CisAws.Reports;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Sends the findings of an account to AWS Security Hub, and archives those whose resources no longer exist.</summary>
/// <remarks>
/// <para>Findings are imported in the AWS Security Finding Format, with the same ID in every run, so that Security Hub updates a finding that it has. The
/// time at which a finding was created is kept. Findings of an older assessment do not overwrite newer ones.</para>
/// <para>A finding that Security Hub has and the assessment does not is archived, but only if its control was assessed completely. Findings of controls,
/// regions and programs that were not assessed stay as they are, and so do all findings of a control that is Unknown or incomplete.</para>
/// <para>Security Hub takes the findings of an account only from that account: use credentials of the account that was assessed. They need
/// securityhub:GetFindings and securityhub:BatchImportFindings, and with -SuppressExempt securityhub:BatchUpdateFindings. AWS charges for imported
/// findings.</para>
/// <para>Findings that Security Hub refuses cause an error for each reason; the others are imported.</para>
/// </remarks>
/// <parameter name="Region">
/// The region of Security Hub. Default: the home region of the credentials. With cross-Region aggregation, one of the linked regions.
/// </parameter>
/// <example>
/// <code>Invoke-CisAssessment | Send-CisFinding -WhatIf</code>
/// <para>Show how many findings would be imported and archived.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment -Program norrvik | Send-CisFinding -Region eu-west-1 -SuppressExempt</code>
/// <para>Send findings to Security Hub in a region, and suppress those that your program accepts.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment -ErrorAction Stop
/// $results | Send-CisFinding -ErrorAction Stop
/// exit ($results | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Assess and send in a scheduled task that fails if something is wrong.</para>
/// </example>
/// <returns>How many findings were imported, archived, suppressed and refused.</returns>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso cref="ExportCisReportCommand"/>
/// <seealso href="about_CisAws_Credentials"/>
[Cmdlet(VerbsCommunications.Send, "CisFinding", SupportsShouldProcess = true, HelpUri = HelpPages.Address + "Send-CisFinding.md")]
[OutputType(typeof(CisFindingImport))]
public sealed class SendCisFindingCommand : RegionCommand
{
    private const string Note = "CisAws: the compliance program accepts this failure (exemption).";

    private const string ReopenNote = "CisAws: this finding is no longer exempt.";

    private readonly List<CisResult> _results = [];

    /// <summary>Results of Invoke-CisAssessment or ConvertFrom-CisJson.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NoCompleter))]
    public CisResult[] InputObject { get; set; } = [];

    /// <summary>
    /// Sets the workflow status of exempt findings to SUPPRESSED, and of those that CisAws suppressed and that are no longer exempt to NEW.
    /// </summary>
    [Parameter]
    public SwitchParameter SuppressExempt { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        _results.AddRange(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var results = ReportContent.Of(_results, [], [], DateTimeOffset.UtcNow).Results;
        if (results.Count > 0)
        {
            Connect(connection => Send(connection.SecurityHub(Region is [var region] ? region : null), connection.Account.AccountId, results));
        }
    }

    private void Send(ISecurityHub hub, string account, IReadOnlyList<CisResult> results)
    {
        var own = results.Where(r => r.AccountId == account).ToList();
        var others = results.Select(r => r.AccountId).Distinct().Where(a => a != account).ToList();
        if (others.Count > 0)
        {
            WriteError(CisErrors.OtherAccount(others, account));
        }

        var sent = new CisFindingImport(account, hub.Region);
        try
        {
            SecurityHubPlan? plan = null;
            Run(async token => plan = SecurityHubPlan.Of(own, await hub.GetFindingsAsync(AsffReport.GeneratorPrefix, token).ConfigureAwait(false), hub.Region));
            if (own.Count > 0 && ShouldProcess($"Security Hub of account {account} in {hub.Region}", Describe(plan!)))
            {
                try
                {
                    Run(token => SendAsync(hub, plan!, sent, own, token));
                }
                finally
                {
                    // Also where a later call failed: what was sent is there.
                    WriteObject(sent);
                }
            }
        }
        catch (CallException e)
        {
            ThrowTerminatingError(CisErrors.SecurityHubFailed(e, hub.Region));
        }
    }

    private string Describe(SecurityHubPlan plan) => FormattableString.Invariant(
        $"Import {plan.Imports.Count} findings, archive {plan.Archives.Count}") +
        (SuppressExempt ? FormattableString.Invariant($", suppress {plan.Suppressions.Count}, reopen {plan.Reopenings.Count}") : "");

    private async Task SendAsync(ISecurityHub hub, SecurityHubPlan plan, CisFindingImport sent, IReadOnlyList<CisResult> results, CancellationToken token)
    {
        var refused = new List<RefusedFinding>();
        sent.ImportedCount = await ImportAsync(plan.Imports).ConfigureAwait(false);
        sent.ArchivedCount = await ImportAsync(plan.Archives).ConfigureAwait(false);
        if (SuppressExempt)
        {
            sent.SuppressedCount = await SetStatusAsync(plan.Suppressions, "SUPPRESSED", Note).ConfigureAwait(false);
            sent.ReopenedCount = await SetStatusAsync(plan.Reopenings, "NEW", ReopenNote).ConfigureAwait(false);
        }

        sent.RefusedCount = refused.Count;
        Post(() => WriteRefused(refused, results));

        async Task<int> ImportAsync(IReadOnlyList<JsonElement> findings)
        {
            var before = refused.Count;
            foreach (var batch in SecurityHubPlan.Batches(findings))
            {
                refused.AddRange(await hub.ImportFindingsAsync(batch, token).ConfigureAwait(false));
            }

            return findings.Count - (refused.Count - before);
        }

        async Task<int> SetStatusAsync(IReadOnlyList<string> ids, string status, string note)
        {
            var before = refused.Count;
            for (var i = 0; i < ids.Count; i += 100)
            {
                refused.AddRange(await hub.SetWorkflowStatusAsync([.. ids.Skip(i).Take(100)], plan.ProductArn, status, note, token).ConfigureAwait(false));
            }

            return ids.Count - (refused.Count - before);
        }
    }

    private void WriteRefused(List<RefusedFinding> refused, IReadOnlyList<CisResult> results)
    {
        var rows = refused.Count == 0 ? [] : results.SelectMany(ReportRow.Of).ToDictionary(r => r.Id.ToString());
        foreach (var reason in refused.GroupBy(r => (r.ErrorCode, r.Message)))
        {
            var first = reason.First().Id;
            WriteError(CisErrors.FindingsRefused([.. reason], rows.TryGetValue(first, out var row) ? $"{row.Result.ControlId} {row.Place}" : first));
        }
    }
}
