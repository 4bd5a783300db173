using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Connections;
using CisAws.PowerShell.Connections;
using CisAws.Programs;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Tests whether the actions that controls need are allowed in AWS accounts, before an assessment.</summary>
/// <remarks>
/// <para>Returns one object for each IAM action: whether it is allowed, in which regions it is denied, by which type of policy, and the controls that
/// would be Unknown or incomplete. A control keeps its status if other facts decide it. An action that only adds facts or warnings to controls has no
/// controls in the output.</para>
/// <para>The test makes the calls that Invoke-CisAssessment makes, because only they show the effect of all policies, including service control
/// policies: each once for each region, with the smallest page. Of the resources of a region, it reads one of each owner, and up to 10
/// buckets. A policy that denies access to another resource, such as a key policy, is found only by the assessment. An action is NotChecked if no
/// resource was found for it. The number of calls does not grow with the size of the account.</para>
/// <para>Nothing in the account is changed. iam:GenerateCredentialReport makes AWS generate its report about the account, which the assessment then
/// uses. The test waits for the report.</para>
/// <para>In a list of accounts, an account that cannot be reached causes an error that names it, and each of its actions is Unknown. The other accounts
/// are tested.</para>
/// </remarks>
/// <example>
/// <code>Test-CisAccess -ProfileName audit | Where-Object Status -eq Denied</code>
/// <para>Show which actions are denied, and which controls would be Unknown.</para>
/// </example>
/// <example>
/// <code>
/// if (-not (Test-CisAccess -Quiet)) { exit 4 }
/// Invoke-CisAssessment | Export-Csv results.csv -NoTypeInformation
/// </code>
/// <para>End a script with an exit code of its own if something that the controls need cannot be read.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Section IAM | Test-CisAccess -RoleArn arn:aws:iam::111122223333:role/CisAuditor -ExternalId norrvik-cis</code>
/// <para>Test the role of an auditor for the controls of a section.</para>
/// </example>
/// <example>
/// <code>Test-CisAccess '3.*' | Where-Object ControlId | Format-List</code>
/// <para>Show the actions because of which controls would be Unknown, with the error messages of AWS.</para>
/// </example>
/// <example>
/// <code>Import-Csv accounts.csv | Test-CisAccess -Program norrvik | Group-Object AccountId, Status</code>
/// <para>Test a list of accounts. The columns of the file are named after parameters, such as RoleArn, ExternalId and Region.</para>
/// </example>
/// <returns>Whether one action is allowed in one account. With -Quiet, True or False.</returns>
/// <seealso cref="GetCisPolicyCommand"/>
/// <seealso cref="InvokeCisAssessmentCommand"/>
/// <seealso href="about_CisAws_Credentials"/>
/// <seealso href="about_CisAws_Statuses"/>
[Cmdlet(VerbsDiagnostic.Test, "CisAccess", DefaultParameterSetName = AccountSet, HelpUri = HelpPages.Address + "Test-CisAccess.md")]
[OutputType(typeof(CisAccess), typeof(bool))]
public sealed class TestCisAccessCommand : AccountCommand
{
    private bool _readsAll = true;

    /// <summary>
    /// Returns only True or False. False if a control of an account would be Unknown or incomplete because an action is denied or its calls fail.
    /// </summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Quiet)
        {
            WriteObject(_readsAll);
        }
    }

    private protected override string Activity(IReadOnlyList<CisControl> controls, string account) => $"Testing access to {account}";

    private protected override async Task WorkAsync(AccountWork work, IAccountConnection connection, CancellationToken cancellationToken)
    {
        var check = await AccessCheck.RunAsync(work.Controls, work.Regions, connection, cancellationToken).ConfigureAwait(false);
        work.Problems.AddDisabledRegions(check.DisabledRegions);
        work.Post(() => Write(check.Actions));
        work.Post(() => WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Actions: {0}. Calls to AWS: {1}. Seconds: {2:0.00}.", check.Actions.Count, connection.CallCount, work.Watch.Elapsed.TotalSeconds)));
    }

    /// <summary>Each action of an account that was not tested is Unknown, so that the account is not missing.</summary>
    private protected override void WriteRefused(AccountWork work, string reasonCode, string message) =>
        Write(AccessCheck.Unreachable(work.Controls, work.Label.AccountId, message));

    private void Write(IEnumerable<CisAccess> actions)
    {
        foreach (var action in actions)
        {
            _readsAll &= action.ControlId.Count == 0;
            if (!Quiet)
            {
                WriteObject(action);
            }
        }
    }
}
