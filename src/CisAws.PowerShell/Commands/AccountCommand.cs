using System;
using System.Collections.Generic;
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
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Loading;
using CisAws.PowerShell.Programs;
using CisAws.Programs;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// A cmdlet that connects to accounts and does something there for controls: which controls and which accounts, as parameters and from the pipeline.
/// In a list of accounts, one that cannot be reached is an error about it, and the next one follows.
/// </summary>
public abstract class AccountCommand : AwsCmdlet
{
    private protected const string AccountSet = "Account";
    private protected const string ControlSet = "Control";

    private readonly List<CisControl> _piped = [];

    private readonly List<string> _pipedIds = [];

    private bool? _isList;

    private ProgramStore? _store;

    private int _position;

    // The accounts of each selection of controls and regions; most lists have one selection.
    private readonly Dictionary<string, HashSet<string>> _listed = new(StringComparer.Ordinal);

    private readonly List<Func<PipelineQueue, CancellationToken, Task>> _waiting = [];

    private readonly Dictionary<string, AccountWork> _works = new(StringComparer.Ordinal);

    private AccountQueue? _accounts;

    private RunProgress? _progress;

    private IAwsConnector? _connector;

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

    /// <summary>
    /// The account that it has to be: 12 digits. If the credentials belong to another account, -RoleName is assumed in this one. If the account of the
    /// role is another one, it is an error.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? AccountId { get; set; }

    /// <summary>
    /// The name of the role to assume in each account of -AccountId or Get-CisAccount, without an ARN; it can have a path. It takes precedence over the
    /// role of an account from the pipeline. With -RoleArn, that role is assumed first, and then this one by it. In the account of the credentials no
    /// role is assumed. Default: CisAuditor.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? RoleName { get; set; }

    /// <summary>The name of the session of the role, which CloudTrail records. Default: CisAws.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? RoleSessionName { get; set; }

    /// <summary>
    /// How long the credentials of the role are valid, in seconds: 900 to 43200, and at most 3600 if a role assumes it. They are renewed before they
    /// expire. Default: 3600.
    /// </summary>
    [Parameter]
    [Alias("DurationInSecond", "DurationSeconds")]
    [ValidateRange(900, 43_200)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int DurationInSeconds { get; set; }

    /// <summary>The maximum number of accounts that are worked on at the same time, 1 to 64. All of them together make -ThrottleLimit calls at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int AccountLimit { get; set; } = 8;

    /// <summary>Program folders to use instead of those in the environment variable CISAWS_PROGRAM_PATH, yours and the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ProgramPath { get; set; }

    private ProgramStore Store => _store ??= ProgramLookup.StoreOf(this, ProgramPath);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _progress = new RunProgress(this);
        RefuseEmpty(nameof(AccountId), AccountId is { Length: 0 });
        RefuseEmpty(nameof(RoleName), RoleName is { Length: 0 });
        if (IsTyped(nameof(RoleName)) && !RoleNames.IsValid(RoleName!))
        {
            ThrowTerminatingError(CisErrors.InvalidRoleName(RoleName!));
        }

        RefuseEmpty(nameof(ControlId), ControlId.Length == 0);
        RefuseEmpty(nameof(Program), IsEmpty(Program));
        if (ParameterSetName == ControlSet)
        {
            return;
        }

        // What is wrong for every account of a list is not the problem of one account.
        if (IsTyped(nameof(Program)))
        {
            Program = ProgramLookup.GetOrEnd(this, Store, Program!);
        }

        // Each account of a list can have its own program, of another benchmark.
        var known = IsEmpty(Program) && MyInvocation.ExpectingInput ? ControlLookup.All : ControlLookup.BenchmarkOf(Program as CisProgram);
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
            OnProgram(ControlId.Length == 0 ? ["*"] : ControlId);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == ControlSet)
        {
            OnAccount(InOrder(_piped), NewLabel());
        }

        foreach (var work in _waiting)
        {
            Accounts.Add(work);
        }

        if (_accounts is not null)
        {
            _accounts.Drain();
            _progress!.Complete();
        }

        if (_pipedIds.Count > 0)
        {
            (Program, IsList) = (DefaultPrograms.BenchmarkName, false);
            OnProgram(IsTyped(nameof(ControlId)) ? [.. ControlId, .. _pipedIds] : _pipedIds);
        }
    }

    /// <summary>Text that came through the pipeline by itself, and not as the property of an account's row.</summary>
    private string? PipedText() => MyInvocation.BoundParameters.Keys.Where(k => !IsTyped(k)).ToList() is [nameof(Program)] ? Program as string : null;

    /// <summary>A list of accounts goes on after one that cannot be reached.</summary>
    private protected bool IsList
    {
        get => _isList ??= MyInvocation.ExpectingInput && ParameterSetName == AccountSet;
        set => _isList = value;
    }

    private void OnProgram(IReadOnlyCollection<string> ids)
    {
        CisProgram program;
        try
        {
            program = IsEmpty(Program) ? DefaultPrograms.Benchmark : ProgramLookup.Get(this, Store, Program!);
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
            OnAccount(InOrder(ids.SelectMany(controls.Named)), NewLabel());
        }
    }

    /// <summary>What was asked for: the controls that were named, or all of the program where none that was named is one.</summary>
    private static List<CisControl> Planned(CisProgram program, IEnumerable<string> ids)
    {
        var controls = program.Controls;
        var named = ids.SelectMany(controls.Named).ToList();
        return InOrder(named.Count > 0 ? named : controls);
    }

    private static List<CisControl> InOrder(IEnumerable<CisControl> controls) =>
        controls.GroupBy(c => (c.ControlId, c.Owner)).Select(g => g.First()).OrderBy(c => c.ControlId).ToList();

    /// <summary>Does what was asked for one account: by default it connects, and works there.</summary>
    /// <param name="controls">The controls, in their order.</param>
    /// <param name="label">Names the account.</param>
    private protected virtual void OnAccount(IReadOnlyList<CisControl> controls, AccountLabel label)
    {
        _connector ??= IsList ? LibraryLoader.Connector.ForManyAccounts(ThrottleLimit) : LibraryLoader.Connector;
        if (IsDuplicate(controls))
        {
            var error = CisErrors.DuplicateAccount(AccountId!, "Remove one of the rows. The account is assessed once.");
            Enqueue((queue, _) =>
            {
                queue.Post(() => WriteError(error));
                return Task.CompletedTask;
            });
            return;
        }

        var work = NewWork(controls, label);
        var progress = work.Progress;
        ConnectionException? why = null;
        try
        {
            // Read here: parameters and variables belong to the pipeline thread, and to this row.
            var options = Options(write => work.Post(write), _progress!.Update);
            work.Options = options with
            {
                Deadline = work.Deadline,
                OnCall = call =>
                {
                    progress.Called();
                    options.OnCall!(call);
                },
            };
        }
        catch (ConnectionException e)
        {
            why = e;
        }

        _progress!.Add(progress, IsList);
        if (IsList)
        {
            if ((work.Options.AccountId ?? Arn.TryParse(work.Options.RoleArn)?.AccountId) is { } id && why is null && !_works.ContainsKey(id))
            {
                _works[id] = work;
            }

            Enqueue(RunAsync);
            return;
        }

        try
        {
            PipelineQueue.Run(RunAsync, Stop);
        }
        finally
        {
            _progress.Complete();
        }

        Task RunAsync(PipelineQueue queue, CancellationToken token) => RunToEndAsync(work, queue, () => why is null ? ConnectAsync(work, token) : throw why, token);
    }

    /// <summary>Works on an account, and writes the warnings at the end. An account that cannot be worked on is refused.</summary>
    private protected async Task RunToEndAsync(AccountWork work, PipelineQueue queue, Func<Task> action, CancellationToken token)
    {
        using (work)
        {
            work.Post = queue.Post;
            work.Begin(TimeLimit);
            work.Progress.Begin();
            await RunOrRefuseAsync(work, action, token).ConfigureAwait(false);
            work.Progress.End();
            foreach (var warning in work.Problems.Warnings())
            {
                work.Post(() => WriteWarning(warning));
            }
        }
    }

    /// <summary>Works in an account.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="connection">The account.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    private protected abstract Task WorkAsync(AccountWork work, IAccountConnection connection, CancellationToken cancellationToken);

    /// <summary>Does the work without a connection, if it can be done without.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it is done.</returns>
    private protected virtual Task<bool> TryWorkOfflineAsync(AccountWork work, string accountId, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>What is done, for the progress: "Assessing account 111122223333".</summary>
    private protected abstract string Activity(IReadOnlyList<CisControl> controls, string account);

    /// <summary>Whether the progress counts the controls.</summary>
    private protected virtual bool CountsControls => false;

    /// <summary>How long the work on an account can take, in seconds; 0 for no limit.</summary>
    private protected virtual int TimeLimit => 0;

    /// <summary>Writes what there is to say about an account of a list that the work could not be done for.</summary>
    /// <param name="work">What was asked for.</param>
    /// <param name="reasonCode">Why, for machines.</param>
    /// <param name="message">Why, in a sentence.</param>
    private protected abstract void WriteRefused(AccountWork work, string reasonCode, string message);

    /// <summary>The same account with the same controls, twice in the list: its results would count twice.</summary>
    private bool IsDuplicate(IReadOnlyList<CisControl> controls)
    {
        if (!IsList || AccountId is not { Length: > 0 })
        {
            return false;
        }

        var selection = string.Join(" ", controls.Select(c => $"{c.Program}/{c.ControlId}").Concat(Region ?? []));
        if (!_listed.TryGetValue(selection, out var accounts))
        {
            _listed[selection] = accounts = new HashSet<string>(StringComparer.Ordinal);
        }

        return !accounts.Add(AccountId);
    }

    private async Task ConnectAsync(AccountWork work, CancellationToken token)
    {
        if (work.Label.KnownId is { } known && await TryWorkOfflineAsync(work, known, token).ConfigureAwait(false))
        {
            return;
        }

        using var connection = await _connector!.ConnectAsync(work.Options, token).ConfigureAwait(false);
        var id = connection.Account.AccountId;
        if (work.Label.KnownId is null && await TryWorkOfflineAsync(work, id, token).ConfigureAwait(false))
        {
            return;
        }

        work.Label.Identify(id);
        work.Progress.Identify(id);
        Describe(work, connection);
        await WorkAsync(work, connection, token).ConfigureAwait(false);
    }

    private async Task RunOrRefuseAsync(AccountWork work, Func<Task> action, CancellationToken token)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (ConnectionException e)
        {
            var named = new ConnectionException(
                e.Problem, e.Problem == ConnectionProblem.InvalidOption ? work.Label.InListAbout(e.Message) : work.Label.About(e.Message), e.RecommendedAction, e.InnerException);
            Refuse(work, CisErrors.NoConnection(named, work.Target), UnassessedAccount.Unreachable);
        }
        catch (UnknownRegionException e)
        {
            Refuse(work, CisErrors.UnknownRegion(e), "UnknownRegion");
        }
        catch (OutOfScopeException e)
        {
            Refuse(work, CisErrors.OutOfScope(e), "AccountOutOfScope");
        }
        catch (Exception e) when (IsList && !token.IsCancellationRequested)
        {
            // A defect that the data of one account shows must not end the run over the others.
            Refuse(work, CisErrors.AccountFailed(work.Label.About(e.Message), e, work.Target), RuleError.Code);
        }
    }

    /// <summary>Shows what is connected to.</summary>
    private void Describe(AccountWork work, IAccountConnection connection)
    {
        Describe(connection, work.Post);
        work.Post(() => WriteVerbose(work.Regions.Count == 0 ? "Regions: every enabled region." : $"Regions: {string.Join(", ", work.Regions)}."));
        foreach (var program in work.Controls.Select(c => c.Owner).Distinct())
        {
            work.Post(() => WriteVerbose($"Program {program.Name}: {program.Controls}{string.Concat(program.ExcludedControls.Select(e => $"; excluded: {e.ToString().TrimEnd('.')}"))}."));
        }
    }

    private void Refuse(AccountWork work, ErrorRecord error, string reasonCode) => work.Post(() => RefuseNow(work, error, reasonCode));

    /// <summary>The regions to look at, by the parameter or by the programs; empty for every enabled one.</summary>
    private protected IReadOnlyCollection<string> RegionsOf(IReadOnlyList<CisControl> controls)
    {
        var programs = controls.Select(c => c.Owner).Distinct().ToList();
        return Region is { Length: > 0 } ? Region
            : programs.Exists(p => p.RegionsInScope.Count == 0) ? []
            : programs.SelectMany(p => p.RegionsInScope).Distinct().ToList();
    }

    /// <summary>
    /// In a list of accounts one that cannot be reached must not end the others, and must not be missing among them. Without a list there is nothing
    /// else to do, and the error ends the run.
    /// </summary>
    private void RefuseNow(AccountWork work, ErrorRecord error, string reasonCode)
    {
        if (!IsList)
        {
            ThrowTerminatingError(error);
        }

        // Before the error, which may end the pipeline.
        WriteRefused(work, reasonCode, error.Exception.Message);
        WriteError(error);
    }

    /// <summary>Refuses an account of a list at once, or ends the run.</summary>
    private protected void RefuseNow(ErrorRecord error, string reasonCode, IReadOnlyList<CisControl> controls, AccountLabel label)
    {
        using var work = NewWork(controls, label);
        RefuseNow(work, error, reasonCode);
    }

    /// <summary>Refuses an account of a list in its turn, or ends the run.</summary>
    private void Refuse(ErrorRecord error, string reasonCode, IReadOnlyList<CisControl> controls, AccountLabel label)
    {
        if (!IsList)
        {
            ThrowTerminatingError(error);
        }

        var work = NewWork(controls, label);
        Enqueue((queue, _) =>
        {
            queue.Post(() => RefuseNow(work, error, reasonCode));
            work.Dispose();
            return Task.CompletedTask;
        });
    }

    /// <summary>What the parameters as they are now request.</summary>
    private protected AccountWork NewWork(IReadOnlyList<CisControl> controls, AccountLabel label) => new()
    {
        Controls = controls,
        Label = label,
        Regions = RegionsOf(controls),
        Target = ProfileName ?? RoleArn ?? AccountId,
        AccountName = Place.Name,
        OrganizationalUnit = Place.OrganizationalUnit,
        Progress = new AccountProgress(account => Activity(controls, account), CountsControls ? controls.Count : null),
        Problems = new ProblemReport(label),
    };

    /// <summary>The name and the organizational unit of the account that the parameters name; empty if they are not known.</summary>
    private protected virtual (string Name, string OrganizationalUnit) Place => ("", "");

    /// <summary>Shows how far the run is.</summary>
    private protected RunProgress Progress => _progress!;

    /// <summary>Whether the work on the first account begins when the list is complete, because it can depend on what is read from others.</summary>
    private protected virtual bool WaitsForList => false;

    /// <summary>The accounts of the list whose IDs are known, the first of each.</summary>
    private protected IReadOnlyDictionary<string, AccountWork> Works => _works;

    /// <summary>Connects to an account of the list once more, apart from the work on it.</summary>
    private protected Task<IAccountConnection> ConnectAgainAsync(AccountWork work, CancellationToken deadline, CancellationToken token) =>
        _connector!.ConnectAsync(work.Options with { Deadline = deadline, OnCall = _ => work.Progress.Called() }, token);

    private void Enqueue(Func<PipelineQueue, CancellationToken, Task> work)
    {
        if (WaitsForList)
        {
            _waiting.Add(work);
        }
        else
        {
            Accounts.Add(work);
        }
    }

    private AccountQueue Accounts => _accounts ??= new AccountQueue(AccountLimit, _progress!.Update, Stop);

    private protected override ConnectionOptions Given()
    {
        var given = base.Given() with
        {
            AccountId = Value(AccountId, nameof(AccountId)),
            DurationInSeconds = IsGiven(nameof(DurationInSeconds)) ? DurationInSeconds : null,
        };
        given = Value(RoleSessionName, nameof(RoleSessionName)) is { } session ? given with { RoleSessionName = session } : given;
        var name = Value(RoleName, nameof(RoleName));
        // What is typed counts for all accounts, and takes precedence over what a row says. In one row the ARN says more.
        return (given.RoleArn, name) switch
        {
            (not null, not null) when IsTyped(nameof(RoleArn)) => given with { SourceRoleArn = given.RoleArn, RoleArn = null, RoleName = name },
            (not null, not null) when IsTyped(nameof(RoleName)) => given with { RoleArn = null, RoleName = name },
            (not null, _) => given,
            (null, not null) => given with { RoleName = name },
            _ => given.AccountId is null ? given : given with { RoleName = AuditorPolicy.RoleName },
        };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _accounts?.Dispose();
        }

        base.Dispose(disposing);
    }

    private AccountLabel NewLabel() => Label(IsList ? _position : null);
}
