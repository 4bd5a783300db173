using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Text;

namespace CisAws.PowerShell.Controls;

/// <summary>Which controls are wanted. What is null allows every control; all that is given must match.</summary>
internal sealed record ControlFilter
{
    /// <summary>Names or wildcards of sections.</summary>
    public IReadOnlyCollection<string>? Sections { get; init; }

    public IReadOnlyCollection<int>? Levels { get; init; }

    public bool? Scored { get; init; }

    /// <summary>Names or wildcards of AWS services.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    public IReadOnlyCollection<ControlAssessment>? Assessments { get; init; }

    public bool Includes(BenchmarkControl control) =>
        (Sections is null || AnyMatches(Sections, control.Section)) &&
        (Levels is null || Levels.Contains(control.Level)) &&
        (Scored is null || Scored == control.Scored) &&
        (Services is null || control.Services.Any(s => AnyMatches(Services, s))) &&
        (Assessments is null || Assessments.Contains(control.Assessment));

    private static bool AnyMatches(IEnumerable<string> patterns, string value) => patterns.Any(p => Wildcard.Matches(p, value));
}
