using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Alarms;

/// <summary>Filters that together do what a control asks, each with a way to a subscriber.</summary>
/// <param name="Ways">One way for each filter.</param>
/// <param name="Notes">What a reader should know of the patterns.</param>
internal sealed record CoveringFilters(IReadOnlyList<AlarmPath> Ways, IReadOnlyList<CisFact> Notes)
{
    /// <summary>What does not break the chain and should be known.</summary>
    public IReadOnlyList<string> Warnings => [.. Ways.SelectMany(w => w.Warnings).Distinct()];

    /// <summary>The things the ways lead over.</summary>
    public IReadOnlyList<CisFact> Facts => [.. Ways.SelectMany(w => w.Parts()).Distinct(), .. Notes];

    private const int MostNamed = 3;

    /// <summary>Why the control passes, as a sentence without its period.</summary>
    /// <param name="topicName">Names a topic by its ARN.</param>
    public string Reason(Func<string, string> topicName)
    {
        var alarms = Ways.Select(w => w.Alarm!.Alarm.Name).Distinct().ToList();
        var topics = Ways.Select(w => topicName(w.Topic!)).Distinct().ToList();
        var composites = Ways.Select(w => w.Composite?.Name).OfType<string>().Distinct().ToList();
        return (alarms.Count == 1 ? $"Alarm {alarms[0]} notifies" : $"Alarms {Quantity.List(alarms, MostNamed)} together notify") +
            $" topic{(topics.Count == 1 ? "" : "s")} {Quantity.List(topics, MostNamed)}" +
            (composites.Count == 0 ? "" : $" through composite alarm{(composites.Count == 1 ? "" : "s")} {Quantity.List(composites, MostNamed)}");
    }
}

/// <summary>
/// The ways that lead over the metric filters of one log group. Filters count together: four for sixteen events are as good as
/// one.
/// </summary>
internal sealed class FilterGroup(IReadOnlyList<AlarmPath> ways, PatternRequirement requirement)
{
    /// <summary>The filters with whole ways that do what is asked; null when they do not.</summary>
    public CoveringFilters? Complete()
    {
        var whole = ways.Where(w => w.IsComplete).ToList();
        var filters = FiltersOf(whole);
        var result = requirement.Evaluate(filters);
        return result.Holds
            ? new CoveringFilters([.. result.Needed.Select(f => whole.Where(w => w.Filter == f).OrderBy(w => w.Warnings.Count).First())], result.Facts)
            : null;
    }

    /// <summary>The uncertainty, where it may be all that keeps the filters from doing what is asked; else null.</summary>
    public AlarmPath? Uncertainty()
    {
        var unbroken = ways.Where(w => w.Broken is null).ToList();
        var result = requirement.Evaluate(FiltersOf(unbroken));
        return result.Uncertainty is { } uncertainty ? unbroken[0].Stop(uncertainty)
            : result.Holds ? unbroken.Where(w => w.Uncertainty is not null).OrderByDescending(w => w.Depth).FirstOrDefault()
            : null;
    }

    /// <summary>The closest way with what breaks it, or what the filters miss although they are taken all together.</summary>
    public AlarmPath Broken()
    {
        var result = requirement.Evaluate(FiltersOf(ways));
        if (result.Broken is { } missed)
        {
            var closest = ways.OrderByDescending(w => requirement.IsMeantForIt(w.Filter!)).First();
            return closest.Break(missed) with { Facts = [.. missed.Facts, .. result.Facts], Depth = ways.Min(w => w.Depth) };
        }

        // The filters would do if their alarms did: the way that leads furthest says what to change.
        return ways.Where(w => w.Broken is not null)
            .OrderByDescending(w => requirement.IsMeantForIt(w.Filter!))
            .ThenByDescending(w => w.Depth)
            .First();
    }

    private static IReadOnlyList<MetricFilter> FiltersOf(IEnumerable<AlarmPath> some) => [.. some.Select(w => w.Filter!).Distinct()];
}
