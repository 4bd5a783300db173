using System.Management.Automation;
using CisAws.Catalog;
using CisAws.FilterPatterns;
using CisAws.Text;

namespace CisAws.PowerShell.Commands;

/// <summary>Tells whether filter patterns together catch every event that the benchmark's filter catches.</summary>
/// <remarks>
/// <para>Decides by meaning, not by spelling: a pattern with other words, another order or wildcards will do, as long as no event that the
/// benchmark's pattern catches goes by. One that catches whatever happens does not cover, for its alarm would say nothing.</para>
/// <para>Compare-CisMetricFilter shows the event that is missed. Patterns that cannot be judged do not count, and a warning says why. No AWS is
/// needed.</para>
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
/// <returns>True when the patterns catch every event that the benchmark's catches, and not whatever happens.</returns>
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
            this.ShowWarning(TerminalText.Escape($"{coverage.Explanation} So they do not count as covering {control}."));
        }

        this.ShowVerbose(TerminalText.Escape(coverage.Explanation));
        WriteObject(coverage.Covers);
    }
}
