using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.Results;

namespace CisAws.PowerShell.Commands;

/// <summary>Compares filter patterns with the one that a control requires, and shows an event that tells them apart.</summary>
/// <remarks>
/// <para>Section 3 of the benchmark prescribes a filter pattern for each of its controls. This decides which events the given patterns match
/// together, and compares that with what the benchmark's pattern matches: Equivalent, Broader, Narrower, Dead (no event can match) or
/// Undecidable.</para>
/// <para>Where they differ, ExampleEvent is an event, as JSON, that tells them apart. Covers is the decision of Invoke-CisAssessment for the same
/// patterns and settings. So a narrower pattern covers if it is the form of 3.1 or 3.2 that CIS AWS Foundations 1.4.0 and later print, and the
/// setting AcceptLaterVariants is true; Note says so. No AWS is needed.</para>
/// </remarks>
/// <example>
/// <code>Compare-CisMetricFilter -ControlId '3.5' -Pattern '{ ($.eventName = *Trail) || ($.eventName = StartLogging) }'</code>
/// <para>Show an event that a filter misses. This one forgets StopLogging, and ExampleEvent is such an event.</para>
/// </example>
/// <example>
/// <code>Compare-CisMetricFilter '3.1' '{ $.errorCode = "*UnauthorizedOperation" }', '{ $.errorCode = "AccessDenied*" }'</code>
/// <para>Judge two filters of a log group together. Each alone would be narrower than the benchmark's.</para>
/// </example>
/// <example>
/// <code>Import-Csv filters.csv | Compare-CisMetricFilter | Where-Object Covers -eq $false</code>
/// <para>Look through a list of filters. The file's columns are ControlId and FilterPattern.</para>
/// </example>
/// <example>
/// <code>
/// $narrow = Import-Csv filters.csv | Compare-CisMetricFilter | Where-Object Covers -eq $false
/// $narrow | ForEach-Object { "$($_.ControlId): $($_.Explanation)" }
/// if ($narrow) { exit 1 }
/// </code>
/// <para>Fail a build whose filters miss events. The log says of each which events they are.</para>
/// </example>
/// <seealso cref="TestCisMetricFilterCommand"/>
/// <seealso cref="SelectCisEventCommand"/>
[Cmdlet(VerbsData.Compare, "CisMetricFilter")]
[OutputType(typeof(CisMetricFilterComparison))]
public sealed class CompareCisMetricFilterCommand : MetricFilterCommand
{
    private protected override void WriteComparison(ControlId control, string reference, CoverageResult coverage) =>
        WriteObject(new CisMetricFilterComparison(control, Pattern, reference, coverage));
}
