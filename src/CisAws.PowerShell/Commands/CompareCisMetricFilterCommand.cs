using System.Management.Automation;
using CisAws.Catalog;
using CisAws.FilterPatterns;

namespace CisAws.PowerShell.Commands;

/// <summary>Compares filter patterns with the benchmark's, and shows an event that tells them apart.</summary>
[Cmdlet(VerbsData.Compare, "CisMetricFilter")]
[OutputType(typeof(CisMetricFilterComparison))]
public sealed class CompareCisMetricFilterCommand : MetricFilterCommand
{
    private protected override void WriteComparison(ControlId control, string reference, CoverageResult coverage) =>
        WriteObject(new CisMetricFilterComparison(control, Pattern, reference, coverage));
}
