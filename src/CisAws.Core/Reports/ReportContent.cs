using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Programs;
using CisAws.Results;

namespace CisAws.Reports;

/// <summary>What a report is about; every format is written from it.</summary>
internal sealed record ReportContent
{
    /// <summary>Where programs that show a report find more about CisAws.</summary>
    public const string ProjectUrl = "https://github.com/CisAws/CisAws";

    /// <summary>The version of CisAws that writes reports, such as 0.1.0.</summary>
    public static string Version { get; } = typeof(ReportContent).Assembly.GetName().Version!.ToString(3);

    /// <summary>The newest result of each control of each account and program, in the order in which they were given.</summary>
    public IReadOnlyList<CisResult> Results { get; private init; } = [];

    /// <summary>
    /// What is missing in the report, one sentence each; empty if it is complete. Results that are Unknown are not missing: they have a reason of their own.
    /// </summary>
    public IReadOnlyList<string> Omissions { get; private init; } = [];

    /// <summary>Earlier runs, the oldest first, for a trend. The results of the report itself are not among them.</summary>
    public IReadOnlyList<CisTrendPoint> EarlierRuns { get; private init; } = [];

    /// <summary>When the report was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The counts of all results.</summary>
    public CisSummary Summary => new([.. Results.Select(CountedResult.Of)], calls: null, duration: null);

    /// <summary>The findings of all results; of a result without findings, the result itself.</summary>
    public IEnumerable<ReportRow> Rows => Results.SelectMany(ReportRow.Of);

    /// <summary>The content of a report.</summary>
    /// <param name="results">Results of one run or of many: where there are several of a control, the newest is reported, and older runs are a part of the trend.</param>
    /// <param name="earlier">Earlier runs, in any order.</param>
    /// <param name="omissions">What is known to be missing. That a run has not ended is found out from the results.</param>
    /// <param name="createdAt">The time.</param>
    public static ReportContent Of(IReadOnlyList<CisResult> results, IEnumerable<CisTrendPoint> earlier, IEnumerable<string> omissions, DateTimeOffset createdAt)
    {
        var newest = new Dictionary<(string, string, string, ControlId), CisResult>();
        foreach (var result in results)
        {
            if (!newest.TryGetValue(KeyOf(result), out var other) || other.AssessedAt <= result.AssessedAt)
            {
                newest[KeyOf(result)] = result;
            }
        }

        var reported = results.Where(r => ReferenceEquals(newest[KeyOf(r)], r)).Distinct().ToList();
        var runs = new HashSet<(Guid, string)>(reported.Select(r => (r.RunId, r.AccountId)));
        return new ReportContent
        {
            Results = reported,
            Omissions = [.. omissions, .. reported.Where(r => !r.Run.IsComplete).GroupBy(r => (r.Run, r.AccountId)).Select(g => Unfinished(g.Key.AccountId, g.Count()))],
            EarlierRuns =
            [
                .. earlier.Concat(CisTrendPoint.Of(results.Where(r => !runs.Contains((r.RunId, r.AccountId))), path: ""))
                    .Where(p => !runs.Contains((p.RunId, p.AccountId)))
                    .GroupBy(p => (p.RunId, p.AccountId, p.Benchmark, p.Program)).Select(g => g.First())
                    .OrderBy(p => p.AssessedAt),
            ],
            CreatedAt = createdAt.ToUniversalTime(),
        };
    }

    /// <summary>The control that a result is of, with all its texts and the settings of its benchmark; null where this version does not have it.</summary>
    public static CisControl? ControlOf(CisResult result) =>
        DefaultPrograms.Find(result.Benchmark) is { } program && BenchmarkControlOf(result) is { } control ? new CisControl(control, program, accountId: null) : null;

    /// <summary>How much a failure matters, by the program, else by the benchmark.</summary>
    public static CisSeverity SeverityOf(CisResult result) => result.Severity ?? BenchmarkControlOf(result)?.Severity ?? CisSeverity.Medium;

    /// <summary>The control as its benchmark has it; null where this version does not have it.</summary>
    public static BenchmarkControl? BenchmarkControlOf(CisResult result) => Benchmark.Find(result.Benchmark)?.Find(result.ControlId);

    private static (string AccountId, string Benchmark, string Program, ControlId ControlId) KeyOf(CisResult result) =>
        (result.AccountId, result.Benchmark, result.Program, result.ControlId);

    private static string Unfinished(string account, int controls) => FormattableString.Invariant(
        $"The assessment of account {account} ended early: {controls} {(controls == 1 ? "control" : "controls")} had been assessed by then.");
}
