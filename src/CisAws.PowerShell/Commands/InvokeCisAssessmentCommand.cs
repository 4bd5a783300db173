using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Assessments;
using CisAws.Connections;
using CisAws.Evidence;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Connections;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Evidence;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Text;

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
/// <para>With -EvidencePath the evidence of each account is kept in a file, and in a folder also the results. The results are then returned after both
/// are saved, so that nothing is lost if the pipeline ends early, such as with Select-Object -First 1. A run that is stopped with Ctrl+C saves
/// nothing.</para>
/// <para>With -Evidence such files are assessed instead of accounts: as of the time of the collection, or -AsOf, against any program. The same evidence,
/// program and time give the same results, also those of the original run. Controls that need evidence which was not collected are Unknown.</para>
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
/// <example>
/// <code>Invoke-CisAssessment -Evidence ./account.cisevidence -Program norrvik</code>
/// <para>Assess evidence from a file against your own program, without connecting to AWS.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment -EvidencePath ./evidence | Where-Object Status -eq Fail</code>
/// <para>Assess an account, and keep the results and the evidence that they are based on. Get-CisTrend ./evidence shows how they develop.</para>
/// </example>
/// <returns>The status of one control in one account.</returns>
/// <seealso cref="GetCisControlCommand"/>
/// <seealso cref="GetCisFindingCommand"/>
/// <seealso cref="MeasureCisAssessmentCommand"/>
/// <seealso cref="TestCisAccessCommand"/>
/// <seealso cref="GetCisEvidenceCommand"/>
/// <seealso href="about_CisAws_Statuses"/>
/// <seealso href="about_CisAws_Credentials"/>
/// <seealso href="about_CisAws_Automation"/>
[Cmdlet(VerbsLifecycle.Invoke, "CisAssessment", DefaultParameterSetName = AccountSet, HelpUri = HelpPages.Address + "Invoke-CisAssessment.md")]
[OutputType(typeof(CisResult))]
public sealed class InvokeCisAssessmentCommand : AccountCommand
{
    private readonly StaleEntryReport _staleEntries = new();

    private readonly List<(IReadOnlyList<CisControl> Controls, object Evidence)> _evidence = [];

    /// <summary>
    /// The maximum time for the assessment of an account, in seconds, up to 86400 (a day). A control that needs what was not read by then is Unknown,
    /// with the reason code Deadline. Default: 0, no limit. A single call to AWS ends after 30 seconds in any case.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int TimeoutSec { get; set; }

    /// <summary>
    /// Evidence to assess, without a connection to AWS: .cisevidence files, or objects from Get-CisEvidence or Import-CisEvidence. Evidence of several
    /// accounts is assessed together, so that the trail of an organization is assessed with the evidence of its owner.
    /// </summary>
    [Parameter(ParameterSetName = AccountSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ControlSet)]
    [EvidenceArgument]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public object[]? Evidence { get; set; }

    /// <summary>The time for which ages, such as those of access keys, are computed from -Evidence. Default: the time of the collection.</summary>
    [Parameter]
    [DayArgument]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTime AsOf { get; set; }

    /// <summary>
    /// The IDs of the accounts that -Evidence must contain, such as those of an organization. Each control of an account without evidence is Unknown, with
    /// the reason code AccountUnreachable, so that no account is missing in the results.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidatePattern(@"\A[0-9]{12}\z")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? ExpectedAccount { get; set; }

    /// <summary>
    /// Where to keep the evidence that the results are based on: a new .cisevidence file, or a folder. In a folder each run has files of its own,
    /// runs/ACCOUNT/TIME.cisevidence and, with the results, TIME.json. Contact details are masked in the evidence.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EvidencePath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (EvidencePath is null)
        {
            return;
        }

        EvidencePath = GetUnresolvedProviderPathFromPSPath(EvidencePath);
        if (EvidenceArgumentAttribute.IsPath(EvidencePath) && File.Exists(EvidencePath))
        {
            ThrowTerminatingError(CisErrors.EvidenceNotWritten(
                EvidencePath, new FileExistsException(), "Choose another file, or a folder, in which each run has a file of its own."));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        AssessEvidence();
        foreach (var warning in _staleEntries.Warnings())
        {
            WriteWarning(warning);
        }
    }

    private protected override void OnAccount(IReadOnlyList<CisControl> controls, AccountLabel label)
    {
        if (Evidence is not null)
        {
            // All of it first: what one account depends on can be in the evidence of another one.
            _evidence.AddRange(Evidence.SelectMany(e => EvidenceLoader.Expand(this, e)).Select(e => (controls, e)));
            return;
        }

        if (IsGiven(nameof(AsOf)))
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "AsOfWithoutEvidence", "-AsOf is for -Evidence; an account itself is assessed as of now.", AsOf, "Add -Evidence, or omit -AsOf."));
        }

        if (ExpectedAccount is not null)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "ExpectedAccountWithoutEvidence", "-ExpectedAccount is for -Evidence: accounts themselves are listed by Get-CisAccount.", ExpectedAccount,
                "Add -Evidence, or pipe Get-CisAccount to Invoke-CisAssessment."));
        }

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

        run.IsComplete = true;
    }

    private static CisProgram ProgramOf(CisResult result, IReadOnlyList<CisControl> controls) =>
        controls.First(c => c.ControlId == result.ControlId && c.Program == result.Program).Owner;

    private async Task AssessAsync(
        IReadOnlyList<CisControl> controls, IAccountConnection connection, IReadOnlyCollection<string> regions, ProblemReport problems,
        AccountProgress progress, Stopwatch watch, CancellationToken token)
    {
        var signIn = watch.Elapsed;
        progress.Begin(connection.Account.AccountId);
        var assessment = new Assessment(controls, regions, DateTimeOffset.UtcNow) { KeepEvidence = EvidencePath is not null };
        // What is to be kept is written first: whatever comes after WriteObject is lost when Select-Object -First ends the pipeline.
        var kept = EvidencePath is null ? null : new List<CisResult>();
        await assessment.RunAsync(
            connection,
            result =>
            {
                problems.Add(result);
                _staleEntries.Add(result, ProgramOf(result, controls));
                if (kept is null)
                {
                    Post(() => WriteObject(result));
                }

                kept?.Add(result);
                Post(() => progress.Decided(result.ControlId));
            },
            token).ConfigureAwait(false);
        problems.AddDisabledRegions(assessment.DisabledRegions);
        assessment.Run.End(connection.CallCount, watch.Elapsed);
        if (kept is not null)
        {
            Post(() => Keep(assessment.Evidence!, kept));
            Post(() => WriteObject(kept, enumerateCollection: true));
        }

        Post(() => assessment.Run.IsComplete = true);
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

    private void Keep(AccountEvidence evidence, List<CisResult> results)
    {
        if (EvidenceArgumentAttribute.IsPath(EvidencePath!))
        {
            Keep(EvidencePath!, stream => EvidenceArchive.Write(ContactMask.Apply(evidence), stream, sign: null), "For several accounts or runs, specify a folder.");
            return;
        }

        const string Twice = "A folder keeps one run of an account for each second. Run the command again.";
        string PathOf(string extension) => EvidenceStore.PathOf(EvidencePath!, evidence.Account.AccountId, evidence.CollectedAt, extension);
        Keep(PathOf(EvidenceArchive.Extension), stream => EvidenceArchive.Write(ContactMask.Apply(evidence), stream, sign: null), Twice);
        Keep(PathOf(EvidenceStore.ResultExtension), stream => ResultFile.Write(results, stream), Twice);
    }

    private void Keep(string path, Action<Stream> write, string whereItExists)
    {
        try
        {
            AtomicFile.Create(path, overwrite: false, write);
            WriteVerbose($"Saved: {path}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(CisErrors.EvidenceNotWritten(path, e, e is FileExistsException ? whereItExists : "Check that the folder can be written to, and that the disk is not full."));
        }
    }

    private void AssessEvidence()
    {
        if (_evidence.Count == 0)
        {
            return;
        }

        WarnOfConnection();
        IsList = _evidence.Count > 1 || ExpectedAccount is not null;
        var all = _evidence.Select((e, n) => (e.Controls, Evidence: e.Evidence as CisEvidence ?? Load((string)e.Evidence, e.Controls, n + 1), Position: n + 1)).ToList();
        var others = OfflineRun.SetOf(all.Select(a => a.Evidence).OfType<CisEvidence>());
        foreach (var (controls, evidence, position) in all)
        {
            if (evidence is not null)
            {
                AssessEvidence(controls, evidence, others, LabelOf(evidence.AccountId, position));
            }
        }

        foreach (var account in (ExpectedAccount ?? []).Except(all.Select(a => a.Evidence?.AccountId)).Distinct())
        {
            Refuse(CisErrors.NoEvidenceOf(account!), UnassessedAccount.Unreachable, all[0].Controls, LabelOf(account!, all.Count));
        }
    }

    private void AssessEvidence(IReadOnlyList<CisControl> controls, CisEvidence evidence, EvidenceSet? others, AccountLabel label)
    {
        var collected = evidence.Evidence.CollectedAt;
        var asOf = IsGiven(nameof(AsOf)) ? new DateTimeOffset(AsOf.ToUniversalTime()) : collected;
        if (asOf < collected)
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "AsOfBeforeCollection", $"-AsOf is {UtcTime.Minute(asOf)}, before the evidence was collected ({UtcTime.Minute(collected)}).", AsOf,
                "Specify a later time. A time without a zone is local time."));
        }

        var problems = new ProblemReport(label);
        var assessment = OfflineRun.Of(controls, evidence, RegionsOf(controls), asOf, others);
        RunFor(controls, label, () => 0, async token =>
        {
            await assessment.RunAsync(
                evidence.Evidence,
                result =>
                {
                    problems.Add(result);
                    _staleEntries.Add(result, ProgramOf(result, controls));
                    Post(() => WriteObject(result));
                },
                token).ConfigureAwait(false);
            problems.AddDisabledRegions(assessment.DisabledRegions);
            Post(() => assessment.Run.IsComplete = true);
        });
        foreach (var warning in problems.Warnings())
        {
            WriteWarning(warning);
        }
    }

    private CisEvidence? Load(string path, IReadOnlyList<CisControl> controls, int position)
    {
        try
        {
            var loaded = EvidenceLoader.LoadUsable(path);
            foreach (var warning in loaded.Evidence.Warnings)
            {
                WriteWarning(warning);
            }

            return loaded;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            var error = CisErrors.NoEvidence(path, e);
            Refuse(error, error.FullyQualifiedErrorId, controls, LabelOf(Path.GetFileName(path), position));
            return null;
        }
    }

    private AccountLabel LabelOf(string account, int position)
    {
        var label = Label(IsList ? position : null);
        label.Identify(account);
        return label;
    }

    /// <summary>What was asked for and has no effect is said, so that the evidence of one account is not taken for another one.</summary>
    private void WarnOfConnection()
    {
        string[] unused =
        [
            nameof(AccessKey), nameof(SecretKey), nameof(SessionToken), nameof(Credential), nameof(ProfileName), nameof(ProfileLocation), nameof(RoleArn),
            nameof(ExternalId), nameof(EndpointUrl), nameof(TimeoutSec), nameof(EvidencePath),
        ];
        var given = unused.Where(IsTyped).Select(p => $"-{p}").ToList();
        if (given.Count > 0)
        {
            WriteWarning($"{Quantity.List(given, given.Count)} {(given.Count == 1 ? "has" : "have")} no effect: -Evidence is assessed without a connection to AWS.");
        }
    }
}
