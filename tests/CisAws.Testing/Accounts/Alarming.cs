using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>What stands behind the account's trails: log groups, metric filters, alarms and topics.</summary>
internal static class Alarming
{
    private static readonly string[] Patterns =
    [
        """{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }""",
        "{ ($.errorCode = \"*UnauthorizedOperation\") ||\n  ($.errorCode = \"AccessDenied*\") }",
        "{ $.eventName = %Trail$|Logging$% }",
        "[ip, user, size > 1000, ...]",
        "?ERROR -\"größer als\"",
        "",
    ];

    public static void Add(AccountDraft draft, IReadOnlyList<Trail> trails)
    {
        var groups = trails.Select(TrailInventory.LogGroupOf).OfType<Arn>().Where(a => a.AccountId == draft.AccountId).ToList();
        foreach (var region in groups.Select(g => g.Region).Distinct())
        {
            var metrics = groups.Where(g => g.Region == region).SelectMany(g => AddLogGroup(draft, g)).ToList();
            AddAlarms(draft, region, metrics);
        }
    }

    private static List<MetricTransformation> AddLogGroup(AccountDraft draft, Arn arn)
    {
        var draw = draft.Draw;
        var name = arn.Resource.Substring("log-group:".Length);
        var exists = draw.Chance(85);
        var filters = exists ? draw.Many(0, 4, () => DrawFilter(draft, name)) : [];
        draft.Evidence
            .Set(EvidenceKinds.TrailLogGroup, arn.ToString(), exists ? new LogGroup(name, arn.ToString(), draw.OneOf("STANDARD", "INFREQUENT_ACCESS")) : null)
            .Set(EvidenceKinds.MetricFilters, arn.ToString(), filters);
        return filters.SelectMany(f => f.Transformations).ToList();
    }

    private static MetricFilter DrawFilter(AccountDraft draft, string group)
    {
        var draw = draft.Draw;
        var transformed = draw.Chance(15);
        return new MetricFilter(
            draft.NewName("_-. é"), group, draw.OneOf(Patterns), [DrawTransformation(draft)], transformed,
            draw.Chance(15) ? "@aws.region = \"us-east-1\"" : null, draw.Chance(15) ? ["@aws.account", "@aws.region"] : null);
    }

    private static MetricTransformation DrawTransformation(AccountDraft draft)
    {
        var draw = draft.Draw;
        // A default value and dimensions exclude each other.
        var dimensions = draw.Chance(20) ? draw.Many(1, 3, () => new MetricDimension(draft.NewName(), draw.OneOf("$.eventName", "$.userIdentity.type"))) : [];
        var byDefault = dimensions.Count == 0 ? draw.MaybeValue(() => draw.OneOf(0.0, 1.0, 0.5)) : null;
        return new MetricTransformation(
            draw.OneOf("CISBenchmark", "Log Metrics"), draw.OneOf("RootUsage", "NoMfa", draft.NewName()), draw.OneOf("1", "0", "$.size"), byDefault, dimensions,
            DrawUnit(draw));
    }

    private static string? DrawUnit(Draw draw) => draw.Chance(25) ? draw.OneOf("None", "Count", "Bytes/Second") : null;

    private static void AddAlarms(AccountDraft draft, string region, List<MetricTransformation> metrics)
    {
        var draw = draft.Draw;
        string[] topics =
        [
            draft.ArnOf("sns", region, "alerts"), draft.ArnOf("sns", draft.Region(), "Security_Team-1"), draft.ArnOf("sns", region, "siem", AccountDraft.ManagementAccountId),
        ];
        metrics.Add(new MetricTransformation("AWS/EC2", "CPUUtilization", "1", null, []));
        var alarms = draw.Many(0, 5, () => DrawMetricAlarm(draft, region, draw.OneOf(metrics), topics));
        var composite = draw.Many(0, 2, () => DrawCompositeAlarm(draft, region, alarms, topics));
        draft.Evidence.Set(EvidenceKinds.Alarms, region, new RegionAlarms(alarms, composite));
        foreach (var topic in topics.Where(t => !draft.Evidence.SubjectsOf(EvidenceKinds.TopicSubscriptions).Contains(t)))
        {
            var exists = draw.Chance(85);
            draft.Evidence
                .Set(EvidenceKinds.TopicSubscriptions, topic, exists ? draw.Many(0, 3, () => DrawSubscription(draft, topic)) : null)
                .Set(EvidenceKinds.TopicAttributes, topic, exists ? DrawAttributes(draft, topic) : null);
            if (Arn.TryParse(topic)!.AccountId != draft.AccountId && draw.Chance(50))
            {
                Denials.Deny(draft, EvidenceKinds.TopicSubscriptions, topic, ReadFailureKind.ForeignOwner);
                Denials.Deny(draft, EvidenceKinds.TopicAttributes, topic, ReadFailureKind.ForeignOwner);
            }
        }
    }

    private static MetricAlarm DrawMetricAlarm(AccountDraft draft, string region, MetricTransformation metric, string[] topics)
    {
        var draw = draft.Draw;
        var name = draft.NewName("-_ äß&:");
        var periods = draw.Int(1, 3);
        var alarm = new MetricAlarm(
            name, draft.ArnOf("cloudwatch", region, $"alarm:{name}"), draw.Chance(80), Actions(draft, region, topics), metric.MetricNamespace, metric.MetricName,
            Dimensions(draft), [], draw.OneOf("GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold"), draw.OneOf(0, 1, 0.5, 1e-7, 250000), periods,
            draw.MaybeValue(() => draw.Int(1, periods)), "Sum", null, draw.OneOf(10, 60, 300), draw.Maybe(() => draw.OneOf("missing", "ignore", "breaching", "notBreaching")), Unit: DrawUnit(draw));
        return draw.Int(1, 5) switch
        {
            1 => alarm with { Statistic = null, ExtendedStatistic = "p99.9" },
            2 => Math(draft, alarm, metric, draw.OneOf("FILL(m1, 0)", "IF(m1 > 0, 1, 0)", "RATE(m1)")),
            3 => Math(draft, alarm, metric, "ANOMALY_DETECTION_BAND(m1, 2)") with
            {
                Threshold = null,
                ThresholdMetricId = "e1",
                ComparisonOperator = "LessThanLowerOrGreaterThanUpperThreshold",
            },
            _ => alarm,
        };
    }

    private static MetricAlarm Math(AccountDraft draft, MetricAlarm alarm, MetricTransformation metric, string expression)
    {
        var stat = new MetricStat(metric.MetricNamespace, metric.MetricName, Dimensions(draft), "Sum", 300, DrawUnit(draft.Draw));
        var account = draft.Draw.Maybe(() => draft.Draw.OneOf(draft.AccountId, AccountDraft.ManagementAccountId));
        return alarm with
        {
            Namespace = null,
            MetricName = null,
            Dimensions = [],
            Statistic = null,
            Period = null,
            Unit = null,
            Metrics = [new MetricDataQuery("m1", false, MetricStat: stat, AccountId: account), new MetricDataQuery("e1", true, expression)],
        };
    }

    private static CompositeAlarm DrawCompositeAlarm(AccountDraft draft, string region, List<MetricAlarm> alarms, string[] topics)
    {
        var draw = draft.Draw;
        var name = draft.NewName();
        var rule = alarms.Count == 0 ? "TRUE"
            : draw.Chance(20) ? $"AT_LEAST({draw.OneOf("1", "2", "60%")}, {draw.OneOf("ALARM", "NOT OK")}, ({string.Join(", ", draw.Many(1, 3, () => $"\"{draw.OneOf(alarms).Name}\""))}))"
            : string.Join(draw.OneOf(" OR ", " AND NOT "), draw.Many(1, 2, () => $"ALARM(\"{draw.OneOf(alarms).Name}\")"));
        return new CompositeAlarm(
            name, draft.ArnOf("cloudwatch", region, $"alarm:{name}"), draw.Chance(80), Actions(draft, region, topics), rule, draw.Maybe(() => "maintenance"));
    }

    private static List<string> Actions(AccountDraft draft, string region, string[] topics) =>
        draft.Draw.Some([.. topics, draft.ArnOf("lambda", region, "function:notify"), draft.ArnOf("ssm", region, "opsitem:1")], 40);

    private static List<MetricDimension> Dimensions(AccountDraft draft) =>
        draft.Draw.Chance(20) ? draft.Draw.Many(1, 2, () => new MetricDimension(draft.NewName(), draft.Words())) : [];

    private static TopicAttributes DrawAttributes(AccountDraft draft, string topic)
    {
        var draw = draft.Draw;
        var principal = draw.OneOf("\"*\"", "{\"AWS\":\"*\"}", "{\"Service\":\"cloudwatch.amazonaws.com\"}", "{\"Service\":[\"events.amazonaws.com\"]}");
        var policy = $$"""{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"SNS:Publish","Resource":"{{topic}}"}]}""";
        return new TopicAttributes(policy, draw.Maybe(() => draw.OneOf("alias/aws/sns", draft.ArnOf("kms", draft.Region(), $"key/{draft.Uuid()}"))));
    }

    private static Subscription DrawSubscription(AccountDraft draft, string topic)
    {
        var arn = draft.Draw.Int(1, 3) switch { 1 => "PendingConfirmation", 2 => "Deleted", _ => $"{topic}:{draft.Uuid()}" };
        return new Subscription(arn, draft.Draw.OneOf("email", "https", "lambda", "sqs", "sms"), draft.AccountId);
    }
}
