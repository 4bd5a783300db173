using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using CisAws.Evidence;
using CisAws.FilterPatterns;

namespace CisAws.Rules.Alarms;

/// <summary>Whether some metric filters together do what is asked of them.</summary>
/// <param name="Broken">Why they do not; null when they do, or when it is not known.</param>
/// <param name="Uncertainty">Why it is not known.</param>
internal sealed record PatternResult(Gap? Broken = null, Gap? Uncertainty = null)
{
    /// <summary>True when the filters do what is asked.</summary>
    public bool Holds => Broken is null && Uncertainty is null;

    /// <summary>As few of the filters as are seen to be enough, when they do.</summary>
    public IReadOnlyList<MetricFilter> Needed { get; init; } = [];

    /// <summary>What a reader should know of it: an event that is missed, a note on a reading.</summary>
    public IReadOnlyList<CisFact> Facts { get; init; } = [];
}

/// <summary>
/// What a control asks of the patterns of a log group's metric filters. The assessment and the cmdlets that compare patterns go by
/// this one decision.
/// </summary>
internal abstract class PatternRequirement
{
    private static readonly ConditionalWeakTable<MetricFilter, StrongBox<FilterPattern?>> Parsed = new();

    // The same question comes up at several links of the chain.
    private readonly List<Answer> _answers = [];

    /// <summary>What the settings in force make of a rule's pattern.</summary>
    /// <param name="benchmarks">The pattern that benchmarks prescribe.</param>
    /// <param name="settings">The settings of the rule.</param>
    /// <param name="partition">The partition of the account.</param>
    /// <param name="regions">The regions that events can come from; none when they are not known.</param>
    /// <param name="cancellationToken">Ends any of the questions.</param>
    /// <exception cref="FilterSyntaxException">The setting Pattern is not a filter pattern.</exception>
    public static PatternRequirement Of(
        ReferencePattern benchmarks, SettingValues settings, string partition, IReadOnlyCollection<string> regions, CancellationToken cancellationToken)
    {
        // What is known of the benchmark's events, and the forms it took later, say nothing of an organisation's own pattern.
        var own = settings.Text("Pattern");
        var reference = own.Length > 0 && own != benchmarks.Pattern ? new ReferencePattern(own) : benchmarks;
        var isExact = settings.Text("PatternMatch") == "Exact";
        var variants = !isExact && reference.LaterVariants.Count > 0 && settings.Boolean("AcceptLaterVariants") ? reference.LaterVariants : [];
        return isExact
            ? new ExactRequirement(reference, partition, cancellationToken)
            : new SemanticRequirement(reference, variants, reference.Events(partition, regions), cancellationToken);
    }

    /// <summary>The required pattern.</summary>
    public abstract ReferencePattern Reference { get; }

    /// <summary>Whether patterns together do what is asked, and how what they match relates to it.</summary>
    public CoverageResult Compare(IReadOnlyList<FilterPattern> patterns) => Decide(patterns, (coverage, all) => coverage.Decide(all));

    /// <summary>Whether the filter can have a part in doing what is asked. Those that cannot are not followed.</summary>
    public abstract bool CanContribute(MetricFilter filter);

    /// <summary>Whether the filter looks as if it were meant for the control, and is worth a word.</summary>
    public abstract bool IsMeantForIt(MetricFilter filter);

    /// <summary>Why none of some filters is meant for the control.</summary>
    /// <param name="filters">All filters of a log group, at least one.</param>
    public abstract Gap NoneIsMeantForIt(IReadOnlyList<MetricFilter> filters);

    /// <summary>Whether filters together do what is asked.</summary>
    public PatternResult Evaluate(IReadOnlyList<MetricFilter> filters)
    {
        var read = filters.Where(f => PatternOf(f) is not null).ToList();
        var result = Assess([.. read.Select(f => PatternOf(f)!)]);
        if (result.Covers)
        {
            return new PatternResult
            {
                Needed = [.. result.Needed.Select(p => read.First(f => p.Equals(PatternOf(f))))],
                Facts = Notes(result),
            };
        }

        // AWS took the pattern, so one that cannot be read here may catch anything.
        return filters.FirstOrDefault(f => PatternOf(f) is null) is { } unknown && CanContribute(unknown)
            ? new PatternResult(Uncertainty: new Gap(
                "PatternNotUnderstood", $"metric filter {unknown.Name} has a pattern that CisAws cannot read: {unknown.Pattern}"))
            : Refuse(read, result);
    }

    /// <summary>Whether patterns together do what is asked, without what else they match.</summary>
    protected CoverageResult Assess(IReadOnlyList<FilterPattern> patterns)
    {
        if (_answers.Find(a => a.Patterns.SequenceEqual(patterns)) is { } known)
        {
            return known.Result;
        }

        var result = Decide(patterns, (coverage, all) => coverage.Assess(all));
        _answers.Add(new Answer(patterns, result));
        return result;
    }

    protected abstract CoverageResult Decide(IReadOnlyList<FilterPattern> patterns, Func<ReferenceCoverage, IReadOnlyList<FilterPattern>, CoverageResult> compare);

    /// <summary>Why filters do not do what is asked.</summary>
    protected abstract PatternResult Refuse(IReadOnlyList<MetricFilter> filters, CoverageResult result);

    protected static IReadOnlyList<CisFact> Notes(CoverageResult result) => [.. result.Notes.Select(n => new CisFact("Note", n))];

    /// <summary>The filter's pattern, which is read once for all controls; null when it cannot be read.</summary>
    protected static FilterPattern? PatternOf(MetricFilter filter) => Parsed.GetValue(
        filter, f => new StrongBox<FilterPattern?>(FilterPattern.TryParse(f.Pattern, out var pattern, out _) ? pattern : null)).Value;

    private sealed record Answer(IReadOnlyList<FilterPattern> Patterns, CoverageResult Result);
}
