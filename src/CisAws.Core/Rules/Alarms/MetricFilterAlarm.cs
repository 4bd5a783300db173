using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Assessments;
using CisAws.Evidence;
using CisAws.FilterPatterns;
using CisAws.Results;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Alarms;

/// <summary>3.1-3.14: a metric filter and an alarm exist for a kind of event, and the alarm notifies a subscriber.</summary>
[Control("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")]
internal sealed class MetricFilterAlarm : ControlRule
{
    public override bool ThereExists(SettingValues settings) => true;

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        [Kinds.Regions, .. TrailQualification.Needs, Kinds.MetricFilters, Kinds.Alarms, Kinds.TopicSubscriptions];

    /// <summary>A log group that answers with its metric filters exists.</summary>
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [Kinds.TrailLogGroup, Kinds.TopicAttributes];

    public override IEnumerable<CisFinding> Evaluate(RuleContext context)
    {
        yield return Judge(context);
    }

    private static CisFinding Judge(RuleContext context)
    {
        // Asked first, so that every setting reads what the rule declares.
        var regions = context.Evidence.Get(Kinds.Regions).Match(all => all.Where(r => r.IsEnabled).Select(r => r.Name).ToList(), _ => []);
        PatternDemand demand;
        try
        {
            demand = PatternDemand.Of(context.ControlId, context.Settings, context.Evidence.Account.Partition, regions, context.CancellationToken);
        }
        catch (FilterSyntaxException e)
        {
            return context.Undecided(context.Account, "InvalidPattern", $"The setting Pattern is not a valid filter pattern: {e.Message}.");
        }

        var inventory = TrailInventory.From(context.Evidence);
        if (!inventory.AnyRegionRead)
        {
            return MultiRegionTrail.NothingRead(context, inventory);
        }

        if (inventory.Trails.Count == 0)
        {
            return context.Fail(context.Account, "NoTrail", TrailFindings.NoTrail(context.Evidence.Scope.IsPartial || !inventory.AllRegionsRead));
        }

        return Verdict(context, new AlarmChain(context, ReferencePatterns.Of(context.ControlId), demand).Follow(inventory), demand);
    }

    /// <summary>
    /// Filters of one log group that together catch the control's events, each with a whole way to a subscriber, win. Then come
    /// those that only what could not be read stands against, then the closest that are broken.
    /// </summary>
    private static CisFinding Verdict(RuleContext context, IReadOnlyList<Candidate> candidates, PatternDemand demand)
    {
        var unfiltered = candidates.Where(c => c.Filter is null).ToList();
        var groups = candidates.Where(c => c.Filter is not null)
            .GroupBy(c => c.LogGroup!.ToString(), StringComparer.Ordinal)
            .Select(g => new FilterGroup(g.ToList(), demand))
            .ToList();
        var shown = candidates.Where(c => c.Filter is null || demand.IsMeantForIt(c.Filter)).Select(c => new CisFact("Candidate", c.ToString())).ToList();
        if (groups.Select(g => g.Complete()).OfType<Coverers>().OrderBy(c => c.Warnings.Count).FirstOrDefault() is { } complete)
        {
            return context.Pass(context.Account, "Alarmed", complete.Reason(t => NotificationLinks.NameOf(context, t)), [.. complete.Facts, .. shown], complete.Warnings);
        }

        var doubts = groups.Select(g => g.Doubt()).OfType<Candidate>().Concat(unfiltered.Where(c => c.Broken is null));
        if (Closest(doubts) is { Doubt: { } doubt } doubtful)
        {
            return context.Undecided(context.Account, doubt.Code, doubt.Reason, shown, doubtful.Warnings);
        }

        var closest = Closest(groups.Select(g => g.Broken()).Concat(unfiltered))!;
        return context.Fail(context.Account, closest.Broken!.Code, closest.Broken.Reason, [.. closest.Facts, .. shown], closest.Warnings);
    }

    private static Candidate? Closest(IEnumerable<Candidate> candidates) =>
        candidates.OrderByDescending(c => c.Depth).ThenByDescending(c => c.Shortfall).FirstOrDefault();
}
