using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>
/// The chain that an alarm needs, from a trail to a confirmed subscriber: a trail that qualifies, its log group, a metric
/// filter, the filter's metric, an alarm on it, a topic, a confirmed subscription.
/// </summary>
internal sealed class AlarmChain(RuleContext context, ReferencePattern reference, PatternRequirement requirement)
{
    private delegate IEnumerable<AlarmPath> Step(AlarmPath path);

    /// <summary>Every path from a trail to a subscriber, each followed as far as it leads.</summary>
    public IReadOnlyList<AlarmPath> Follow(TrailInventory inventory)
    {
        var hasOwnTrail = inventory.Trails.Any(t => TrailInventory.OwnerOf(t) == context.Evidence.Account.AccountId);
        Step[] steps =
        [
            c => [hasOwnTrail ? TrailSteps.TrailHasFilters(context, c) : c],
            c => [TrailSteps.TrailIsReadable(context, c)],
            c => [TrailSteps.TrailQualifies(context, c, reference.RequiredEventSource)],
            c => [TrailSteps.TrailDeliversToLogGroup(context, c)],
            c => [TrailSteps.LogGroupExists(c)],
            c => MetricFilterSteps.FilterHasPattern(c, requirement),
            c => MetricFilterSteps.FilterPublishesMetric(c),
            c => AlarmSteps.AlarmWatchesMetric(c),
            c => [AlarmSteps.AlarmFires(context, c)],
            c => NotificationSteps.AlarmNotifiesTopic(c),
            c => [NotificationSteps.TopicHasSubscriber(context, c)],
        ];
        return steps.Aggregate(inventory.Trails.Select(t => new AlarmPath(t, context.Evidence)).ToList(), Follow);
    }

    private static List<AlarmPath> Follow(List<AlarmPath> paths, Step step) => paths
        .SelectMany(c => c.IsOpen ? step(c).Select(n => n.IsOpen ? n with { Depth = c.Depth + 1 } : n) : [c])
        .ToList();
}
