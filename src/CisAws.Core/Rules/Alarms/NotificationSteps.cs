using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Alarms;

/// <summary>From the alarm through a topic to a subscriber.</summary>
internal static class NotificationSteps
{
    /// <summary>The topics that the alarm notifies, itself or through composite alarms that it alone triggers.</summary>
    public static IEnumerable<AlarmPath> AlarmNotifiesTopic(AlarmPath path)
    {
        var alarm = path.Alarm!.Alarm;
        var following = path.Evidence.Get(EvidenceKinds.Alarms, path.LogGroup!.Region)
            .Match(a => CompositeAlarms.Of(a).Following(alarm), _ => [])
            .Where(f => f.Alarm.AlarmActions.Any(EvidenceKinds.IsTopicArn))
            .ToList();
        var own = alarm.ActionsEnabled ? alarm.AlarmActions.Where(EvidenceKinds.IsTopicArn).Select(t => path with { Topic = t }) : [];
        var through = following.Where(f => WhyNot(f) is null && f.IsTriggered != false).SelectMany(f => Through(path, f));
        var notified = own.Concat(through).ToList();
        return notified.Count > 0 ? notified : [NoTopic(path.Warn(following.Select(Warning).OfType<string>()), alarm)];
    }

    public static AlarmPath TopicHasSubscriber(RuleContext context, AlarmPath path)
    {
        var topic = path.Topic!;
        var evidence = EvidenceOf(context, path, EvidenceKinds.TopicSubscriptions);
        path = path.By(evidence);
        if (!evidence.Get(EvidenceKinds.TopicSubscriptions, topic).TryGet(out var subscriptions, out var why))
        {
            return path.Stop(Unreadable(context, topic, why));
        }

        var name = $"Topic {NameOf(context, topic)}";
        if (subscriptions is null)
        {
            return path.Break("TopicMissing", $"{name} does not exist.");
        }

        if (!subscriptions.Any(s => s.Arn.StartsWith("arn:", StringComparison.Ordinal)))
        {
            var problem = subscriptions.Count == 0
                ? $"{name} has no subscription."
                : $"{name} has no confirmed subscription, only {string.Join(", ", subscriptions.Select(s => $"{s.Protocol} {s.Arn}").Distinct())}.";
            if (context.Settings.Boolean("RequireConfirmedSubscription"))
            {
                return path.Break("NoConfirmedSubscription", problem);
            }

            path = path.Warn(problem);
        }

        return path.Warn(CannotPublish(context, path) is { } gap ? [gap] : []);
    }

    /// <summary>The evidence that decides about a topic: that of the account that owns it, where there is some.</summary>
    private static EvidenceView EvidenceOf(RuleContext context, AlarmPath path, EvidenceKind kind) =>
        Arn.TryParse(path.Topic) is { } arn ? context.Evidence.OfOwner(arn.AccountId, kind, path.Topic!, path.Evidence) : path.Evidence;

    private static Gap Unreadable(RuleContext context, string topic, ReadFailure why)
    {
        var gap = Gap.Of(why);
        return why.Kind == ReadFailureKind.ForeignOwner && Arn.TryParse(topic)?.AccountId is { } owner && context.Evidence.OfAccount(owner) is null
            ? gap with { Reason = $"{gap.Reason}; {OtherEvidence.Missing(owner)}" }
            : gap;
    }

    /// <summary>The name of a topic, and whose it is where that is another account.</summary>
    public static string NameOf(RuleContext context, string topic) => Arn.TryParse(topic) is not { } arn ? topic
        : arn.AccountId == context.Evidence.Account.AccountId ? arn.Resource
        : $"{arn.Resource} of account {arn.AccountId}";

    /// <summary>
    /// Why nothing that CloudWatch publishes to the topic is delivered; null for no reason, or where the topic cannot be read: the
    /// benchmark does not ask for it.
    /// </summary>
    private static string? CannotPublish(RuleContext context, AlarmPath path)
    {
        var topic = path.Topic!;
        var why = EvidenceOf(context, path, EvidenceKinds.TopicAttributes).Get(EvidenceKinds.TopicAttributes, topic).Match(
            attributes => attributes is null ? null
                : IsAwsManagedKey(attributes.KmsMasterKeyId) ? "is encrypted with alias/aws/sns, an AWS managed key that CloudWatch cannot use"
                : TopicPolicy.AllowsAlarms(attributes.Policy, path.Evidence.Account.AccountId) == false ? "has a policy that does not allow it"
                : null,
            _ => null);
        return why is null ? null : $"CloudWatch cannot publish to this topic: {NameOf(context, topic)} {why}.";
    }

    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html: the policy of the AWS managed key cannot be changed, and
    // allows no other service of AWS to use it.
    private static bool IsAwsManagedKey(string? keyId) =>
        keyId is not null && (keyId == "alias/aws/sns" || keyId.EndsWith(":alias/aws/sns", StringComparison.Ordinal));

    private static IEnumerable<AlarmPath> Through(AlarmPath path, FollowingAlarm following)
    {
        var (composite, alarm) = (following.Alarm, path.Alarm!.Alarm);
        path = following switch
        {
            { IsTriggered: null } => path.Question(new Gap(
                "AlarmRuleNotUnderstood",
                $"composite alarm {composite.Name} has a rule that CisAws cannot evaluate: {composite.AlarmRule}")),
            { Because: { } because } => path.Warn(
                $"Composite alarm {composite.Name} does not always notify when alarm {alarm.Name} is in ALARM: {because}: {composite.AlarmRule}."),
            _ => path,
        };
        return composite.AlarmActions.Where(EvidenceKinds.IsTopicArn).Select(t => path with { Composite = composite, Topic = t });
    }

    private static AlarmPath NoTopic(AlarmPath path, MetricAlarm alarm)
    {
        if (!alarm.AlarmActions.Any(EvidenceKinds.IsTopicArn))
        {
            return path.Break(
                "NoSnsAction",
                alarm.AlarmActions.Count == 0
                    ? $"Alarm {alarm.Name} has no action for the ALARM state."
                    : $"Alarm {alarm.Name} has no SNS topic among its actions.",
                [.. alarm.AlarmActions.Select(a => new CisFact("AlarmAction", a))]);
        }

        return path.Break("ActionsDisabled", $"Alarm {alarm.Name} has its actions disabled.");
    }

    /// <summary>Why a composite alarm sends no notification, whatever its rule is; null where it does.</summary>
    private static string? WhyNot(FollowingAlarm following) =>
        !following.Alarm.ActionsEnabled ? "its actions are disabled"
        : following.Alarm.ActionsSuppressor is { Length: > 0 } suppressor ? $"alarm {suppressor} can suppress its actions"
        : null;

    /// <summary>Why a composite alarm with a topic does not count; null where it is not about the alarm.</summary>
    private static string? Warning(FollowingAlarm following) => (following, WhyNot(following)) switch
    {
        ({ IsTriggered: false, Because: { } because }, _) =>
            $"Composite alarm {following.Alarm.Name} does not count: {because}: {following.Alarm.AlarmRule}.",
        ({ IsTriggered: not false }, { } whyNot) => $"Composite alarm {following.Alarm.Name} does not count: {whyNot}.",
        _ => null,
    };
}
