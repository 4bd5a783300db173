using System;
using System.Collections.Generic;
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

    /// <summary>Program folders to use instead of those in the environment variable CISAWS_PROGRAM_PATH, yours and the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ProgramPath { get; set; }

    private ProgramStore Store => _store ??= ProgramLookup.StoreOf(this, ProgramPath);

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

    /// <summary>Does the work for one account; it connects with <see cref="Connect"/>.</summary>
    /// <param name="controls">The controls, in their order.</param>
    /// <param name="label">Names the account.</param>
    private protected abstract void OnAccount(IReadOnlyList<CisControl> controls, AccountLabel label);

    /// <summary>Writes what there is to say about an account of a list that the work could not be done for.</summary>
    /// <param name="controls">The controls that were asked for.</param>
    /// <param name="reasonCode">Why, for machines.</param>
    /// <param name="message">Why, in a sentence.</param>
    /// <param name="label">Names the account.</param>
    /// <param name="calls">The number of calls to AWS.</param>
    private protected abstract void WriteRefused(IReadOnlyList<CisControl> controls, string reasonCode, string message, AccountLabel label, int calls);

    /// <summary>Connects to the account that the parameters name and works there, off the pipeline thread. An account that cannot be reached is refused.</summary>
    /// <param name="controls">The controls, in their order.</param>
    /// <param name="label">Learns the account's ID.</param>
    /// <param name="onCall">Runs after each call, on the pipeline thread.</param>
    /// <param name="work">Gets the connection and the regions to look at; empty for every enabled one.</param>
    /// <param name="deadline">When it is cancelled, nothing is read any more.</param>
    private protected void Connect(
        IReadOnlyList<CisControl> controls, AccountLabel label, Action onCall, Func<IAccountConnection, IReadOnlyCollection<string>, CancellationToken, Task> work,
        CancellationToken deadline = default)
    {
        var calls = 0;
        try
        {
            // Read here: variables belong to the pipeline thread.
            var options = Options(onCall: () =>
            {
                calls++;
                onCall();
            }) with
            {
                Deadline = deadline,
            };
            RunFor(controls, label, () => calls, async token =>
            {
                using var connection = await AwsAssemblyLoader.Connector.ConnectAsync(options, token).ConfigureAwait(false);
                label.Identify(connection.Account.AccountId);
                await work(connection, Describe(connection, controls), token).ConfigureAwait(false);
            });
        }
        catch (ConnectionException e)
        {
            var named = new ConnectionException(
                e.Problem, e.Problem == ConnectionProblem.InvalidOption ? label.InListAbout(e.Message) : label.About(e.Message), e.RecommendedAction, e.InnerException);
            Refuse(CisErrors.NoConnection(named, ProfileName ?? RoleArn), UnassessedAccount.Unreachable, controls, label, calls);
        }
    }

    /// <summary>Works on an account, off the pipeline thread. One that the program or the regions do not fit is refused.</summary>
    /// <param name="controls">The controls, in their order.</param>
    /// <param name="label">Names the account.</param>
    /// <param name="calls">How many calls to AWS there were so far.</param>
    /// <param name="work">The work.</param>
    private protected void RunFor(IReadOnlyList<CisControl> controls, AccountLabel label, Func<int> calls, Func<CancellationToken, Task> work)
    {
        try
        {
            Run(work);
        }
        catch (UnknownRegionException e)
        {
            Refuse(CisErrors.UnknownRegion(e), "UnknownRegion", controls, label, calls());
        }
        catch (OutOfScopeException e)
        {
            Refuse(CisErrors.OutOfScope(e), "AccountOutOfScope", controls, label, calls());
        }
    }

    /// <summary>Shows what is connected to, and finds the regions to look at.</summary>
    private IReadOnlyCollection<string> Describe(IAccountConnection connection, IReadOnlyList<CisControl> controls)
    {
        Describe(connection);
        var regions = RegionsOf(controls);
        Post(() => WriteVerbose(regions.Count == 0 ? "Regions: every enabled region." : $"Regions: {string.Join(", ", regions)}."));
        foreach (var program in controls.Select(c => c.Owner).Distinct())
        {
            Post(() => WriteVerbose($"Program {program.Name}: {program.Controls}{string.Concat(program.ExcludedControls.Select(e => $"; excluded: {e.ToString().TrimEnd('.')}"))}."));
        }

        return regions;
    }

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
    private protected void Refuse(ErrorRecord error, string reasonCode, IReadOnlyList<CisControl> controls, AccountLabel label, int calls = 0)
    {
        if (!IsList)
        {
            ThrowTerminatingError(error);
        }

        // Before the error, which may end the pipeline.
        WriteRefused(controls, reasonCode, error.Exception.Message, label, calls);
        WriteError(error);
    }

    private AccountLabel NewLabel() => Label(IsList ? _position : null);
}
