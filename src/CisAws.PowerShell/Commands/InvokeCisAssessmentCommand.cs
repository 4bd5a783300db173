using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Connections;
using CisAws.Programs;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Assesses AWS accounts against the CIS AWS Foundations Benchmark or a compliance program, without changing them.</summary>
/// <remarks>
/// <para>Returns one result for each control: a status, a one-sentence reason, the findings, the settings in force and the remediation. Results are
/// written as soon as they are known, in the order of the benchmark.</para>
/// <para>Anything that could not be read is Unknown, with the AWS action that was denied; never Pass and never Fail. A denied action affects only the
/// controls that need it, and one warning at the end lists the denied actions. Only an error that makes the run meaningless ends it: no credentials,
/// an unknown region, a program that is not valid.</para>
/// <para>Without parameters, credentials are found where AWS Tools, the AWS CLI and the SDKs find them, and all enabled regions are assessed. Nothing
/// in the account is changed. iam:GenerateCredentialReport makes AWS generate its report about the account.</para>
/// <para>In a list of accounts, an empty cell means "not specified", and a cell can contain several regions or control IDs, separated by commas,
/// semicolons or spaces. An account that cannot be assessed causes an error that names it, and each of its controls is Unknown with the reason code
/// AccountUnreachable, so that counts, exit code and reports show it. The other accounts are assessed.</para>
/// <para>Control IDs can be piped as text: '1.2', '4.1' | Invoke-CisAssessment. Other text is the name of a program.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment | Where-Object Status -eq Fail</code>
/// <para>Show what fails in an account. Without parameters, the account that your credentials belong to is assessed.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment '1.*', '4.1'</code>
/// <para>Assess some of the controls. Enclose IDs in quotation marks: PowerShell reads 1.10 as the number 1.1.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment -ProfileName audit -Region eu-west-1, us-east-1</code>
/// <para>Specify the profile and the regions. If not all enabled regions are assessed, the results say so.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment -RoleArn arn:aws:iam::111122223333:role/CisAuditor -ExternalId norrvik-cis</code>
/// <para>Assess another account by assuming a role.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Section Logging -Level 1 | Invoke-CisAssessment</code>
/// <para>Assess the level 1 controls of a section.</para>
/// </example>
/// <example>
/// <code>Import-Csv accounts.csv | Invoke-CisAssessment -Program norrvik | Group-Object AccountId, Status</code>
/// <para>Assess a list of accounts against your own program. The columns of the file are named after parameters, such as RoleArn, ExternalId and
/// Region.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment -Program norrvik
/// $results | Export-Csv results.csv -NoTypeInformation
/// exit ($results | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Assess in a scheduled task. The exit code is 0 if the account is compliant, 2 if a control fails, and 3 if none fails but some are Unknown.
/// Start the script with: powershell.exe -NoProfile -NonInteractive -File assess.ps1</para>
/// </example>
/// <returns>The status of one control in one account.</returns>
/// <seealso cref="GetCisControlCommand"/>
/// <seealso cref="GetCisFindingCommand"/>
/// <seealso cref="MeasureCisAssessmentCommand"/>
/// <seealso cref="TestCisAccessCommand"/>
/// <seealso href="about_CisAws_Statuses"/>
/// <seealso href="about_CisAws_Credentials"/>
/// <seealso href="about_CisAws_Automation"/>
[Cmdlet(VerbsLifecycle.Invoke, "CisAssessment", DefaultParameterSetName = AccountSet, HelpUri = HelpPages.Address + "Invoke-CisAssessment.md")]
[OutputType(typeof(CisResult))]
public sealed class InvokeCisAssessmentCommand : AccountCommand
{
    private readonly StaleEntryReport _staleEntries = new();

    /// <summary>
    /// The maximum time for the assessment of an account, in seconds, up to 86400 (a day). A control that needs what was not read by then is Unknown,
    /// with the reason code Deadline. Default: 0, no limit. A single call to AWS ends after 30 seconds in any case.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        foreach (var warning in _staleEntries.Warnings())
        {
            WriteWarning(warning);
        }
    }

    private protected override void OnAccount(IReadOnlyList<CisControl> controls, AccountLabel label)
    {
        var watch = Stopwatch.StartNew();
        var problems = new ProblemReport(label);
        using var deadline = new CancellationTokenSource();
        if (TimeoutSec > 0)
        {
            deadline.CancelAfter(TimeSpan.FromSeconds(TimeoutSec));
        }

        var programs = string.Join(", ", controls.Select(c => c.Program).Distinct());
        var progress = new AccountProgress(this, account => $"Assessing {account} against {programs}", controls.Count);
        try
        {
            Connect(
                controls, label, progress.Called,
                (connection, regions, token) => AssessAsync(controls, connection, regions, problems, progress, watch, token),
                deadline.Token);
        }
        finally
        {
            progress.Complete();
        }

        foreach (var warning in problems.Warnings())
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Each control of an account that was not assessed is Unknown, so that counts, exit code and reports show it.</summary>
    private protected override void WriteRefused(IReadOnlyList<CisControl> controls, string reasonCode, string message, AccountLabel label, int calls)
    {
        var run = new AssessmentRun(DateTimeOffset.UtcNow);
        run.End(calls, TimeSpan.Zero);
        foreach (var result in UnassessedAccount.Results(controls, label.AccountId, reasonCode, $"Not assessed: {message}", run))
        {
            _staleEntries.Add(result, ProgramOf(result, controls));
            WriteObject(result);
        }
    }

    private static CisProgram ProgramOf(CisResult result, IReadOnlyList<CisControl> controls) =>
        controls.First(c => c.ControlId == result.ControlId && c.Program == result.Program).Owner;

    private async Task AssessAsync(
        IReadOnlyList<CisControl> controls, IAccountConnection connection, IReadOnlyCollection<string> regions, ProblemReport problems,
        AccountProgress progress, Stopwatch watch, CancellationToken token)
    {
        var signIn = watch.Elapsed;
        progress.Begin(connection.Account.AccountId);
        var assessment = new Assessment(controls, regions, DateTimeOffset.UtcNow);
        await assessment.RunAsync(
            connection,
            result =>
            {
                problems.Add(result);
                _staleEntries.Add(result, ProgramOf(result, controls));
                Post(() => WriteObject(result));
                Post(() => progress.Decided(result.ControlId));
            },
            token).ConfigureAwait(false);
        problems.AddDisabledRegions(assessment.DisabledRegions);
        assessment.Run.End(connection.CallCount, watch.Elapsed);
        Post(() => WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Controls: {0}. Calls to AWS: {1}. Seconds: {2:0.00}.", controls.Count, assessment.Run.Calls, watch.Elapsed.TotalSeconds)));
        Post(() => WriteVerbose(Describe(signIn, assessment.LongestChain)));
    }

    /// <summary>What the run waited for: more calls at the same time would not make it faster.</summary>
    private static string Describe(TimeSpan signIn, IReadOnlyList<TimedRead> chain)
    {
        var steps = chain.Prepend(new TimedRead("sign-in", "", signIn)).ToList();
        return string.Format(
            CultureInfo.InvariantCulture, "Longest chain of dependent calls: {0}. In total: {1:0} milliseconds.",
            string.Join(", ", steps), steps.Sum(s => s.Duration.TotalMilliseconds));
    }
}
