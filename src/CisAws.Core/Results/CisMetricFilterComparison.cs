using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.FilterPatterns;
using CisAws.Rules.Alarms;
using CisAws.Text;

namespace CisAws.Results;

/// <summary>How filter patterns compare with the benchmark's.</summary>
public sealed class CisMetricFilterComparison
{
    internal CisMetricFilterComparison(ControlId controlId, IEnumerable<string> pattern, string reference, CoverageResult coverage)
    {
        ControlId = controlId;
        Outcome = coverage.Outcome;
        Covers = coverage.Covers;
        Explanation = TerminalText.Escape(coverage.Explanation);
        ExampleEvent = coverage.ExampleEvent;
        Note = new PrintableList<string>(coverage.Notes.Select(TerminalText.Escape));
        Pattern = new PrintableList<string>(pattern);
        ReferencePattern = reference;
    }

    /// <summary>The control.</summary>
    public ControlId ControlId { get; }

    /// <summary>Equivalent, Broader, Narrower, Dead or Undecidable.</summary>
    public CoverageOutcome Outcome { get; }

    /// <summary>True when the patterns match every event that they have to, and not nearly every other event.</summary>
    public bool Covers { get; }

    /// <summary>The outcome in a sentence.</summary>
    public string Explanation { get; }

    /// <summary>An event, as JSON, that only the patterns or only the benchmark's pattern matches; null when there is none.</summary>
    public string? ExampleEvent { get; }

    /// <summary>What else to know, such as a point where AWS's documentation leaves room.</summary>
    public PrintableList<string> Note { get; }

    /// <summary>The patterns that were compared.</summary>
    public PrintableList<string> Pattern { get; }

    /// <summary>The benchmark's pattern.</summary>
    public string ReferencePattern { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Outcome}: {Explanation}";
}
