using System.Management.Automation;
using CisAws.Catalog;
using CisAws.FilterPatterns;

namespace CisAws.PowerShell.Commands;

/// <summary>Tells whether filter patterns together catch every event that the benchmark's filter catches.</summary>
/// <returns>True when the patterns catch every event that the benchmark's catches, and not whatever happens.</returns>
[Cmdlet(VerbsDiagnostic.Test, "CisMetricFilter")]
[OutputType(typeof(bool))]
public sealed class TestCisMetricFilterCommand : MetricFilterCommand
{
    private protected override void WriteComparison(ControlId control, string reference, CoverageResult coverage)
    {
        if (coverage.Outcome == CoverageOutcome.Undecidable)
        {
            WriteWarning($"{coverage.Explanation} So they do not count as covering {control}.");
        }

        WriteVerbose(coverage.Explanation);
        WriteObject(coverage.Covers);
    }
}
