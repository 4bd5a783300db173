using System;
using System.Collections.Generic;
using CisAws.Core.Tests.Rules.Trails;
using CisAws.Evidence;
using CisAws.Results;

namespace CisAws.Core.Tests.Rules.Alarms;

/// <summary>
/// An account with the whole chain for one control: a trail that qualifies, its log group, a metric filter, an alarm, a topic
/// and a confirmed subscription. A test says what is different in its own.
/// </summary>
internal sealed class MonitoredAccount
{
    public const string Region = "us-east-1";
    public const string TopicArn = $"arn:aws:sns:{Region}:{RuleTester.AccountId}:security";
    public const string OtherTopicArn = $"arn:aws:sns:{Region}:{TrailEvidence.OtherAccountId}:central";

    /// <summary>The policy of a topic that was created without one.</summary>
    public const string DefaultTopicPolicy = $$$$"""
        {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},
        "Action":["SNS:GetTopicAttributes","SNS:Subscribe","SNS:Publish"],"Resource":"{{{{TopicArn}}}}","Condition":{"StringEquals":{"AWS:SourceOwner":"{{{{RuleTester.AccountId}}}}"}}}]}
        """;

    public static readonly string LogGroupArn = LogGroupArnOf("CloudTrail/main");

    private readonly string _control;
    private readonly List<(EvidenceKind Kind, string Subject)> _denied = [];
    private Trail _trail;
    private TrailStatus _status = new(true, LatestCloudWatchLogsDeliveryTime: RuleTester.Now.AddMinutes(-5));
    private EventSelectors _selectors = TrailEvidence.AllEvents;
    private LogGroup? _logGroup = new("CloudTrail/main", LogGroupArn);
    private IReadOnlyList<MetricFilter> _filters;
    private IReadOnlyList<MetricAlarm> _alarms;
    private IReadOnlyList<CompositeAlarm> _composites = [];
    private TopicAttributes? _topic = new(DefaultTopicPolicy);
    private IReadOnlyList<Subscription>? _subscriptions = [new($"{TopicArn}:6b0e71bd-7e97-4d97-80ce-4a0994e55286", "email", RuleTester.AccountId)];
    private Action<AccountEvidence> _more = _ => { };

    /// <param name="control">A control of v1.2.0, or a rule that only later versions have.</param>
    public MonitoredAccount(string control)
    {
        _control = control;
        _trail = TrailEvidence.Trail() with { CloudWatchLogsLogGroupArn = LogGroupArn + ":*" };
        _filters = [NewFilter(BenchmarkPatterns.ByRule.TryGetValue(control, out var pattern) ? pattern : BenchmarkPatterns.ByControl[control])];
        _alarms = [NewAlarm()];
    }

    public static MetricFilter NewFilter(string pattern, string name = "events") =>
        new(name, "CloudTrail/main", pattern, [new MetricTransformation("CISBenchmark", "Events", "1", null, [])]);

    /// <summary>The alarm that the benchmark's remediation makes.</summary>
    public static MetricAlarm NewAlarm(string name = "events-alarm") => new(
        name, $"arn:aws:cloudwatch:{Region}:{RuleTester.AccountId}:alarm:{name}", true, [TopicArn], "CISBenchmark", "Events", [], [],
        "GreaterThanOrEqualToThreshold", 1, 1, Statistic: "Sum", Period: 300);

    public static MetricDataQuery Query(string id, string metric = "Events", bool returned = false, string? account = null, string stat = "Sum") =>
        new(id, returned, MetricStat: new MetricStat("CISBenchmark", metric, [], stat, 300), AccountId: account);

    public static string LogGroupArnOf(string name, string owner = RuleTester.AccountId) => $"arn:aws:logs:{Region}:{owner}:log-group:{name}";

    public MonitoredAccount Trail(Func<Trail, Trail> change) => Set(() => _trail = change(_trail));

    public MonitoredAccount Status(Func<TrailStatus, TrailStatus> change) => Set(() => _status = change(_status));

    public MonitoredAccount Selectors(EventSelectors selectors) => Set(() => _selectors = selectors);

    public MonitoredAccount NoLogGroup() => Set(() => _logGroup = null);

    public MonitoredAccount Filter(Func<MetricFilter, MetricFilter> change) => Set(() => _filters = [change(_filters[0])]);

    public MonitoredAccount Pattern(string pattern) => Filter(f => f with { Pattern = pattern });

    public MonitoredAccount Metric(Func<MetricTransformation, MetricTransformation> change) =>
        Filter(f => f with { Transformations = [change(f.Transformations[0])] });

    public MonitoredAccount Filters(params MetricFilter[] filters) => Set(() => _filters = filters);

    public MonitoredAccount Alarm(Func<MetricAlarm, MetricAlarm> change) => Set(() => _alarms = [change(_alarms[0])]);

    /// <summary>A metric-math alarm in place of the plain one.</summary>
    public MonitoredAccount Math(params MetricDataQuery[] queries) =>
        Alarm(a => a with { Namespace = null, MetricName = null, Statistic = null, Period = null, Metrics = queries });

    public MonitoredAccount Alarms(params MetricAlarm[] alarms) => Set(() => _alarms = alarms);

    /// <summary>A composite alarm that notifies the topic.</summary>
    public static CompositeAlarm NewComposite(string name, string rule) =>
        new(name, $"arn:aws:cloudwatch:{Region}:{RuleTester.AccountId}:alarm:{name}", true, [TopicArn], rule);

    /// <summary>A composite alarm that notifies the topic, and the metric alarm does not.</summary>
    public MonitoredAccount Composite(string rule, Func<CompositeAlarm, CompositeAlarm>? change = null) =>
        Composites(change?.Invoke(NewComposite("any", rule)) ?? NewComposite("any", rule));

    /// <summary>Composite alarms; the metric alarm notifies no topic.</summary>
    public MonitoredAccount Composites(params CompositeAlarm[] composites) =>
        Alarm(a => a with { AlarmActions = [] }).Set(() => _composites = composites);

    public MonitoredAccount Subscriptions(params string[] arns) => Set(() => _subscriptions = Array.ConvertAll(arns, a => new Subscription(a, "email", RuleTester.AccountId)));

    public MonitoredAccount Topic(TopicAttributes attributes) => Set(() => _topic = attributes);

    public MonitoredAccount NoTopic() => Set(() => (_subscriptions, _topic) = (null, null));

    public MonitoredAccount Deny(EvidenceKind kind, string subject) => Set(() => _denied.Add((kind, subject)));

    public MonitoredAccount And(Action<AccountEvidence> more) => Set(() => _more += more);

    public CisResult Assessed(params (string Name, object Value)[] settings) => BenchmarkPatterns.ByRule.ContainsKey(_control)
        ? RuleTester.Rule(_control, Evidence(), settings)
        : RuleTester.Control(_control, Evidence(), settings);

    public AccountEvidence Evidence()
    {
        var evidence = TrailEvidence.NoTrails()
            .WithTrail(_trail, _status, _selectors)
            .Set(EvidenceKinds.TrailLogGroup, LogGroupArn, _logGroup)
            .Set(EvidenceKinds.MetricFilters, LogGroupArn, _filters)
            .Set(EvidenceKinds.Alarms, Region, new RegionAlarms(_alarms, _composites))
            .Set(EvidenceKinds.TopicSubscriptions, TopicArn, _subscriptions)
            .Set(EvidenceKinds.TopicAttributes, TopicArn, _topic);
        _more(evidence);
        foreach (var (kind, subject) in _denied)
        {
            evidence.Deny(kind, subject);
        }

        return evidence;
    }

    private MonitoredAccount Set(Action change)
    {
        change();
        return this;
    }
}
