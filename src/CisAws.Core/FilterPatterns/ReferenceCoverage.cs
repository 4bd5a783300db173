using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CisAws.FilterPatterns.Automata;

namespace CisAws.FilterPatterns;

/// <summary>
/// Compares filters with a reference under every reading of what AWS does not document. The results for each filter are kept.
/// </summary>
/// <param name="reference">The pattern whose events are to be matched.</param>
/// <param name="domain">The events that can occur.</param>
/// <param name="cancellationToken">Cancels any of the methods.</param>
internal sealed class ReferenceCoverage(FilterPattern reference, EventDomain domain, CancellationToken cancellationToken)
{
    private readonly Dictionary<FilterSemantics, CoverageCase> _cases = [];
    private readonly Dictionary<FilterSemantics, CoverageCase> _strictCases = [];
    private readonly Dictionary<FilterPattern, bool> _overlaps = [];
    private readonly Dictionary<FilterPattern, bool> _meant = [];

    private readonly WorkBudget _work = new(long.MaxValue, cancellationToken);

    /// <summary>The steps that were taken so far.</summary>
    public long Steps => _work.Taken;

    // The comparisons of the reference, by their spelling.
    private HashSet<string> Wanted => field ??= ComparisonsOf(reference);

    private CoverageCase Observed => CaseOf(FilterSemantics.Observed);

    /// <summary>Whether some event can match both, under any reading; true as well when that is not known.</summary>
    public bool Overlaps(FilterPattern filter) =>
        Remember(_overlaps, filter, () => reference.Root is not null && Readings([filter]).Exists(r => CaseOf(r.Semantics).Overlaps(filter)));

    /// <summary>Whether no event can match the filter, under any reading.</summary>
    public bool NeverMatches(FilterPattern filter) => reference.Root is not null && !Readings([filter]).Exists(r => CaseOf(r.Semantics).CanMatch(filter));

    /// <summary>
    /// Whether the filter looks as if it were meant for the reference: most of its values are those of the reference,
    /// or none is and it matches an ordinary event. A filter for denied calls overlaps every reference, because any call can be
    /// denied; it is meant for none. A filter for IAM policies shares the name CreatePolicy with AWS Organizations, and is not meant for
    /// it. This decides which filters messages name, and never whether a filter covers.
    /// </summary>
    public bool IsMeantFor(FilterPattern filter) => Remember(_meant, filter, () => reference.Root is not null && (filter.Root is { } root
        ? SharesValues(filter) ?? Observed.Alternatives.Any(w => w.Example?.IsMatchedBy(root, FilterSemantics.Observed) == true)
        : filter.Terms is { } terms && Observed.Alternatives.Any(w => terms.LooksFor(w.Texts))));

    /// <summary>Whether the filters together match every event that the reference matches.</summary>
    public CoverageResult Decide(IReadOnlyList<FilterPattern> filters) => Decide(filters, tellsSurplus: true);

    /// <summary>The same, but filters that cover are not searched for what else they match: they are said to be broader.</summary>
    public CoverageResult Assess(IReadOnlyList<FilterPattern> filters) => Decide(filters, tellsSurplus: false);

    private CoverageResult Decide(IReadOnlyList<FilterPattern> filters, bool tellsSurplus)
    {
        if (reference.Root is null)
        {
            return Undecidable(UndecidableReason.NotJsonForm, $"the reference {reference} matches the text of events and not their fields");
        }

        try
        {
            return Guarded(filters, tellsSurplus);
        }
        catch (UndecidableException e)
        {
            return Undecidable(UndecidableReason.TooComplex, e.Message);
        }
    }

    private CoverageResult Guarded(IReadOnlyList<FilterPattern> filters, bool tellsSurplus)
    {
        var result = UnderAllReadings(filters, tellsSurplus);
        if (!result.Covers || reference.MatchesNearlyAll)
        {
            return result;
        }

        var specific = filters.Where(f => !f.MatchesNearlyAll).ToList();
        var guarded = specific.Count == filters.Count ? result : UnderAllReadings(specific, tellsSurplus);
        return guarded.Covers && !CatchAll.Is(guarded.Needed)
            ? result with { Needed = guarded.Needed, Notes = guarded.Notes }
            : result with { IsCatchAll = true, Explanation = $"{Filters(filters, "covers", "cover")} the reference only because {(filters.Count == 1 ? "it matches" : "they match")} nearly every event." };
    }

    private CoverageResult UnderAllReadings(IReadOnlyList<FilterPattern> filters, bool tellsSurplus)
    {
        var readings = Readings([.. filters, reference]);

        // Which of several readings is shown depends on what else the filters match.
        tellsSurplus |= readings.Count > 1;
        var results = readings.ConvertAll(r => UnderReading(filters, r.Semantics, tellsSurplus));
        if (results.Find(r => r.Outcome == CoverageOutcome.Undecidable) is { } undecidable)
        {
            return undecidable;
        }

        var other = results.FindIndex(r => r.Covers != results[0].Covers);
        if (other >= 0)
        {
            return Undecidable(readings[other].Reason, $"{readings[other].Uncertainty}, {LowerFirst(results[other].Explanation).TrimEnd('.')}");
        }

        // Of Equivalent and Broader, or NeverMatches and Narrower, the weaker statement.
        var shown = Math.Max(0, results.FindIndex(r => r.Outcome is CoverageOutcome.Broader or CoverageOutcome.Narrower));
        return results[shown] with { Notes = Notes(filters, results[shown], readings[shown].Semantics) };
    }

    private CoverageResult UnderReading(IReadOnlyList<FilterPattern> filters, FilterSemantics semantics, bool tellsSurplus)
    {
        var coverage = CaseOf(semantics);
        if (coverage.Alternatives.Count == 0)
        {
            return Undecidable(UndecidableReason.ReferenceNeverMatches, $"the reference {reference} matches no event");
        }

        var found = coverage.Decide(filters);
        return found.UndecidableReason != UndecidableReason.None ? Undecidable(found.UndecidableReason, found.Why)
            : found.Missed is null ? Covered(coverage, filters, semantics, tellsSurplus) with { Needed = coverage.Needed(filters, found) }
            : Missed(coverage, filters, found, semantics);
    }

    private CoverageResult Missed(CoverageCase coverage, IReadOnlyList<FilterPattern> filters, CaseResult found, FilterSemantics semantics)
    {
        // The difference from a filter that serves another purpose would explain nothing.
        var comparable = filters.Any(IsMeantFor) ? filters.Select(IsMeantFor).ToList() : null;
        var (missed, decisive, nearest) = coverage.Simplify(
            found.Missed!, found.Alternative!.Expression, found.Alternative.Knows, [.. filters.Select(f => f.Root)], comparable);
        var json = missed.ToJson();
        if (filters.Any(f => f.Root is null && f.Terms?.Misses(json) != true))
        {
            (missed, decisive, nearest) = (found.Missed!, [], null);
        }

        var words = missed.Describe(found.Alternative.Expression, decisive, semantics);
        var neverMatches = filters.All(f => f.Root is not null && !coverage.CanMatch(f));
        var closest = nearest is { } place && filters.Count > 1 ? $" Filter {place + 1} of {filters.Count} comes closest." : "";
        var explanation = neverMatches
            ? $"{Filters(filters, "can", "can")} never match an event, not even {words}."
            : $"{Filters(filters, "misses", "miss")} {words}.{closest}";
        return new CoverageResult(neverMatches ? CoverageOutcome.NeverMatches : CoverageOutcome.Narrower, explanation)
        {
            ExampleEvent = Confirmed(missed, [reference], filters, semantics),
            ExampleInWords = words,
            Nearest = nearest,
        };
    }

    private CoverageResult Covered(CoverageCase coverage, IReadOnlyList<FilterPattern> filters, FilterSemantics semantics, bool tellsSurplus)
    {
        var isKnown = tellsSurplus;
        IEnumerable<FilterPattern> searched = tellsSurplus ? filters.OrderBy(f => f.ToString(), StringComparer.Ordinal) : [];
        foreach (var filter in searched)
        {
            try
            {
                var (surplus, known) = coverage.Surplus(filter);
                isKnown &= known;
                if (surplus is not null)
                {
                    return Broader(coverage, filters, filter, surplus, semantics);
                }
            }
            catch (UndecidableException)
            {
                // What else the filters match takes nothing from the proof that they cover.
                isKnown = false;
            }
        }

        return isKnown
            ? new CoverageResult(CoverageOutcome.Equivalent, $"{Filters(filters, "matches", "match")} the same events as the reference.")
            : new CoverageResult(
                CoverageOutcome.Broader, $"{Filters(filters, "matches", "match")} every event that the reference matches, and may match others.");
    }

    private CoverageResult Broader(
        CoverageCase coverage, IReadOnlyList<FilterPattern> filters, FilterPattern filter, ExampleEvent surplus, FilterSemantics semantics)
    {
        var (shown, decisive, _) = coverage.Simplify(
            surplus, filter.Root!, s => filter.Conditions.Any(c => c.Selector.Equals(s)), [reference.Root]);
        var words = shown.Describe(filter.Root!, decisive, semantics);
        return new CoverageResult(
            CoverageOutcome.Broader,
            $"{Filters(filters, "matches", "match")} every event that the reference matches, and others such as {words}.")
        {
            ExampleEvent = Confirmed(shown, [filter], [reference], semantics),
            ExampleInWords = words,
        };
    }

    /// <summary>Which undocumented, or differently documented, behaviour the result depends on.</summary>
    private IReadOnlyList<string> Notes(IReadOnlyList<FilterPattern> filters, CoverageResult result, FilterSemantics semantics)
    {
        var relevant = result.Covers ? result.Needed : filters;
        var conditions = new List<Condition>(reference.Conditions);
        foreach (var filter in relevant)
        {
            conditions.AddRange(filter.Conditions);
        }

        var notes = new List<string>();
        if (conditions.Exists(c => c is Comparison { Comparator: "!=" }))
        {
            var opposite = CaseOf(semantics with { NotEqualMatchesAbsent = !semantics.NotEqualMatchesAbsent }).Decide(relevant);
            if (opposite.UndecidableReason == UndecidableReason.None && opposite.Covers != result.Covers)
            {
                notes.Add("CisAws assumes that != does not match an event without the field, as observed on live filters. AWS does not document this. " +
                    (result.Covers ? "If it matched, an event would be missed." : "If it matched, no event would be missed."));
            }
        }

        if (!result.Covers)
        {
            return notes;
        }

        var optional = domain.DocumentedOptional.Select(f => f.Selector).Where(s => conditions.Exists(c => c.Selector.Equals(s))).ToList();
        if (optional.Count > 0 && CaseOf(semantics, isStrict: true).Decide(relevant).Missed is { } without)
        {
            var fields = string.Join(", ", optional.Where(s => without.ValueOf(s).Kind == FieldKind.Absent).Select(s => s.ToString().TrimStart('$', '.')));
            notes.Add($"Relies on {fields}, which CloudTrail documents as optional, but which the events of the control are known to have.");
        }

        return notes;
    }

    /// <summary>The readings to decide under: first what was observed on live filters, then each other, with what is uncertain.</summary>
    private static List<Reading> Readings(IReadOnlyList<FilterPattern> patterns)
    {
        List<Reading> readings = [new(FilterSemantics.Observed, UndecidableReason.None, "")];
        if (patterns.Any(p => p.HasInfixStar))
        {
            readings.AddRange(readings.ConvertAll(r => new Reading(
                r.Semantics with { InfixStarIsWildcard = false }, UndecidableReason.InfixStar,
                "AWS's documentation and tools differ on whether a star in the middle of a text is a wildcard, and if it is not")));
        }

        if (patterns.Any(p => p.HasUnquotedDigits))
        {
            readings.AddRange(readings.ConvertAll(r => new Reading(
                r.Semantics with { DigitsAreText = true }, UndecidableReason.UnquotedDigits,
                "AWS does not document whether digits without quotes are a number or text, and if they are text")));
        }

        return readings;
    }

    private CoverageCase CaseOf(FilterSemantics semantics, bool isStrict = false)
    {
        var cases = isStrict ? _strictCases : _cases;
        if (!cases.TryGetValue(semantics, out var known))
        {
            cases[semantics] = known =
                new CoverageCase(reference, isStrict ? domain.WithoutOptional ?? domain : domain, semantics, _work, cancellationToken);
        }

        return known;
    }

    /// <summary>Whether most values of the filter are values of the reference, or the reverse; null if they have none in common.</summary>
    private bool? SharesValues(FilterPattern filter)
    {
        var asked = ComparisonsOf(filter);
        var shared = asked.Count(Wanted.Contains);
        return shared == 0 ? null : 2 * shared >= Math.Min(asked.Count, Wanted.Count);
    }

    private static HashSet<string> ComparisonsOf(FilterPattern pattern)
    {
        var spellings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var condition in pattern.Conditions)
        {
            if (condition is Comparison)
            {
                spellings.Add(condition.Key);
            }
        }

        return spellings;
    }

    /// <summary>The event as JSON, after the patterns themselves have confirmed the result of the search.</summary>
    private static string Confirmed(
        ExampleEvent example, IReadOnlyList<FilterPattern> matched, IReadOnlyList<FilterPattern> unmatched, FilterSemantics semantics)
    {
        var json = example.ToJson();
        using var document = ExampleEvent.Parse(json);
        var record = document.RootElement;
        return matched.All(p => p.Matches(record, semantics)) && !unmatched.Any(p => p.Root is not null && p.Matches(record, semantics))
            ? json
            : throw new InvalidOperationException($"The event {json} does not show the difference between the patterns.");
    }

    /// <summary>A verb with its subject: "The filter misses", "The filters together miss".</summary>
    private static string Filters(IReadOnlyList<FilterPattern> filters, string one, string several) =>
        filters.Count == 1 ? $"The filter {one}" : $"The filters together {several}";

    private static string LowerFirst(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);

    private static bool Remember(Dictionary<FilterPattern, bool> answers, FilterPattern filter, Func<bool> answer)
    {
        if (!answers.TryGetValue(filter, out var known))
        {
            answers[filter] = known = answer();
        }

        return known;
    }

    private static CoverageResult Undecidable(UndecidableReason reason, string why) =>
        new(CoverageOutcome.Undecidable, $"Not decided: {why}.") { UndecidableReason = reason, Why = why };

    /// <summary>One reading of what AWS does not document.</summary>
    private sealed record Reading(FilterSemantics Semantics, UndecidableReason Reason, string Uncertainty);
}
