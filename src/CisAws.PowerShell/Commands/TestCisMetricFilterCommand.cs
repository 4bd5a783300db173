using System.Management.Automation;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Tests whether filter patterns together match every event that a control's filter pattern has to match.</summary>
/// <remarks>
/// <para>Decides as Invoke-CisAssessment does, by meaning and not by spelling: a pattern with other words, another order or wildcards is
/// accepted if it matches every event that the benchmark's pattern matches. A pattern that matches nearly every event is not, because its
/// alarm would be on all the time. The forms of 3.1 and 3.2 that CIS AWS Foundations 1.4.0 and later print are accepted too, unless the
/// setting AcceptLaterVariants of the program is false.</para>
/// <para>Compare-CisMetricFilter shows the event that is missed. Patterns that cannot be decided do not count, and a warning says why. No AWS
/// is needed.</para>
/// </remarks>
/// <example>
/// <code>Test-CisMetricFilter '3.5' '{ $.eventName = *Trail || $.eventName = *Logging }'</code>
/// <para>Test a pattern before you set it.</para>
/// </example>
/// <example>
/// <code>Import-Csv filters.csv | Where-Object { -not ($_ | Test-CisMetricFilter) }</code>
/// <para>Find the filters of a list that are not enough. The file's columns are ControlId and FilterPattern.</para>
/// </example>
/// <example>
/// <code>
/// $pattern = Get-Content ./cloudtrail-changes.txt -Raw
/// if (-not (Test-CisMetricFilter '3.5' $pattern -Verbose)) { exit 1 }
/// </code>
/// <para>Test the pattern that a template sets, in its build. -Verbose puts the reason into the log.</para>
/// </example>
/// <example>
/// <code>Test-CisMetricFilter '3.5' '{ $.eventName = *Trail }' -Program norrvik</code>
/// <para>Test a pattern by the settings that a program has for the control.</para>
/// </example>
/// <returns>True when the patterns match every event that they have to, and not nearly every other event.</returns>
/// <seealso cref="CompareCisMetricFilterCommand"/>
/// <seealso cref="SelectCisEventCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "CisMetricFilter")]
[OutputType(typeof(bool))]
public sealed class TestCisMetricFilterCommand : MetricFilterCommand
{
    private protected override void WriteComparison(ControlId control, string reference, CoverageResult coverage)
    {
        if (coverage.Outcome == CoverageOutcome.Undecidable)
        {
            WriteWarning(TerminalText.Escape($"{coverage.Explanation} So they do not count as covering {control}."));
        }

        WriteVerbose(TerminalText.Escape(coverage.Explanation));
        WriteObject(coverage.Covers);
    }
}
