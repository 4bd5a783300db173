using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>A composite alarm whose rule refers to a metric alarm, directly or through other composite alarms.</summary>
/// <param name="Alarm">The composite alarm.</param>
/// <param name="IsTriggered">
/// Whether the metric alarm alone brings it to ALARM; null when its rule, or that of a composite alarm between them, is not understood.
/// </param>
/// <param name="Because">What to know about it: why it is not triggered, or what can keep it from being so. Null for nothing.</param>
internal sealed record FollowingAlarm(CompositeAlarm Alarm, bool? IsTriggered, string? Because = null);

/// <summary>The composite alarms of a region, with their rules.</summary>
internal sealed class CompositeAlarms
{
    private static readonly ConditionalWeakTable<RegionAlarms, CompositeAlarms> Known = new();

    private readonly IReadOnlyList<ParsedAlarm> _all;

    // Every control with a filter on the alarm's metric asks the same.
    private readonly ConcurrentDictionary<string, IReadOnlyList<FollowingAlarm>> _following = new(StringComparer.Ordinal);

    private CompositeAlarms(RegionAlarms alarms) => _all = [.. alarms.Composite.Select(c => new ParsedAlarm(c, AlarmRule.TryParse(c.AlarmRule)))];

    /// <summary>The composite alarms of a region; their rules are read once for all controls.</summary>
    public static CompositeAlarms Of(RegionAlarms alarms) => Known.GetValue(alarms, a => new CompositeAlarms(a));

    /// <summary>The composite alarms that depend on a metric alarm.</summary>
    public IReadOnlyList<FollowingAlarm> Following(MetricAlarm alarm) => _following.GetOrAdd(alarm.Arn, _ => Follow(alarm));

    private IReadOnlyList<FollowingAlarm> Follow(MetricAlarm alarm)
    {
        var related = Related(alarm);
        if (related.Count == 0)
        {
            return [];
        }

        // The states of the others that this depends on follow from the rules as well, once the metric alarms' are given.
        var all = related.Select(r => r.Parsed).Concat(_all.Except(related.Select(r => r.Parsed)).Where(c => c.Rule is not null)).ToList();
        var scenarios = new Scenarios(all, alarm);
        var quiet = scenarios.States(AlarmState.Ok, AlarmState.Ok);
        var triggered = scenarios.States(AlarmState.Alarm, AlarmState.Ok);
        var othersInAlarm = scenarios.States(AlarmState.Alarm, AlarmState.Alarm);
        var othersWithoutData = scenarios.States(AlarmState.Alarm, AlarmState.InsufficientData);
        return [.. related.Select((c, i) => (quiet[i], triggered[i]) switch
        {
            (AlarmState.Alarm, _) => new FollowingAlarm(c.Parsed.Alarm, false, c.AsksForAlarm ? "it is in ALARM while every alarm is in OK" : null),
            (_, AlarmState.Ok) => new FollowingAlarm(c.Parsed.Alarm, false, c.AsksForAlarm ? "its rule needs more than this alarm" : null),
            (null, _) or (_, null) => new FollowingAlarm(c.Parsed.Alarm, null),
            _ when othersInAlarm[i] != AlarmState.Alarm || othersWithoutData[i] != AlarmState.Alarm =>
                new FollowingAlarm(c.Parsed.Alarm, true, "the state of another alarm can prevent it"),
            _ => new FollowingAlarm(c.Parsed.Alarm, true),
        })];
    }

    /// <summary>
    /// The composite alarms that refer to the alarm, those that refer to these, and so on. One whose rule is not understood counts
    /// when its text contains the name.
    /// </summary>
    private List<RelatedAlarm> Related(MetricAlarm alarm)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { alarm.Name, alarm.Arn };
        var related = new List<RelatedAlarm>();
        var rest = _all.ToList();
        for (var found = true; found;)
        {
            var next = rest.Where(c => c.Rule?.References().Any(r => names.Contains(r.Alarm)) ?? names.Any(n => Mentions(c.Alarm.AlarmRule, n))).ToList();
            related.AddRange(next.Select(c => new RelatedAlarm(
                c, c.Rule is null || c.Rule.References().Any(r => r.AsksForAlarm && names.Contains(r.Alarm)))));
            names.UnionWith(next.SelectMany(c => new[] { c.Alarm.Name, c.Alarm.Arn }));
            found = next.Count > 0;
            rest = [.. rest.Except(next)];
        }

        return related;
    }

    private static bool Mentions(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !IsPartOfName(text[at - 1])) && (at + name.Length == text.Length || !IsPartOfName(text[at + name.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    /// <summary>A composite alarm, and its rule; null when that is not understood.</summary>
    private sealed record ParsedAlarm(CompositeAlarm Alarm, AlarmRule? Rule);

    private sealed record RelatedAlarm(ParsedAlarm Parsed, bool AsksForAlarm);

    /// <summary>The states that composite alarms take when the metric alarm and all others are in given states.</summary>
    private sealed class Scenarios(IReadOnlyList<ParsedAlarm> composites, MetricAlarm alarm)
    {
        private readonly Dictionary<string, int> _index = composites
            .SelectMany((c, i) => new[] { (Name: c.Alarm.Name, Index: i), (Name: c.Alarm.Arn, Index: i) })
            .GroupBy(n => n.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Index, StringComparer.Ordinal);

        /// <summary>
        /// From all in OK to a state that no rule changes any more. Composite alarms may refer to each other in a circle; those that
        /// would go on changing have no known state.
        /// </summary>
        public IReadOnlyList<AlarmState?> States(AlarmState own, AlarmState others)
        {
            var states = composites.Select(c => c.Rule is null ? (AlarmState?)null : AlarmState.Ok).ToArray();
            var undecided = new HashSet<int>();
            for (var round = 0; ; round++)
            {
                var changed = Enumerable.Range(0, composites.Count).Where(i => !undecided.Contains(i) && Update(i)).ToList();
                if (changed.Count == 0)
                {
                    return states;
                }

                foreach (var i in changed.Where(_ => round > composites.Count))
                {
                    undecided.Add(i);
                    states[i] = null;
                }
            }

            bool Update(int i)
            {
                var before = states[i];
                states[i] = composites[i].Rule?.Evaluate(StateOf) switch
                {
                    true => AlarmState.Alarm,
                    false => AlarmState.Ok,
                    null => null,
                };
                return states[i] != before;
            }

            AlarmState? StateOf(string name) => name == alarm.Name || name == alarm.Arn ? own
                : _index.TryGetValue(name, out var i) ? states[i]
                : others;
        }
    }
}
