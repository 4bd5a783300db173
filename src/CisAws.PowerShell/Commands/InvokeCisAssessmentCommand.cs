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
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Doors;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>Assesses AWS accounts against the controls of the benchmark. Reads only; one result a control, in the catalogue's order.</summary>
/// <remarks>
/// <para>Each control of the program gives one result for the account: a status, a reason in one sentence, the findings, the settings in force,
/// and what to do about a failure. Results come one by one, in the order of the benchmark.</para>
/// <para>What could not be read is Unknown, with the AWS action that was denied; never a Pass and never a Fail. A denied action costs the
/// controls that need it, not the run, and one warning at the end lists what was denied. Only what makes the run meaningless ends it: no
/// credentials, an unknown region, a program that is not in order.</para>
/// <para>Without parameters the credentials are found where AWS Tools, the AWS CLI and the SDKs find them. Every enabled region is looked at.
/// Nothing in the account is changed; iam:GenerateCredentialReport makes AWS write its report about the account.</para>
/// <para>In a list of accounts, one that cannot be reached is an error about that one, and the others follow.</para>
/// </remarks>
/// <example>
/// <code>Invoke-CisAssessment | Where-Object Status -eq Fail</code>
/// <para>See what fails in an account. It is the one that your credentials are for.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment '1.*', '4.1'</code>
/// <para>Assess some of the controls. Quote ids: PowerShell reads 1.10 as the number 1.1.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment -ProfileName audit -Region eu-west-1, us-east-1</code>
/// <para>Name the profile and the regions. Judged on fewer regions than are enabled, a result says so.</para>
/// </example>
/// <example>
/// <code>Invoke-CisAssessment -RoleArn arn:aws:iam::111122223333:role/CisAuditor -ExternalId norrvik-cis</code>
/// <para>Assume a role first, in another account.</para>
/// </example>
/// <example>
/// <code>Get-CisControl -Section Logging -Level 1 | Invoke-CisAssessment</code>
/// <para>Choose controls by what they are about.</para>
/// </example>
/// <example>
/// <code>Import-Csv accounts.csv | Invoke-CisAssessment -Program norrvik | Group-Object AccountId, Status</code>
/// <para>Assess a list of accounts by your own program. The file's columns are named as parameters: RoleArn, ExternalId, Region.</para>
/// </example>
/// <example>
/// <code>
/// $results = Invoke-CisAssessment -Program norrvik
/// $results | Export-Csv results.csv -NoTypeInformation
/// exit ($results | Measure-CisAssessment).ExitCode
/// </code>
/// <para>Assess in a scheduled task. The exit code is 0 for compliant, 2 for any Fail, 3 for no Fail but Unknown. Start the script with:
/// powershell.exe -NoProfile -NonInteractive -File assess.ps1</para>
/// </example>
/// <seealso cref="GetCisControlCommand"/>
/// <seealso cref="GetCisFindingCommand"/>
/// <seealso cref="MeasureCisAssessmentCommand"/>
/// <seealso href="about_CisAws_Statuses"/>
/// <seealso href="about_CisAws_Credentials"/>
/// <seealso href="about_CisAws_Automation"/>
[Cmdlet(VerbsLifecycle.Invoke, "CisAssessment", DefaultParameterSetName = AccountSet)]
[OutputType(typeof(CisResult))]
public sealed class InvokeCisAssessmentCommand : AsyncCmdlet
{
    private const string AccountSet = "Account";
    private const string ControlSet = "Control";

    private readonly List<CisControl> _piped = [];

    private readonly AcceptanceReview _acceptance = new();

    /// <summary>Controls from Get-CisControl.</summary>
    [Parameter(ParameterSetName = ControlSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CisControl[] InputObject { get; set; } = [];

    /// <summary>A compliance program: its name, the path of its file, or what Get-CisProgram gives; the whole benchmark by default.</summary>
    [Parameter(ParameterSetName = AccountSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    [ValidateNotNullOrEmpty]
    public object Program { get; set; } = DefaultPrograms.BenchmarkName;

    /// <summary>Folders to find programs in, instead of the environment variable CISAWS_PROGRAM_PATH, the user's folder and the machine's.</summary>
    [Parameter(ParameterSetName = AccountSet)]
    [ValidateNotNullOrEmpty]
    public string[]? ProgramPath { get; set; }

    /// <summary>Ids such as '1.10', or wildcards such as '1.*'; every control of the program by default. Quote them: PowerShell reads 1.10 as the number 1.1.</summary>
    [Parameter(Position = 0, ParameterSetName = AccountSet, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] ControlId { get; set; } = ["*"];

    /// <summary>Regions to look at; those of the program by default, or every enabled region. The home regions of trails are asked about their trails all the same.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Region { get; set; }

    /// <summary>A named profile of AWS Tools, the AWS CLI or the SDKs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StoredCredentials", "AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>The credentials file that holds the profile, where it is not in the usual place.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>The access key id.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>The secret access key.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>Credentials as an object: of AWS Tools, of Use-STSRole, a PSCredential (access key as user name), a hashtable.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AWSCredentials")]
    public object? Credential { get; set; }

    /// <summary>A role to assume first: arn:aws:iam::111122223333:role/Auditor.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? RoleArn { get; set; }

    /// <summary>The external id the role asks for.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ExternalId { get; set; }

    /// <summary>An endpoint that serves every service instead of AWS's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? EndpointUrl { get; set; }

    /// <summary>How many calls to AWS may be under way at once, 1 to 64.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = new ConnectionOptions().ThrottleLimit;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ControlSet)
        {
            _piped.AddRange(InputObject);
            return;
        }

        try
        {
            var program = ProgramLookup.Get(this, ProgramLookup.StoreOf(this, ProgramPath), Program);
            Assess(ControlId.SelectMany(id => Find(program, id)));
        }
        catch (ProgramException e)
        {
            Refuse(CisErrors.NoProgram(e, Program));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ControlSet)
        {
            Assess(_piped);
        }

        foreach (var warning in _acceptance.Warnings())
        {
            WriteWarning(warning);
        }
    }

    private IReadOnlyList<CisControl> Find(CisProgram program, string id)
    {
        var controls = ControlCatalog.Matching(id);
        if (controls.Count == 0)
        {
            ThrowTerminatingError(CisErrors.UnknownControl(id));
        }

        var found = controls.Select(c => program.Find(c.ControlId)).OfType<CisControl>().ToList();
        if (found.Count == 0)
        {
            ThrowTerminatingError(CisErrors.NotInProgram(program, id));
        }

        return found;
    }

    private void Assess(IEnumerable<CisControl> controls)
    {
        var planned = controls.GroupBy(c => (c.ControlId, c.Within)).Select(g => g.First()).OrderBy(c => c.ControlId).ToList();
        var trouble = new TroubleReport();
        var progress = new AssessmentProgress(this, string.Join(", ", planned.Select(c => c.Program).Distinct()), planned.Count);
        try
        {
            // Read here: variables belong to the pipeline thread.
            var options = Options(progress);
            Run(token => AssessAsync(planned, options, trouble, progress, token));
        }
        catch (ConnectionException e)
        {
            Refuse(CisErrors.NoConnection(e, ProfileName ?? RoleArn));
        }
        catch (UnknownRegionException e)
        {
            Refuse(CisErrors.UnknownRegion(e));
        }
        catch (OutOfScopeException e)
        {
            Refuse(CisErrors.OutOfScope(e));
        }
        finally
        {
            progress.Complete();
        }

        foreach (var warning in new[] { trouble.ToWarning(), trouble.ToReportRequest() }.OfType<string>())
        {
            WriteWarning(warning);
        }
    }

    /// <summary>In a list of accounts one that cannot be reached must not end the others.</summary>
    private void Refuse(ErrorRecord error)
    {
        if (MyInvocation.ExpectingInput && ParameterSetName == AccountSet)
        {
            WriteError(error);
        }
        else
        {
            ThrowTerminatingError(error);
        }
    }

    private async Task AssessAsync(
        List<CisControl> planned, ConnectionOptions options, TroubleReport trouble, AssessmentProgress progress, CancellationToken token)
    {
        var watch = Stopwatch.StartNew();
        using var connection = await DoorLoader.Door.ConnectAsync(options, token).ConfigureAwait(false);
        Post(() => WriteVerbose($"Credentials: {connection.CredentialSource}."));
        Post(() => WriteVerbose($"Account {connection.Account.AccountId} ({connection.Account.Partition}), as {connection.Account.CallerArn}."));
        Post(() => WriteVerbose($"Home region, of calls that belong to none: {connection.HomeRegion}."));
        if (connection.Proxy is { } proxy)
        {
            Post(() => WriteVerbose($"Proxy: {proxy} ($AWSProxy)."));
        }

        var programs = planned.Select(c => c.Within).Distinct().ToList();
        var regions = (IReadOnlyCollection<string>?)Region
            ?? (programs.Exists(p => p.RegionsInScope.Count == 0) ? [] : programs.SelectMany(p => p.RegionsInScope).Distinct().ToList());
        Post(() => WriteVerbose(regions.Count == 0 ? "Regions: every enabled region." : $"Regions: {string.Join(", ", regions)}."));
        foreach (var program in programs)
        {
            Post(() => WriteVerbose($"Program {program.Name}: {program.Controls}{string.Concat(program.ExcludedControls.Select(e => $"; without {e}"))}."));
        }

        progress.Begin(connection.Account.AccountId);
        var assessment = new Assessment(planned, regions, DateTimeOffset.UtcNow);
        await assessment.RunAsync(
            connection,
            result =>
            {
                trouble.Add(result);
                _acceptance.Add(result);
                Post(() => WriteObject(result));
                Post(() => progress.Decided(result.ControlId));
            },
            token).ConfigureAwait(false);
        assessment.Run.End(connection.CallCount, watch.Elapsed);
        Post(() => WriteVerbose(string.Format(
            CultureInfo.InvariantCulture, "{0} controls, {1} calls, {2:0.00} s.", planned.Count, assessment.Run.Calls, watch.Elapsed.TotalSeconds)));
    }

    private ConnectionOptions Options(AssessmentProgress progress)
    {
        var given = new ConnectionOptions
        {
            AccessKey = AccessKey,
            SecretKey = SecretKey,
            SessionToken = SessionToken,
            ProfileName = ProfileName,
            ProfileLocation = string.IsNullOrEmpty(ProfileLocation) ? null : GetUnresolvedProviderPathFromPSPath(ProfileLocation),
            Region = (Region ?? []).FirstOrDefault(r => AwsRegion.Find(r) is not null),
            EndpointUrl = EndpointUrl,
            RoleArn = RoleArn,
            ExternalId = ExternalId,
            ThrottleLimit = ThrottleLimit,
            OnCall = call => Post(() =>
            {
                WriteVerbose(string.Format(
                    CultureInfo.InvariantCulture, "{0} {1} {2} {3:0} ms", call.Action, call.Region, call.Outcome, call.Duration.TotalMilliseconds));
                WriteDebug($"{call.Action} request id {call.RequestId}");
                progress.Called();
            }),
        };
        var hasKeys = AccessKey is not null || SecretKey is not null || SessionToken is not null;
        return SessionVariables.Apply(Credential is null || hasKeys ? given : CredentialArgument.Apply(given, Credential), SessionState);
    }
}
