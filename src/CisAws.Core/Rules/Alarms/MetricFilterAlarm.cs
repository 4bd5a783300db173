using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.FilterPatterns;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Alarms;

/// <summary>A metric filter and an alarm exist for a kind of event, and the alarm notifies a subscriber.</summary>
internal sealed class MetricFilterAlarm : Rule
{
    private ReferencePattern? _reference;

    /// <summary>The pattern that benchmarks prescribe, read once.</summary>
    public ReferencePattern Reference => _reference ??= ReferencePattern.Of(Definition);

    public override bool IsExistential(SettingValues settings) => true;

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        [EvidenceKinds.Regions, .. TrailQualification.Needs, EvidenceKinds.MetricFilters, EvidenceKinds.Alarms, EvidenceKinds.TopicSubscriptions];

    /// <summary>A log group that answers with its metric filters exists.</summary>
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.TrailLogGroup, EvidenceKinds.TopicAttributes];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return FindingOf(context);
    }

    private RuleFinding FindingOf(RuleContext context)
    {
        // Asked first, so that every setting reads what the rule declares.
        var regions = context.Evidence.Get(EvidenceKinds.Regions).Match(all => all.Where(r => r.IsEnabled).Select(r => r.Name).ToList(), _ => []);
        PatternRequirement requirement;
        try
        {
            requirement = PatternRequirement.Of(Reference, context.Settings, context.Evidence.Account.Partition, regions, context.CancellationToken);
        }
        catch (FilterSyntaxException e)
        {
            return context.Undecided(context.Account, "InvalidPattern", $"the setting Pattern is not a valid filter pattern: {e.Message}");
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

        return FindingOf(context, new AlarmChain(context, Reference, requirement).Follow(inventory), requirement);
    }

    /// <summary>
    /// Filters of one log group that together catch the control's events, each with a whole way to a subscriber, win. Then come
    /// those that may be complete but for what could not be read, then the closest that are broken.
    /// </summary>
    private static RuleFinding FindingOf(RuleContext context, IReadOnlyList<AlarmPath> paths, PatternRequirement requirement)
    {
        var unfiltered = paths.Where(c => c.Filter is null).ToList();
        var groups = paths.Where(c => c.Filter is not null)
            .GroupBy(c => c.LogGroup!.ToString(), StringComparer.Ordinal)
            .Select(g => new FilterGroup(g.ToList(), requirement))
            .ToList();
        var shown = paths.Where(c => c.Filter is null || requirement.IsMeantForIt(c.Filter)).Select(c => new CisFact("AlarmPath", c.ToString())).ToList();
        if (groups.Select(g => g.Complete()).OfType<CoveringFilters>().OrderBy(c => c.Warnings.Count).FirstOrDefault() is { } complete)
        {
            return context.Pass(context.Account, "Alarmed", complete.Reason(t => NotificationSteps.NameOf(context, t)) + Owner(context, complete.Ways[0]) + ".", [.. complete.Facts, .. OtherEvidence.Facts(context, complete.Ways.SelectMany(w => w.Used)), .. shown], complete.Warnings);
        }

        var doubts = groups.Select(g => g.Uncertainty()).OfType<AlarmPath>().Concat(unfiltered.Where(c => c.Broken is null));
        if (Closest(doubts) is { Uncertainty: { } uncertainty } doubtful)
        {
            return context.Undecided(context.Account, uncertainty.Code, uncertainty.Reason + Owner(context, doubtful, uncertainty.Reason), [.. doubtful.Facts, .. OtherEvidence.Facts(context, doubtful.Used), .. shown], doubtful.Warnings);
        }

        var closest = Closest(groups.Select(g => g.Broken()).Concat(unfiltered))!;
        return context.Fail(context.Account, closest.Broken!.Code, closest.Broken.Reason.TrimEnd('.') + Owner(context, closest) + ".", [.. closest.Facts, .. OtherEvidence.Facts(context, closest.Used), .. shown], closest.Warnings);
    }

    /// <summary>Says whose evidence decides, where it is another account's and the reason does not name that.</summary>
    private static string Owner(RuleContext context, AlarmPath path, string reason = "") =>
        path.Used.Append(path.Evidence).LastOrDefault(v => v != context.Evidence) is { } other && !reason.Contains(other.Account.AccountId) ? OtherEvidence.Clause(context, other) : "";

    private static AlarmPath? Closest(IEnumerable<AlarmPath> paths) =>
        paths.OrderByDescending(c => c.Depth).ThenByDescending(c => c.Shortfall).FirstOrDefault();
}
