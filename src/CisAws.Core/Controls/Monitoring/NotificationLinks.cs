using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Controls.Monitoring;

/// <summary>From the alarm over a topic to somebody who is told.</summary>
internal static class NotificationLinks
{
    /// <summary>The topics that the alarm notifies, itself or through a composite alarm that it alone sets off.</summary>
    public static IEnumerable<Candidate> AlarmNotifiesTopic(RuleContext context, Candidate candidate)
    {
        var alarm = candidate.Alarm!.Alarm;
        var composites = context.Evidence.Get(Kinds.Alarms, candidate.LogGroup!.Region).Match(a => a.Composite, _ => [])
            .Where(c => new CompositeRule(c.AlarmRule).Names(alarm))
            .ToList();
        var own = alarm.ActionsEnabled ? alarm.AlarmActions.Where(Kinds.IsTopicArn).Select(t => candidate with { Topic = t }) : [];
        var through = composites.Where(IsSetOffByOne).SelectMany(
            c => c.AlarmActions.Where(Kinds.IsTopicArn).Select(t => candidate with { Composite = c, Topic = t }));
        var notified = own.Concat(through).ToList();
        return notified.Count > 0 ? notified : [NoTopic(candidate.Warn(composites.Select(WhyNot).OfType<string>()), alarm)];
    }

    public static Candidate TopicHasSubscriber(RuleContext context, Candidate candidate)
    {
        var topic = candidate.Topic!;
        if (!context.Evidence.Get(Kinds.TopicSubscriptions, topic).TryGet(out var subscriptions, out var why))
        {
            return candidate.Stop(Obstacle.Of(why));
        }

        if (subscriptions is null)
        {
            return candidate.Break("TopicMissing", $"Alarm {Notifier(candidate)} notifies topic {topic}, which does not exist.");
        }

        if (subscriptions.Any(s => s.Arn.StartsWith("arn:", StringComparison.Ordinal)))
        {
            return candidate;
        }

        var trouble = subscriptions.Count == 0
            ? $"Topic {topic} of alarm {Notifier(candidate)} has no subscription."
            : $"Topic {topic} of alarm {Notifier(candidate)} has no confirmed subscription, only " +
              $"{string.Join(", ", subscriptions.Select(s => $"{s.Protocol} {s.Arn}").Distinct())}.";
        return context.Settings.Boolean("RequireConfirmedSubscription")
            ? candidate.Break("NoConfirmedSubscription", trouble)
            : candidate.Warn(trouble);
    }

    private static string Notifier(Candidate candidate) => candidate.Composite?.Name ?? candidate.Alarm!.Alarm.Name;

    private static Candidate NoTopic(Candidate candidate, MetricAlarm alarm)
    {
        if (!alarm.AlarmActions.Any(Kinds.IsTopicArn))
        {
            return candidate.Break("NoSnsAction", alarm.AlarmActions.Count == 0
                ? $"Alarm {alarm.Name} has no action for the state ALARM."
                : $"Alarm {alarm.Name} notifies no SNS topic when it goes off, only {string.Join(", ", alarm.AlarmActions)}.");
        }

        return candidate.Break("ActionsDisabled", $"Alarm {alarm.Name} notifies nobody: its actions are disabled.");
    }

    private static bool IsSetOffByOne(CompositeAlarm composite) =>
        composite.ActionsEnabled && string.IsNullOrEmpty(composite.ActionsSuppressor) && new CompositeRule(composite.AlarmRule).IsOr;

    /// <summary>Why a composite alarm that has a topic does not stand in for the alarm; null where it has none.</summary>
    private static string? WhyNot(CompositeAlarm composite)
    {
        var because = !new CompositeRule(composite.AlarmRule).IsOr ? $"its rule asks for more than one alarm: {composite.AlarmRule}"
            : !string.IsNullOrEmpty(composite.ActionsSuppressor) ? $"{composite.ActionsSuppressor} can suppress its actions"
            : "its actions are disabled";
        return composite.AlarmActions.Any(Kinds.IsTopicArn) ? $"Composite alarm {composite.Name} does not count: {because}." : null;
    }
}
