using System;
using System.Linq;
using System.Management.Automation;
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
public abstract class MetricFilterCommand : ProgramCommand
{
    private CisProgram? _program;

    /// <summary>
    /// A control that requires a metric filter: '3.1' to '3.14' in CIS v1.2.0. Enclose IDs in quotation marks: PowerShell reads 3.10 as the number
    /// 3.1.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ControlIdArgument]
    [ArgumentCompleter(typeof(MonitoringControlCompleter))]
    public string[] ControlId { get; set; } = [];

    /// <summary>A CloudWatch Logs filter pattern. Several patterns are assessed together.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Alias("FilterPattern")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[] Pattern { get; set; } = [];

    /// <summary>
    /// A compliance program whose settings Pattern, PatternMatch and AcceptLaterVariants apply: its name, the path of its file, or an object from
    /// Get-CisProgram.
    /// </summary>
    [Parameter]
    [ProgramArgument]
    [ArgumentCompleter(typeof(ProgramCompleter))]
    public object? Program { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _program = Program is null ? null : GetOrEnd(Program);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var known = ControlLookup.BenchmarkOf(_program).Where(c => c.MetricFilterRule() is not null).ToList();
        foreach (var id in ControlId)
        {
            if (known.Find(c => c.ControlId.ToString() == id) is not { } control)
            {
                ThrowTerminatingError(CisErrors.NoReferencePattern(id, known));
            }
            else if ((_program ?? DefaultPrograms.Benchmark).Find(control.ControlId) is { } inProgram)
            {
                Compare(inProgram, control.MetricFilterRule()!);
            }
            else
            {
                WriteError(CisErrors.NotInProgram(_program!, id));
            }
        }
    }

    private protected abstract void WriteComparison(ControlId control, string reference, CoverageResult coverage);

    private void Compare(CisControl control, MetricFilterAlarm rule)
    {
        try
        {
            // Without an account its regions are not known, and its partition is taken to be aws.
            var requirement = PatternRequirement.Of(rule.Reference, control.Values, "aws", [], Stop);
            WriteComparison(control.ControlId, requirement.Reference.Pattern, requirement.Compare(Pattern.Select(Read).ToList()));
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
