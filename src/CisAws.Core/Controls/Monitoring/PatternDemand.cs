using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Controls.Monitoring;

/// <summary>Whether some metric filters together do what is asked of them.</summary>
/// <param name="Broken">Why they do not; null when they do, or when it cannot be told.</param>
/// <param name="Doubt">Why it cannot be told.</param>
internal sealed record PatternVerdict(Obstacle? Broken = null, Obstacle? Doubt = null)
{
    /// <summary>True when the filters do what is asked.</summary>
    public bool Holds => Broken is null && Doubt is null;

    /// <summary>What a reader should know of it: an event that is missed, a note on a reading.</summary>
    public IReadOnlyList<CisFact> Facts { get; init; } = [];
}

/// <summary>What a control asks of the patterns of a log group's metric filters.</summary>
internal abstract class PatternDemand
{
    /// <summary>Whether the filter can have a part in doing what is asked. Those that cannot are not followed.</summary>
    public abstract bool CanContribute(MetricFilter filter);

    /// <summary>Whether the filter looks as if it were meant for the control, and is worth a word.</summary>
    public abstract bool IsMeantForIt(MetricFilter filter);

    /// <summary>Why none of some filters is meant for the control.</summary>
    /// <param name="filters">All filters of a log group, at least one.</param>
    /// <param name="whose">"log group x".</param>
    public abstract Obstacle NoneIsMeantForIt(IReadOnlyList<MetricFilter> filters, string whose);

    /// <summary>Whether filters together do what is asked.</summary>
    public abstract PatternVerdict Judge(IReadOnlyList<MetricFilter> filters);

    /// <summary>As few as possible of some filters that together do what is asked.</summary>
    public IReadOnlyList<MetricFilter> Needed(IReadOnlyList<MetricFilter> filters)
    {
        if (filters.FirstOrDefault(f => Judge([f]).Holds) is { } one)
        {
            return [one];
        }

        var kept = filters;
        foreach (var filter in filters)
        {
            var rest = kept.Where(f => f != filter).ToList();
            kept = Judge(rest).Holds ? rest : kept;
        }

        return kept;
    }
}
