using System.Linq;
using CisAws.Benchmarks;
using CisAws.Rules.Alarms;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>The patterns of CIS AWS Foundations 1.2.0, by control.</summary>
internal static class ReferencePatterns
{
    public static ReferencePattern Of(ControlId control) => ((MetricFilterAlarm)Benchmark.Default.Find(control)!.Rules.Single()).Reference;
}
