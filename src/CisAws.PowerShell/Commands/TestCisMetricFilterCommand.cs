using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Tests whether filter patterns together match every event that the filter pattern of a control must match.</summary>
/// <remarks>
/// <para>The decision is that of Invoke-CisAssessment. It is based on the events that a pattern matches, not on its text: other words, another order
/// and wildcards are accepted if the pattern matches every event that the benchmark's pattern matches. A pattern that matches nearly every event is
/// not accepted, because its alarm would always be in the ALARM state. The patterns that CIS AWS Foundations 1.4.0 and later prescribe for 3.1 and
/// 3.2 are accepted too, unless the setting AcceptLaterVariants of the program is false.</para>
/// <para>Compare-CisMetricFilter shows a missed event. If a pattern cannot be decided, the result is False and a warning gives the reason. The cmdlet
/// does not connect to AWS.</para>
/// </remarks>
/// <example>
/// <code>Test-CisMetricFilter '3.5' '{ $.eventName = *Trail || $.eventName = *Logging }'</code>
/// <para>Test a pattern before you use it.</para>
/// </example>
/// <example>
/// <code>Import-Csv filters.csv | Where-Object { -not ($_ | Test-CisMetricFilter) }</code>
/// <para>Find the filters in a list that miss events. The columns of the file are ControlId and FilterPattern.</para>
/// </example>
/// <example>
/// <code>
/// $pattern = Get-Content ./cloudtrail-changes.txt -Raw
/// if (-not (Test-CisMetricFilter '3.5' $pattern -Verbose)) { exit 1 }
/// </code>
/// <para>Test the pattern of a template in its build. -Verbose writes the reason to the log.</para>
/// </example>
/// <example>
/// <code>Test-CisMetricFilter '3.5' '{ $.eventName = *Trail }' -Program norrvik</code>
/// <para>Test a pattern with the settings of a program.</para>
/// </example>
/// <returns>True if the patterns match every required event and do not match nearly every other event.</returns>
/// <seealso cref="CompareCisMetricFilterCommand"/>
/// <seealso cref="SelectCisEventCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "CisMetricFilter", HelpUri = HelpPages.Address + "Test-CisMetricFilter.md")]
[OutputType(typeof(bool))]
public sealed class TestCisMetricFilterCommand : MetricFilterCommand
{
    private protected override void WriteComparison(ControlId control, string reference, CoverageResult coverage)
    {
        if (coverage.Outcome == CoverageOutcome.Undecidable)
        {
            WriteWarning(TerminalText.Escape($"{coverage.Explanation} The patterns therefore do not count as covering {control}."));
        }

        WriteVerbose(TerminalText.Escape(coverage.Explanation));
        WriteObject(coverage.Covers);
    }
}
