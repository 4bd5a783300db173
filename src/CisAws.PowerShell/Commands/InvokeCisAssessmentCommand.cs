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
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Connections;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Loading;
using CisAws.PowerShell.Programs;
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
/// <seealso href="about_CisAws_Statuses"/>
/// <seealso href="about_CisAws_Credentials"/>
/// <seealso href="about_CisAws_Automation"/>
[Cmdlet(VerbsLifecycle.Invoke, "CisAssessment", DefaultParameterSetName = AccountSet, HelpUri = HelpPages.Address + "Invoke-CisAssessment.md")]
[OutputType(typeof(CisResult))]
public sealed class InvokeCisAssessmentCommand : AwsCmdlet
{
    private const string AccountSet = "Account";
    private const string ControlSet = "Control";

    private readonly List<CisControl> _piped = [];

    private readonly List<string> _pipedIds = [];

    private readonly StaleEntryReport _staleEntries = new();

    private bool? _isList;

    private int _position;

    /// <summary>Controls from Get-CisControl.</summary>
    [Parameter(ParameterSetName = ControlSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public CisControl[] InputObject { get; set; } = [];

    /// <summary>A compliance program: its name, the path of its file, or an object from Get-CisProgram. Default: the whole benchmark.</summary>
    [Parameter(ParameterSetName = AccountSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ProgramArgument(AllowControlId = true)]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object? Program { get; set; } = DefaultPrograms.BenchmarkName;

    /// <summary>
    /// IDs such as '1.10', or wildcards such as '1.*'. Default: every control of the program. Enclose IDs in quotation marks: PowerShell reads 1.10
    /// as the number 1.1.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = AccountSet, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] ControlId { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        RefuseEmpty(nameof(ControlId), ControlId.Length == 0);
        RefuseEmpty(nameof(Program), IsEmpty(Program));
        if (ParameterSetName == ControlSet)
        {
            return;
        }

        // What is wrong for every account of a list is not the problem of one account.
        if (IsTyped(nameof(Program)))
        {
            Program = GetOrEnd(Program!);
        }

        // Each account of a list can have its own program, of another benchmark.
        var known = Program is CisProgram program ? ControlLookup.BenchmarkOf(program) : ControlLookup.All;
        if (IsTyped(nameof(ControlId)) && ControlId.FirstOrDefault(id => !known.Named(id).Any()) is { } unknown)
        {
            ThrowTerminatingError(CisErrors.UnknownControl(unknown, known));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (ParameterSetName == ControlSet)
        {
            _piped.AddRange(InputObject);
        }
        else if (PipedText() is { } text && ControlIdArgumentAttribute.IsLikeId(text))
        {
            if (Store.Names().Any(n => n.Name.Equals(text, StringComparison.OrdinalIgnoreCase)))
            {
                ThrowTerminatingError(CisErrors.InvalidArgument(
                    "AmbiguousInput", $"'{text}' is both the name of a program and a control ID.", text, $"Use -Program '{text}' or -ControlId '{text}' instead of the pipeline."));
            }

            _pipedIds.AddRange(ListArgumentAttribute.Split(text));
        }
        else
        {
            _position++;
            AssessProgram(ControlId.Length == 0 ? ["*"] : ControlId);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ControlSet)
        {
            Assess(_piped);
        }

        if (_pipedIds.Count > 0)
        {
            (Program, _isList) = (DefaultPrograms.BenchmarkName, false);
            AssessProgram(IsTyped(nameof(ControlId)) ? [.. ControlId, .. _pipedIds] : _pipedIds);
        }

        foreach (var warning in _staleEntries.Warnings())
        {
            WriteWarning(warning);
        }
    }

    /// <summary>Text that came through the pipeline by itself, and not as the property of an account's row.</summary>
    private string? PipedText() => MyInvocation.BoundParameters.Keys.Where(k => !IsTyped(k)).ToList() is [nameof(Program)] ? Program as string : null;

    /// <summary>A list of accounts goes on after one that cannot be assessed.</summary>
    private bool IsList => _isList ??= MyInvocation.ExpectingInput && ParameterSetName == AccountSet;

    private void AssessProgram(IReadOnlyCollection<string> ids)
    {
        CisProgram program;
        try
        {
            program = IsEmpty(Program) ? DefaultPrograms.Benchmark : Get(Program!);
        }
        catch (ProgramException e)
        {
            // What the program would have asked is not known; the benchmark stands for it, under the name that was given.
            var asked = DefaultPrograms.Benchmark with { Name = Program!.ToString()! };
            var named = new ProgramException(e.Code, NewLabel().InListAbout(e.Message), e.RecommendedAction, e.Problems, e.InnerException);
            Refuse(CisErrors.NoProgram(named, Program), e.Code, Planned(asked, ids), NewLabel());
            return;
        }

        var controls = program.Controls;
        if (ids.FirstOrDefault(id => !controls.Named(id).Any()) is { } missing)
        {
            var known = ControlLookup.BenchmarkOf(program);
            var error = known.Named(missing).Any() ? CisErrors.NotInProgram(program, missing, NewLabel()) : CisErrors.UnknownControl(missing, known, NewLabel());
            Refuse(error, error.FullyQualifiedErrorId, Planned(program, ids), NewLabel());
        }
        else
        {
            Assess(ids.SelectMany(controls.Named));
        }
    }

    /// <summary>What would have been assessed: the controls that were named, or all of the program where none that was named is one.</summary>
    private static List<CisControl> Planned(CisProgram program, IEnumerable<string> ids)
    {
        var controls = program.Controls;
        var named = ids.SelectMany(controls.Named).ToList();
        return InOrder(named.Count > 0 ? named : controls);
    }

    private static List<CisControl> InOrder(IEnumerable<CisControl> controls) =>
        controls.GroupBy(c => (c.ControlId, c.Owner)).Select(g => g.First()).OrderBy(c => c.ControlId).ToList();

    private void Assess(IEnumerable<CisControl> controls)
    {
        var planned = InOrder(controls);
        var label = NewLabel();
        var problems = new ProblemReport(label);
        var progress = new AssessmentProgress(this, string.Join(", ", planned.Select(c => c.Program).Distinct()), planned.Count);
        try
        {
            // Read here: variables belong to the pipeline thread.
            var options = Options(onCall: progress.Called);
            Run(token => AssessAsync(planned, options, label, problems, progress, token));
        }
        catch (ConnectionException e)
        {
            var named = new ConnectionException(
                e.Problem, e.Problem == ConnectionProblem.InvalidOption ? label.InListAbout(e.Message) : label.About(e.Message), e.RecommendedAction, e.InnerException);
            Refuse(CisErrors.NoConnection(named, ProfileName ?? RoleArn), UnassessedAccount.Unreachable, planned, label, progress.Calls);
        }
        catch (UnknownRegionException e)
        {
            Refuse(CisErrors.UnknownRegion(e), "UnknownRegion", planned, label, progress.Calls);
        }
        catch (OutOfScopeException e)
        {
            Refuse(CisErrors.OutOfScope(e), "AccountOutOfScope", planned, label, progress.Calls);
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

    /// <summary>
    /// In a list of accounts one that cannot be assessed must not end the others, and must not be missing among them: its controls are Unknown,
    /// so that counts, exit code and reports show it. Without a list there is nothing else to do, and the error ends the run.
    /// </summary>
    private void Refuse(ErrorRecord error, string reasonCode, IReadOnlyList<CisControl> planned, AccountLabel label, int calls = 0)
    {
        if (!IsList)
        {
            ThrowTerminatingError(error);
        }

        var run = new AssessmentRun(DateTimeOffset.UtcNow);
        run.End(calls, TimeSpan.Zero);
        // Before the error, which may end the pipeline.
        foreach (var result in UnassessedAccount.Results(planned, label.AccountId, reasonCode, $"Not assessed: {error.Exception.Message}", run))
        {
            _staleEntries.Add(result);
            WriteObject(result);
        }

        WriteError(error);
    }

    private async Task AssessAsync(
        List<CisControl> planned, ConnectionOptions options, AccountLabel label, ProblemReport problems, AssessmentProgress progress, CancellationToken token)
    {
        var watch = Stopwatch.StartNew();
        using var connection = await AwsAssemblyLoader.Connector.ConnectAsync(options, token).ConfigureAwait(false);
        label.Identify(connection.Account.AccountId);
        Post(() => WriteVerbose($"Credentials: {connection.CredentialSource}."));
        Post(() => WriteVerbose($"Account {connection.Account.AccountId}, partition {connection.Account.Partition}; caller: {connection.Account.CallerArn}."));
        Post(() => WriteVerbose($"Home region, for global calls: {connection.HomeRegion}."));
        if (connection.Proxy is { } proxy)
        {
            Post(() => WriteVerbose($"Proxy: {proxy} ($AWSProxy)."));
        }

        var programs = planned.Select(c => c.Owner).Distinct().ToList();
        var regions = Region is { Length: > 0 } ? Region
            : programs.Exists(p => p.RegionsInScope.Count == 0) ? []
            : (IReadOnlyCollection<string>)programs.SelectMany(p => p.RegionsInScope).Distinct().ToList();
        Post(() => WriteVerbose(regions.Count == 0 ? "Regions: every enabled region." : $"Regions: {string.Join(", ", regions)}."));
        foreach (var program in programs)
        {
            Post(() => WriteVerbose($"Program {program.Name}: {program.Controls}{string.Concat(program.ExcludedControls.Select(e => $"; excluded: {e.ToString().TrimEnd('.')}"))}."));
        }

        progress.Begin(connection.Account.AccountId);
        var assessment = new Assessment(planned, regions, DateTimeOffset.UtcNow);
        await assessment.RunAsync(
            connection,
            result =>
            {
                problems.Add(result);
                _staleEntries.Add(result);
                Post(() => WriteObject(result));
                Post(() => progress.Decided(result.ControlId));
            },
            token).ConfigureAwait(false);
        problems.AddDisabledRegions(assessment.DisabledRegions);
        assessment.Run.End(connection.CallCount, watch.Elapsed);
        Post(() => WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "Controls: {0}. Calls to AWS: {1}. Seconds: {2:0.00}.", planned.Count, assessment.Run.Calls, watch.Elapsed.TotalSeconds)));
    }

    private AccountLabel NewLabel() => Label(IsList ? _position : null);
}
