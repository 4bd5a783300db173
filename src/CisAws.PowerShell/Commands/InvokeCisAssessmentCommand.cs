using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
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
/// <para>The accounts of a list are assessed at the same time, up to -AccountLimit of them. All results of an account are returned together, in the order
/// of the list, as soon as it and those before it are finished. Credentials of roles are renewed during the run. A role that AWS throttles is tried again.</para>
/// <para>What an account depends on and another one of the list owns, such as the trail of an organization, is assessed by the evidence of its owner,
/// which the result names. The assessment begins when the list is complete.</para>
/// <para>With -EvidencePath the evidence of each account is kept in a file, and in a folder also the results. The results are then returned after both
/// are saved, so that nothing is lost if the pipeline ends early, such as with Select-Object -First 1. If a run is stopped with Ctrl+C, the accounts
/// that are finished are saved; with -NewerThan the next run continues with the others.</para>
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
/// <code>Get-CisAccount | Invoke-CisAssessment -RoleName CisAuditor -EvidencePath ./evidence -NewerThan 12h | Export-CisReport organization.csv</code>
/// <para>Assess the accounts of an organization, several at the same time. If the run is stopped, the same command continues it: accounts whose evidence
/// in the folder is complete and less than 12 hours old are not collected again.</para>
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

    // By what the controls need: each account of a list can have its own.
    private readonly ConcurrentDictionary<string, EvidenceSet> _others = new(StringComparer.Ordinal);

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

    /// <summary>The name of the account of -AccountId, for the results.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AccountName { get; set; }

    /// <summary>The organizational unit of the account of -AccountId, for the results.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? OrganizationalUnit { get; set; }

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

    /// <summary>
    /// An account whose evidence in the folder of -EvidencePath is newer than this time, or than an age such as 12h or 1d, and complete, is not
    /// collected again: its evidence is assessed, as of the time of the collection. A run that was stopped is so continued. Evidence is complete if it
    /// contains all that the controls need in the regions, and nothing in it is missing because of a failure that a new attempt can change. What was
    /// denied is not such a failure.
    /// </summary>
    [Parameter]
    [DayArgument(AllowAge = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTime NewerThan { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (IsGiven(nameof(NewerThan)) && (EvidencePath is null || EvidenceArgumentAttribute.IsPath(EvidencePath)))
        {
            ThrowTerminatingError(CisErrors.InvalidArgument(
                "NewerThanWithoutFolder", "-NewerThan requires a folder in -EvidencePath.", NewerThan, "Specify the folder, or omit -NewerThan."));
        }

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

        base.OnAccount(controls, label);
    }

    private protected override string Activity(IReadOnlyList<CisControl> controls, string account) =>
        $"Assessing {account} against {string.Join(", ", controls.Select(c => c.Program).Distinct())}";

    private protected override bool CountsControls => true;

    private protected override bool WaitsForList => true;

    private protected override int TimeLimit => TimeoutSec;

    private protected override (string Name, string OrganizationalUnit) Place =>
        AccountId is { Length: > 0 } ? (AccountName ?? "", OrganizationalUnit ?? "") : ("", "");

    /// <summary>Each control of an account that was not assessed is Unknown, so that counts, exit code and reports show it.</summary>
    private protected override void WriteRefused(AccountWork work, string reasonCode, string message)
    {
        var run = new AssessmentRun(DateTimeOffset.UtcNow) { AccountName = work.AccountName, OrganizationalUnit = work.OrganizationalUnit };
        run.End(work.Progress.Calls, TimeSpan.Zero);
        foreach (var result in UnassessedAccount.Results(work.Controls, work.Label.AccountId, reasonCode, $"Not assessed: {message}", run))
        {
            _staleEntries.Add(result, ProgramOf(result, work.Controls));
            WriteObject(result);
        }

        run.IsComplete = true;
    }

    private static CisProgram ProgramOf(CisResult result, IReadOnlyList<CisControl> controls) =>
        controls.First(c => c.ControlId == result.ControlId && c.Program == result.Program).Owner;

    private protected override async Task WorkAsync(AccountWork work, IAccountConnection connection, CancellationToken cancellationToken)
    {
        var signIn = work.Watch.Elapsed;
        var assessment = new Assessment(work.Controls, work.Regions, DateTimeOffset.UtcNow, OthersFor(work)) { KeepEvidence = EvidencePath is not null };
        var run = assessment.Run;
        (run.AccountName, run.OrganizationalUnit) = (work.AccountName, work.OrganizationalUnit);
        // What is to be kept is written first: whatever comes after WriteObject is lost when Select-Object -First ends the pipeline.
        var kept = EvidencePath is null ? null : new List<CisResult>();
        await assessment.RunAsync(
            connection,
            result =>
            {
                if (kept is null)
                {
                    Return(work, result);
                }

                kept?.Add(result);
                work.Progress.Decided(result.ControlId);
                work.Post(Progress.Show);
            },
            cancellationToken).ConfigureAwait(false);
        work.Problems.AddDisabledRegions(assessment.DisabledRegions);
        run.End(work.Progress.Calls, work.Watch.Elapsed);
        if (kept is not null)
        {
            // Here and not in the turn of the account, which may come much later: what is finished is kept if the run is stopped.
            Keep(work, assessment.Evidence!, kept);
            kept.ForEach(result => Return(work, result));
        }

        work.Post(() => run.IsComplete = true);
        work.Post(() => WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Controls: {0}. Calls to AWS: {1}. Seconds: {2:0.00}.", work.Controls.Count, run.Calls, work.Watch.Elapsed.TotalSeconds)));
        var longest = Describe(signIn, assessment.LongestChain);
        work.Post(() => WriteVerbose(longest));
    }

    private void Return(AccountWork work, CisResult result)
    {
        work.Problems.Add(result);
        work.Post(() =>
        {
            _staleEntries.Add(result, ProgramOf(result, work.Controls));
            WriteObject(result);
        });
    }

    /// <summary>What the run waited for: more calls at the same time would not make it faster.</summary>
    private static string Describe(TimeSpan signIn, IReadOnlyList<TimedRead> chain)
    {
        var steps = chain.Prepend(new TimedRead("sign-in", "", signIn)).ToList();
        return string.Format(
            CultureInfo.InvariantCulture, "Longest chain of dependent calls: {0}. In total: {1:0} milliseconds.",
            string.Join(", ", steps), steps.Sum(s => s.Duration.TotalMilliseconds));
    }

    private void Keep(AccountWork work, AccountEvidence evidence, List<CisResult> results)
    {
        if (EvidenceArgumentAttribute.IsPath(EvidencePath!))
        {
            Keep(work, EvidencePath!, stream => EvidenceArchive.Write(ContactMask.Apply(evidence), stream, sign: null), "For several accounts or runs, specify a folder.");
            return;
        }

        const string Twice = "A folder keeps one run of an account for each second. Run the command again.";
        string PathOf(string extension) => EvidenceStore.PathOf(EvidencePath!, evidence.Account.AccountId, evidence.CollectedAt, extension);
        Keep(work, PathOf(EvidenceArchive.Extension), stream => EvidenceArchive.Write(ContactMask.Apply(evidence), stream, sign: null), Twice);
        Keep(work, PathOf(EvidenceStore.ResultExtension), stream => ResultFile.Write(results, stream), Twice);
    }

    private void Keep(AccountWork work, string path, Action<Stream> write, string whereItExists)
    {
        try
        {
            AtomicFile.Create(path, overwrite: false, write);
            work.Post(() => WriteVerbose($"Saved: {path}."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var error = CisErrors.EvidenceNotWritten(path, e, e is FileExistsException ? whereItExists : "Check that the folder can be written to, and that the disk is not full.");
            work.Post(() => WriteError(error));
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
            RefuseNow(CisErrors.NoEvidenceOf(account!), UnassessedAccount.Unreachable, all[0].Controls, LabelOf(account!, all.Count));
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

        var work = NewWork(controls, label);
        PipelineQueue.Run((queue, token) => RunToEndAsync(work, queue, () => AssessAsync(work, evidence, asOf, others, token), token), Stop);
    }

    /// <summary>Assesses the evidence of a run before, if it will do.</summary>
    private protected override async Task<bool> TryWorkOfflineAsync(AccountWork work, string accountId, CancellationToken cancellationToken)
    {
        if (!IsGiven(nameof(NewerThan)) || FindKept(work, accountId) is not { } kept)
        {
            return false;
        }

        work.Label.Identify(accountId);
        work.Post(() => WriteVerbose($"{work.Label}: the evidence of {UtcTime.Minute(kept.Evidence.CollectedAt)} is complete, and is assessed without a connection to AWS: {kept.Path}."));
        var run = await AssessAsync(work, kept, kept.Evidence.CollectedAt, OthersFor(work), cancellationToken).ConfigureAwait(false);
        run.End(work.Progress.Calls, work.Watch.Elapsed);
        return true;
    }

    /// <summary>What the accounts of a list own that this one can depend on; null for a single account, or if the controls need nothing of the kind.</summary>
    private EvidenceSet? OthersFor(AccountWork work)
    {
        var kinds = Works.Count > 1 ? AssessmentPlan.KindsForOthers(work.Controls) : [];
        return kinds.Count == 0 ? null : _others.GetOrAdd(string.Join(" ", kinds), _ =>
        {
            var reader = new OwnerReader(
                Works, kinds, ConnectAgainAsync, (w, id) => IsGiven(nameof(NewerThan)) ? FindKept(w, id)?.Evidence : null, AccountLimit, TimeoutSec, Stop);
            return new EvidenceSet(reader.ReadAsync, reader.FindBucketOwnerAsync);
        });
    }

    private CisEvidence? FindKept(AccountWork work, string accountId)
    {
        var newest = EvidenceStore.FilesOf(EvidencePath!, accountId).LastOrDefault(f => f.Time >= NewerThan.ToUniversalTime()).Path;
        try
        {
            return newest is not null && EvidenceLoader.LoadUsable(newest) is { } kept && Assessment.WillDo(kept.Evidence, work.Controls, work.Regions, accountId) ? kept : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            work.Post(() => WriteVerbose($"{work.Label}: {newest} cannot be used: {e.Message}"));
            return null;
        }
    }

    /// <summary>Assesses evidence, without a connection to AWS.</summary>
    private async Task<AssessmentRun> AssessAsync(AccountWork work, CisEvidence evidence, DateTimeOffset asOf, EvidenceSet? others, CancellationToken token)
    {
        var assessment = OfflineRun.Of(work.Controls, evidence, work.Regions, asOf, others);
        (assessment.Run.AccountName, assessment.Run.OrganizationalUnit) = (work.AccountName, work.OrganizationalUnit);
        await assessment.RunAsync(evidence.Evidence, result => Return(work, result), token).ConfigureAwait(false);
        work.Problems.AddDisabledRegions(assessment.DisabledRegions);
        work.Post(() => assessment.Run.IsComplete = true);
        return assessment.Run;
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
            var (error, label) = (CisErrors.NoEvidence(path, e), LabelOf(Path.GetFileName(path), position));
            RefuseNow(error, error.FullyQualifiedErrorId, controls, label);
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
            nameof(ExternalId), nameof(RoleName), nameof(RoleSessionName), nameof(DurationInSeconds), nameof(EndpointUrl), nameof(TimeoutSec), nameof(EvidencePath), nameof(NewerThan),
        ];
        var given = unused.Where(IsTyped).Select(p => $"-{p}").ToList();
        if (given.Count > 0)
        {
            WriteWarning($"{Quantity.List(given, given.Count)} {(given.Count == 1 ? "has" : "have")} no effect: -Evidence is assessed without a connection to AWS.");
        }
    }
}
