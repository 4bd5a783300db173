using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>
/// The chain that 3.1-3.14 ask for, from a trail to somebody who is told: a trail that qualifies, its log group, a metric
/// filter, the filter's metric, an alarm on it, a topic, a confirmed subscription.
/// </summary>
internal sealed class AlarmChain(RuleContext context, ReferencePattern reference, PatternDemand demand)
{
    private delegate IEnumerable<Candidate> Link(Candidate candidate);

    /// <summary>Every way from a trail to a subscriber, each followed as far as it leads.</summary>
    public IReadOnlyList<Candidate> Follow(TrailInventory inventory)
    {
        var hasOwnTrail = inventory.Trails.Any(t => TrailInventory.OwnerOf(t) == context.Evidence.Account.AccountId);
        Link[] links =
        [
            c => [hasOwnTrail ? TrailLinks.TrailHasFilters(context, c) : c],
            c => [TrailLinks.TrailIsJudgedHere(context, c)],
            c => [TrailLinks.TrailQualifies(context, c, reference.RequiredEventSource)],
            c => [TrailLinks.TrailDeliversToLogGroup(context, c)],
            c => [TrailLinks.LogGroupExists(context, c)],
            c => MetricFilterLinks.FilterHasPattern(context, c, demand),
            c => MetricFilterLinks.FilterPublishesMetric(c),
            c => AlarmLinks.AlarmWatchesMetric(context, c),
            c => [AlarmLinks.AlarmFires(context, c)],
            c => NotificationLinks.AlarmNotifiesTopic(context, c),
            c => [NotificationLinks.TopicHasSubscriber(context, c)],
        ];
        return links.Aggregate(inventory.Trails.Select(t => new Candidate(t)).ToList(), Follow);
    }

    private static List<Candidate> Follow(List<Candidate> candidates, Link link) => candidates
        .SelectMany(c => c.IsOpen ? link(c).Select(n => n.IsOpen ? n with { Depth = c.Depth + 1 } : n) : [c])
        .ToList();
}
