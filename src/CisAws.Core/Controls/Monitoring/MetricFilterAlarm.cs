using System.Collections.Generic;
using System.Linq;
using CisAws.Controls.Logging;
using CisAws.Evidence;
using CisAws.FilterPatterns;

namespace CisAws.Controls.Monitoring;

/// <summary>3.1-3.14: a metric filter and an alarm exist for a kind of event, and somebody is told.</summary>
[Control("3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")]
internal sealed class MetricFilterAlarm : ControlRule
{
    public override bool ThereExists => true;

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) =>
        [.. TrailQualification.Needs, Kinds.TrailLogGroup, Kinds.MetricFilters, Kinds.Alarms, Kinds.TopicSubscriptions];

    public override IEnumerable<CisFinding> Evaluate(RuleContext context)
    {
        yield return Judge(context);
    }

    private static CisFinding Judge(RuleContext context)
    {
        var reference = ReferencePatterns.Of(context.ControlId);
        var wanted = context.Settings.Text("Pattern") is { Length: > 0 } own ? own : reference.Pattern;
        if (!FilterPattern.TryParse(wanted, out var pattern, out var error))
        {
            return context.Undecided(context.Account, "InvalidPattern", $"The setting Pattern is no filter pattern: {error.Message}.");
        }

        var inventory = TrailInventory.From(context.Evidence);
        if (!inventory.AnyRegionRead)
        {
            return MultiRegionTrail.NothingRead(context, inventory);
        }

        if (inventory.Trails.Count == 0)
        {
            return context.Fail(context.Account, "NoTrail", "The account has no trail.");
        }

        return Verdict(context, new AlarmChain(context, reference, pattern).Follow(inventory));
    }

    /// <summary>A complete way wins, then one that only what could not be read stands against, then the closest that is broken.</summary>
    private static CisFinding Verdict(RuleContext context, IReadOnlyList<Candidate> candidates)
    {
        var facts = candidates.Select(c => new CisFact("Candidate", c.ToString()));
        if (candidates.Where(c => c.IsComplete).OrderBy(c => c.Warnings.Count).FirstOrDefault() is { } complete)
        {
            return context.Pass(context.Account, "Alarmed", Passes(complete), complete.Parts().Concat(facts), complete.Warnings);
        }

        if (Closest(candidates.Where(c => c.Broken is null)) is { Doubt: { } doubt } doubtful)
        {
            return context.Undecided(context.Account, doubt.Code, doubt.Reason, facts, doubtful.Warnings);
        }

        var closest = Closest(candidates)!;
        return context.Fail(context.Account, closest.Broken!.Code, closest.Broken.Reason, facts, closest.Warnings);
    }

    private static Candidate? Closest(IEnumerable<Candidate> candidates) =>
        candidates.OrderByDescending(c => c.Depth).ThenByDescending(c => c.Shortfall).FirstOrDefault();

    private static string Passes(Candidate chain) =>
        $"Metric filter {chain.Filter!.Name} on trail {chain.Trail.Name} sets off alarm {chain.Alarm!.Alarm.Name}, " +
        $"which notifies topic {chain.Topic}" +
        (chain.Composite is { } composite ? $" through composite alarm {composite.Name}." : ".");
}
