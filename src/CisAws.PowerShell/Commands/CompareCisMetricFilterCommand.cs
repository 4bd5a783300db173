using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Compares filter patterns with the pattern that a control requires, and shows an event on which they differ.</summary>
/// <remarks>
/// <para>Each monitoring control of the benchmark prescribes a filter pattern. This cmdlet determines which events the given patterns match together,
/// and compares them with the events that the benchmark's pattern matches. Outcome is Equivalent, Broader, Narrower, Dead (no event can match) or
/// Undecidable.</para>
/// <para>If the patterns differ, ExampleEvent is an event, as JSON, that shows the difference. Covers is the decision that Invoke-CisAssessment makes
/// for the same patterns and settings. A narrower pattern can cover as well: the patterns that CIS AWS Foundations 1.4.0 and later prescribe for 3.1
/// and 3.2 are accepted if the setting AcceptLaterVariants is true, and Note says so.</para>
/// <para>The cmdlet does not connect to AWS.</para>
/// </remarks>
/// <example>
/// <code>Compare-CisMetricFilter -ControlId '3.5' -Pattern '{ ($.eventName = *Trail) || ($.eventName = StartLogging) }'</code>
/// <para>Show an event that a filter misses. This filter misses StopLogging.</para>
/// </example>
/// <example>
/// <code>Compare-CisMetricFilter '3.1' '{ $.errorCode = "*UnauthorizedOperation" }', '{ $.errorCode = "AccessDenied*" }'</code>
/// <para>Compare two filters of a log group together. Each of them alone is narrower than the benchmark's pattern.</para>
/// </example>
/// <example>
/// <code>Import-Csv filters.csv | Compare-CisMetricFilter | Where-Object Covers -eq $false</code>
/// <para>Compare a list of filters. The columns of the file are ControlId and FilterPattern.</para>
/// </example>
/// <example>
/// <code>
/// $narrow = Import-Csv filters.csv | Compare-CisMetricFilter | Where-Object Covers -eq $false
/// $narrow | ForEach-Object { "$($_.ControlId): $($_.Explanation)" }
/// if ($narrow) { exit 1 }
/// </code>
/// <para>Fail a build if a filter misses events. The log shows the missed events of each filter.</para>
/// </example>
/// <returns>The outcome of the comparison for one control.</returns>
/// <seealso cref="TestCisMetricFilterCommand"/>
/// <seealso cref="SelectCisEventCommand"/>
[Cmdlet(VerbsData.Compare, "CisMetricFilter", HelpUri = HelpPages.Address + "Compare-CisMetricFilter.md")]
[OutputType(typeof(CisMetricFilterComparison))]
public sealed class CompareCisMetricFilterCommand : MetricFilterCommand
{
    private protected override void WriteComparison(ControlId control, string reference, CoverageResult coverage) =>
        WriteObject(new CisMetricFilterComparison(control, Pattern, reference, coverage));
}
