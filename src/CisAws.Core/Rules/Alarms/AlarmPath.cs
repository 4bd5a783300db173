using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Alarms;

/// <summary>Why a link of the chain does not hold, or why that is not known.</summary>
/// <param name="Code">The reason code.</param>
/// <param name="Reason">A sentence; where it is not known, its cause as a clause.</param>
internal sealed record Gap(string Code, string Reason)
{
    /// <summary>What supports the reason.</summary>
    public IReadOnlyList<CisFact> Facts { get; init; } = [];

    public static Gap Of(ReadFailure why) => new(why.Kind.ToString(), why.ToString());
}

/// <summary>
/// One path from a trail to a subscriber, as far as it has been followed. A link that could not be read leaves an uncertainty, and
/// the path is followed further where that is possible: a later break decides, whatever could not be read.
/// </summary>
/// <param name="Trail">The trail that it begins at.</param>
/// <param name="Evidence">The evidence of the account that owns the log group, its metric filters and alarms.</param>
internal sealed record AlarmPath(Trail Trail, EvidenceView Evidence)
{
    public Arn? LogGroup { get; init; }

    public MetricFilter? Filter { get; init; }

    public MetricTransformation? Metric { get; init; }

    public WatchingAlarm? Alarm { get; init; }

    /// <summary>The composite alarm that notifies in the alarm's place.</summary>
    public CompositeAlarm? Composite { get; init; }

    public string? Topic { get; init; }

    /// <summary>What the trail lacks, where that is what breaks the chain.</summary>
    public TrailShortfall? Shortfall { get; init; }

    /// <summary>The first broken link.</summary>
    public Gap? Broken { get; private init; }

    /// <summary>The first link that may or may not hold.</summary>
    public Gap? Uncertainty { get; private init; }

    /// <summary>What shows why the path is broken, besides the reason: an event that is missed.</summary>
    public IReadOnlyList<CisFact> Facts { get; init; } = [];

    /// <summary>How many links were followed.</summary>
    public int Depth { get; init; }

    /// <summary>False when there is nothing to follow on from.</summary>
    public bool IsOpen { get; private init; } = true;

    /// <summary>True when every link holds.</summary>
    public bool IsComplete => IsOpen && Uncertainty is null;

    /// <summary>What does not break the chain and should be known.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>The evidence that decides, of whatever account.</summary>
    public IReadOnlyList<EvidenceView> Used { get; private init; } = [];

    public AlarmPath By(params IEnumerable<EvidenceView> used) => this with { Used = [.. Used, .. used] };

    public AlarmPath Break(string code, string reason, params CisFact[] facts) => Break(new Gap(code, reason) { Facts = facts });

    public AlarmPath Break(Gap gap) => this with { Broken = gap, IsOpen = false, Facts = [.. Facts, .. gap.Facts] };

    /// <summary>Whether the link holds is not known, and nothing after it can be followed.</summary>
    public AlarmPath Stop(Gap uncertainty) => Question(uncertainty) with { IsOpen = false };

    /// <summary>Whether the link holds is not known; those after it can be followed.</summary>
    public AlarmPath Question(Gap uncertainty) => this with { Uncertainty = Uncertainty ?? uncertainty, Facts = [.. Facts, .. uncertainty.Facts] };

    public AlarmPath Warn(params IEnumerable<string> warnings) => this with { Warnings = [.. Warnings, .. warnings] };

    /// <summary>The way in one line, then what became of it.</summary>
    public override string ToString()
    {
        var way = string.Join(" > ", Parts().Select(p => $"{p.Name} {p.Value}"));
        return (Broken ?? Uncertainty) is { } gap ? $"{way}: {gap.Code}: {gap.Reason}" : $"{way}: complete";
    }

    /// <summary>The things the way leads over, as far as it was followed.</summary>
    public IEnumerable<CisFact> Parts()
    {
        yield return new CisFact("Trail", Trail.Arn);
        if (LogGroup is not null)
        {
            yield return new CisFact("LogGroup", LogGroup.ToString());
        }

        if (Filter is not null)
        {
            yield return new CisFact("MetricFilter", Filter.Name);
        }

        if (Metric is not null)
        {
            yield return new CisFact("Metric", $"{Metric.MetricNamespace}/{Metric.MetricName}");
        }

        if (Alarm is not null)
        {
            yield return new CisFact("Alarm", Alarm.Alarm.Arn);
        }

        if (Composite is not null)
        {
            yield return new CisFact("CompositeAlarm", Composite.Arn);
        }

        if (Topic is not null)
        {
            yield return new CisFact("Topic", Topic);
        }
    }
}
