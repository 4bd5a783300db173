using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.FilterPatterns;

namespace CisAws.Rules.Alarms;

/// <summary>The filter pattern that a benchmark prescribes, and what is known of the events that it is for.</summary>
/// <param name="Pattern">In CloudWatch Logs' filter pattern syntax.</param>
/// <param name="EventSource">
/// The service whose events are meant, when it is one. Most patterns leave it out, and catch the namesakes of other services
/// by accident: CreatePolicy is an event of Organizations too.
/// </param>
internal sealed record ReferencePattern(string Pattern, string? EventSource = null)
{
    private readonly Lazy<FilterPattern> _parsed = new(() => FilterPattern.Parse(Pattern));

    /// <summary>The pattern as it is read.</summary>
    public FilterPattern Parsed => _parsed.Value;

    /// <summary>The eventType of the control's events, when they are known management events that change something.</summary>
    public string? EventType { get; init; }

    /// <summary>Whether the events are those of a global service, which carry one region of the partition.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>An event source that the trail must record, although trails can exclude it.</summary>
    public string? RequiredEventSource { get; init; }

    /// <summary>The narrowest forms that later versions of the benchmark, print for the same control.</summary>
    public IReadOnlyList<FilterPattern> LaterVariants { get; init; } = [];

    /// <summary>The pattern that a rule has as its parameters.</summary>
    public static ReferencePattern Of(RuleDefinition rule) => new(rule.Parameter<string>("pattern"), rule.Parameter<string?>("eventSource", null))
    {
        EventType = rule.Parameter<string?>("eventType", null),
        IsGlobal = rule.Parameter("isGlobal", false),
        RequiredEventSource = rule.Parameter<string?>("requiredEventSource", null),
        LaterVariants = [.. rule.Parameter<string[]>("laterVariants", []).Select(FilterPattern.Parse)],
    };

    /// <summary>The events that a filter is assessed by.</summary>
    /// <param name="partition">The account's partition, such as aws.</param>
    /// <param name="regions">The regions that they can come from; none when they are not known.</param>
    public EventDomain Events(string partition, IReadOnlyCollection<string> regions)
    {
        var events = EventSource is null ? EventDomain.CloudTrail : EventDomain.CloudTrail.With("$.eventSource", EventSource);
        events = EventType is null ? events : events.ManagementWrites(EventType);
        return IsGlobal && GlobalRegionOf(partition) is { } global ? events.With("$.awsRegion", global)
            : regions.Count == 0 ? events
            : events.With("$.awsRegion", regions);
    }

    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
    private static string? GlobalRegionOf(string partition) => partition switch
    {
        "aws" => "us-east-1",
        "aws-us-gov" => "us-gov-west-1",
        "aws-cn" => "cn-north-1",
        _ => null,
    };
}
