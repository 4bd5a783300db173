using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.PowerShell.Completion;
using CisAws.PowerShell.Controls;
using CisAws.PowerShell.Errors;
using CisAws.PowerShell.Programs;
using CisAws.Programs;
using CisAws.Rules.Alarms;

namespace CisAws.PowerShell.Commands;

/// <summary>
/// What the cmdlets have in common that compare filter patterns with the one that a control requires. They decide as an assessment
/// does, and need no AWS.
/// </summary>
public abstract class MetricFilterCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private CisProgram? _program;

    /// <summary>The control, '3.1' to '3.14'. Quote it: PowerShell reads 3.10 as the number 3.1.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(MonitoringControlCompleter))]
    public string[] ControlId { get; set; } = [];

    /// <summary>A filter pattern of CloudWatch Logs; several are judged together.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Alias("FilterPattern")]
    public string[] Pattern { get; set; } = [];

    /// <summary>
    /// A compliance program: its name, the path of its file, or what Get-CisProgram gives. Its settings decide: Pattern, PatternMatch and
    /// AcceptLaterVariants.
    /// </summary>
    [Parameter]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object? Program { get; set; }

    /// <summary>Folders to find programs in, instead of the environment variable CISAWS_PROGRAM_PATH, the user's folder and the machine's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ProgramPath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _program = Program is null ? null : ProgramLookup.Get(this, ProgramLookup.StoreOf(this, ProgramPath), Program);
        }
        catch (ProgramException e)
        {
            ThrowTerminatingError(CisErrors.NoProgram(e, Program));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var id in ControlId)
        {
            if (!Benchmarks.ControlId.TryParse(id, out var parsed) || Benchmark.Default.Find(parsed!)?.Rules.OfType<MetricFilterAlarm>().FirstOrDefault() is not { } rule)
            {
                ThrowTerminatingError(CisErrors.NoReferencePattern(id));
                return;
            }

            if ((_program ?? DefaultPrograms.Benchmark).Find(parsed!) is { } control)
            {
                Compare(control, rule);
            }
            else
            {
                WriteError(CisErrors.NotInProgram(_program!, id));
            }
        }
    }

    /// <summary>Ends a comparison that takes long.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected abstract void WriteComparison(ControlId control, string reference, CoverageResult coverage);

    private void Compare(CisControl control, MetricFilterAlarm rule)
    {
        try
        {
            // Without an account its regions are not known, and its partition is taken to be aws.
            var demand = PatternRequirement.Of(rule.Reference, control.Values, "aws", [], _stop.Token);
            WriteComparison(control.ControlId, demand.Reference.Pattern, demand.Compare(Pattern.Select(Read).ToList()));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private FilterPattern Read(string text)
    {
        if (!FilterPattern.TryParse(text, out var pattern, out var error))
        {
            ThrowTerminatingError(CisErrors.InvalidPattern(text, error));
        }

        return pattern!;
    }
}
