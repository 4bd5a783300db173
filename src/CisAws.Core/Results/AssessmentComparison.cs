using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Benchmarks;
using CisAws.Rules;

namespace CisAws.Results;

/// <summary>
/// Compares assessments by account, benchmark and control. Of several results of a control the newest is compared, and older ones of the reference show
/// since when a failure is known.
/// </summary>
internal sealed class AssessmentComparison
{
    private readonly Dictionary<(string Account, string Benchmark), Side> _reference;
    private readonly Dictionary<(string Account, string Benchmark), Side> _difference;

    public AssessmentComparison(IEnumerable<CisResult> reference, IEnumerable<CisResult> difference)
    {
        _reference = Sides(reference);
        _difference = Sides(difference);
        var (before, now) = (Accounts(_reference), Accounts(_difference));
        Problem = before.Intersect(now).Any()
            ? null
            : $"The reference and the difference have no account in common. Accounts of the reference: {List(before)}. Accounts of the difference: {List(now)}.";
        OtherBenchmarks = [.. before.Intersect(now).Where(a => !BenchmarksOf(_reference, a).Intersect(BenchmarksOf(_difference, a)).Any())];
    }

    /// <summary>Why there is nothing to compare; null where there is.</summary>
    public string? Problem { get; }

    /// <summary>The accounts that are not compared, because the reference and the difference have no benchmark in common.</summary>
    public IReadOnlyList<string> OtherBenchmarks { get; }

    /// <summary>The programs of the results that are compared, where they are not the same.</summary>
    public (string Reference, string Difference)? Programs
    {
        get
        {
            var (before, now) = (ProgramsOf(_reference), ProgramsOf(_difference));
            return before == now ? null : (before, now);
        }
    }

    /// <summary>Whether a result of the difference is older than the one of the reference that it is compared with.</summary>
    public bool IsReversed => Keys.Any(k => _reference.TryGetValue(k, out var before) && _difference.TryGetValue(k, out var now) &&
        now.Controls.Any(c => before.Controls.TryGetValue(c.Key, out var old) && old.Last().AssessedAt > c.Value.Last().AssessedAt));

    /// <summary>What each benchmark of an account lacks in one of the two.</summary>
    public string BenchmarksOf(string account) =>
        $"reference {List(BenchmarksOf(_reference, account))}, difference {List(BenchmarksOf(_difference, account))}";

    /// <summary>How each control has changed that is in the reference or the difference.</summary>
    /// <param name="includeEqual">Whether controls and resources that are unchanged are there too.</param>
    public IEnumerable<CisAssessmentDifference> Differences(bool includeEqual) => Keys.SelectMany(k => DifferencesOf(k, includeEqual));

    /// <summary>The counts of each account and benchmark.</summary>
    public IEnumerable<CisAssessmentDifferenceCount> Counts => Keys.Select(k => new CisAssessmentDifferenceCount(
        k.Account, k.Benchmark, Count(_reference, k), Count(_difference, k), [.. DifferencesOf(k, includeEqual: true)]));

    private IEnumerable<(string Account, string Benchmark)> Keys => Problem is not null ? [] : _difference.Keys.Concat(_reference.Keys).Distinct()
        .Where(k => !OtherBenchmarks.Contains(k.Account))
        .OrderBy(k => k.Account, StringComparer.Ordinal).ThenBy(k => k.Benchmark, StringComparer.Ordinal);

    private IEnumerable<CisAssessmentDifference> DifferencesOf((string Account, string Benchmark) key, bool includeEqual)
    {
        _reference.TryGetValue(key, out var reference);
        _difference.TryGetValue(key, out var difference);
        return new[] { reference, difference }.OfType<Side>().SelectMany(s => s.Controls.Keys).Distinct().OrderBy(id => id)
            .Select(id => new ControlComparison(ResultsOf(reference, id), ResultsOf(difference, id).LastOrDefault()).Compare(includeEqual))
            .Where(d => includeEqual || d.Change != CisChange.Unchanged);
    }

    private static List<CisResult> ResultsOf(Side? side, ControlId id) => side is not null && side.Controls.TryGetValue(id, out var results) ? results : [];

    private static CisCount Count(Dictionary<(string Account, string Benchmark), Side> sides, (string Account, string Benchmark) key) => new(
        key.Account, sides.TryGetValue(key, out var side) ? [.. side.Controls.Values.Select(r => CountedResult.Of(r.Last()))] : []);

    private static Dictionary<(string Account, string Benchmark), Side> Sides(IEnumerable<CisResult> results) =>
        results.GroupBy(r => (r.AccountId, r.Benchmark)).ToDictionary(g => g.Key, g => new Side(g));

    private static List<string> Accounts(Dictionary<(string Account, string Benchmark), Side> sides) => [.. sides.Keys.Select(k => k.Account).Distinct().OrderBy(a => a, StringComparer.Ordinal)];

    private static IEnumerable<string> BenchmarksOf(Dictionary<(string Account, string Benchmark), Side> sides, string account) =>
        sides.Keys.Where(k => k.Account == account).Select(k => k.Benchmark).OrderBy(b => b, StringComparer.Ordinal);

    private string ProgramsOf(Dictionary<(string Account, string Benchmark), Side> sides) => List(Keys.Where(sides.ContainsKey)
        .SelectMany(k => sides[k].Controls.Values).Select(r => CisAssessmentDifference.ProgramOf(r.Last())).Distinct().OrderBy(p => p, StringComparer.Ordinal));

    private static string List(IEnumerable<string> items) => string.Join(", ", items.DefaultIfEmpty("none"));

    /// <summary>The results of one account and benchmark by control, the newest last.</summary>
    private sealed class Side(IEnumerable<CisResult> results)
    {
        public Dictionary<ControlId, List<CisResult>> Controls { get; } = results.GroupBy(r => r.ControlId).ToDictionary(g => g.Key, g => g.OrderBy(r => r.AssessedAt).ToList());
    }

    /// <summary>Compares one control of one account.</summary>
    private sealed class ControlComparison
    {
        private readonly List<View> _history;
        private readonly CisResult? _before;
        private readonly CisResult? _now;
        private readonly View? _current;
        private readonly DateTime _assessedAt;

        public ControlComparison(List<CisResult> reference, CisResult? now)
        {
            _history = [.. Enumerable.Reverse(reference).Select(r => new View(r))];
            _before = _history.FirstOrDefault()?.Result;
            _now = now;
            _current = now is null ? null : new View(now);
            _assessedAt = (now ?? _before)!.AssessedAt;
        }

        public CisAssessmentDifference Compare(bool includeEqual)
        {
            var findings = Keys().Select(Compare).OrderBy(f => f.Change).ToList();
            var change = Of(_before?.Status, _now?.Status, isKnown: _now is not null);
            // Other resources fail now.
            if (change == CisChange.Unchanged && findings.Exists(f => f.Change != CisChange.Unchanged))
            {
                change = CisChange.Changed;
            }

            return new CisAssessmentDifference(
                _before, _now, change, _now?.Reason ?? "The difference does not contain the control.",
                FirstSeen(v => v.Result.Status, _now?.Status), _assessedAt,
                findings.Where(f => includeEqual || f.Change != CisChange.Unchanged));
        }

        private IEnumerable<object> Keys() => new[] { _current, _history.FirstOrDefault() }.OfType<View>().SelectMany(v => v.Findings.Keys).Distinct();

        private CisFindingDifference Compare(object key)
        {
            var (old, finding) = (_history.FirstOrDefault()?.Find(key), _current?.Find(key));
            var isKnown = _current?.IsComplete == true;
            var change = Of(old, finding, isKnown);
            var reason = finding?.Reason ?? (isKnown ? "The control no longer has the resource." : "The difference does not contain the resource, and is incomplete.");
            return new CisFindingDifference((finding ?? old)!, change, old?.Status, finding?.Status, reason, FirstSeen(v => v.StatusOf(key), finding?.Status), _assessedAt);
        }

        private static CisChange Of(CisFinding? before, CisFinding? now, bool isKnown) =>
            // Resources come and go; only a failure is news.
            (before is null && now?.Status is CisStatus.Pass or CisStatus.NotApplicable) ||
            (now is null && isKnown && before?.Status is CisStatus.Pass or CisStatus.NotApplicable) ? CisChange.Unchanged
            : before?.Status == CisStatus.Fail && now?.Status == CisStatus.Fail && before.ReasonCode != now.ReasonCode ? CisChange.Changed
            : Of(before?.Status, now?.Status, isKnown);

        /// <param name="before">The status in the reference; null for none.</param>
        /// <param name="now">The status in the difference; null for none.</param>
        /// <param name="isKnown">Whether it is certain that what is not in the difference does not exist.</param>
        private static CisChange Of(CisStatus? before, CisStatus? now, bool isKnown) => (before, now) switch
        {
            _ when before == now => CisChange.Unchanged,
            (CisStatus.Exempt, CisStatus.Fail) => CisChange.Changed,
            (_, CisStatus.Fail) => CisChange.New,
            (null or CisStatus.Unknown, null or CisStatus.Unknown) => CisChange.Changed,
            (_, CisStatus.Unknown) => CisChange.NotAssessed,
            (_, null) when !isKnown => CisChange.NotAssessed,
            (CisStatus.Fail or CisStatus.Exempt, null or CisStatus.Pass or CisStatus.NotApplicable) => CisChange.Fixed,
            _ => CisChange.Changed,
        };

        /// <summary>The oldest assessment in which it failed, with none in which it passed since. An Unknown is not a pass.</summary>
        private DateTime? FirstSeen(Func<View, CisStatus?> statusIn, CisStatus? now)
        {
            DateTime? first = IsFailure(now) ? _assessedAt : null;
            // A failure that is fixed, or was not assessed, is one of the reference.
            if (first is null && (_history.Count == 0 || !IsFailure(statusIn(_history[0]))))
            {
                return null;
            }

            foreach (var view in _history)
            {
                var status = statusIn(view);
                if (IsFailure(status))
                {
                    first = view.Result.AssessedAt;
                }
                else if (status != CisStatus.Unknown)
                {
                    break;
                }
            }

            return first;
        }

        private static bool IsFailure(CisStatus? status) => status is CisStatus.Fail or CisStatus.Exempt;
    }

    /// <summary>A result with its findings by what they are about.</summary>
    private sealed class View
    {
        public View(CisResult result)
        {
            Result = result;
            foreach (var finding in result.Findings)
            {
                // Findings are in the order of precedence: of several about one resource the worst is first.
                var key = (finding.RuleId, finding.ResourceType, finding.ResourceId, finding.ResourceArn, finding.Region);
                if (!Findings.ContainsKey(key))
                {
                    Findings.Add(key, finding);
                }
            }
        }

        public CisResult Result { get; }

        public Dictionary<object, CisFinding> Findings { get; } = [];

        /// <summary>Whether what is not among the findings does not exist.</summary>
        public bool IsComplete => !Result.Incomplete && Result.UnknownCount == 0 && Result.Status != CisStatus.Unknown && Result.ReadFailures.Count == 0;

        public CisFinding? Find(object key) => Findings.TryGetValue(key, out var finding) ? finding : null;

        /// <summary>The status of a resource; Unknown where it may exist although it is not there.</summary>
        public CisStatus? StatusOf(object key) => Find(key)?.Status ?? (IsComplete ? null : CisStatus.Unknown);
    }
}
