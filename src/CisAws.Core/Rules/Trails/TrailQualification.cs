using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>
/// What a trail lacks to qualify. From farthest to nearest, so that of several trails the one with the greatest
/// shortfall needs the least to qualify; the names are reason codes.
/// </summary>
internal enum TrailShortfall
{
    SingleRegionTrail,
    NotLogging,
    NoManagementEvents,
    ReadOrWriteEventsOnly,
    SelectorNarrowed,
    EventSourcesExcluded,
}

/// <summary>
/// Whether a trail is what the rules on multi-Region trails and on alarms require: multi-Region, logging, and recording the management
/// events of every source, reads and writes. A shortfall that was read decides, whatever else could not be read.
/// </summary>
internal sealed class TrailQualification
{
    private TrailQualification(Trail trail) => Trail = trail;

    /// <summary>The trail.</summary>
    public Trail Trail { get; }

    /// <summary>True when it lacks nothing.</summary>
    public bool Qualifies => Shortfall is null && Failure is null;

    /// <summary>What it lacks; null when it qualifies or that could not be read.</summary>
    public TrailShortfall? Shortfall { get; private init; }

    /// <summary>The shortfall as a clause with the trail for its subject, such as "is not logging"; empty when there is none.</summary>
    public string Because { get; private init; } = "";

    /// <summary>Why it could not be decided; null when it was.</summary>
    public ReadFailure? Failure { get; private init; }

    /// <summary>The evidence that it is based on: that of the trail's owner, where there is some.</summary>
    public IReadOnlyList<EvidenceView> Used { get; private init; } = [];

    /// <summary>What does not count against the trail and should be known.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>The evidence that it needs.</summary>
    public static IReadOnlyList<EvidenceKind> Needs { get; } = [EvidenceKinds.Trails, EvidenceKinds.TrailStatus, EvidenceKinds.EventSelectors];

    /// <summary>Assesses a trail.</summary>
    /// <param name="evidence">A view of the account that is assessed, which declares <see cref="Needs"/>.</param>
    /// <param name="trail">The trail.</param>
    /// <param name="allowedExclusions">Event sources that the trail may exclude.</param>
    /// <param name="mustRecord">
    /// An event source that it may not leave out, whatever is allowed: an alarm on KMS keys needs those of kms.amazonaws.com.
    /// </param>
    public static TrailQualification Of(
        EvidenceView evidence, Trail trail, IReadOnlyCollection<string> allowedExclusions, string? mustRecord = null)
    {
        if (!trail.IsMultiRegionTrail)
        {
            return Lacks(trail, TrailShortfall.SingleRegionTrail, $"records {trail.HomeRegion} only");
        }

        var (ofStatus, ofSelectors) = (
            TrailFindings.EvidenceOf(evidence, EvidenceKinds.TrailStatus, trail), TrailFindings.EvidenceOf(evidence, EvidenceKinds.EventSelectors, trail));
        var statusRead = ofStatus.Get(EvidenceKinds.TrailStatus, trail.Arn).TryGet(out var status, out var noStatus);
        if (statusRead && !status.IsLogging)
        {
            return Lacks(trail, TrailShortfall.NotLogging, "is not logging", ofStatus);
        }

        var selectorsRead = ofSelectors.Get(EvidenceKinds.EventSelectors, trail.Arn).TryGet(out var selectors, out var noSelectors);
        if (selectorsRead && MissingEvents(ManagementEvents.Of(trail, selectors), MayExclude) is var (shortfall, because))
        {
            return Lacks(trail, shortfall, because, ofSelectors);
        }

        return new TrailQualification(trail)
        {
            Used = [ofStatus, ofSelectors],
            Failure = noStatus ?? noSelectors,
            Warnings = statusRead && !string.IsNullOrEmpty(status.LatestDeliveryError)
                ? [$"Trail {trail.Name} is logging, but its last delivery to bucket {trail.S3BucketName} failed: {status.LatestDeliveryError}."]
                : [],
        };

        bool MayExclude(string source) => allowedExclusions.Contains(source, StringComparer.OrdinalIgnoreCase) &&
            !string.Equals(source, mustRecord, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The result for the trail as a clause with the trail for its subject.</summary>
    public override string ToString() => Failure is { } why ? $"not decided: {why}" : Qualifies ? "qualifies" : Because;

    private static TrailQualification Lacks(Trail trail, TrailShortfall shortfall, string because, params EvidenceView[] used) =>
        new(trail) { Shortfall = shortfall, Because = because, Used = used };

    private static (TrailShortfall Shortfall, string Because)? MissingEvents(IReadOnlyList<ManagementEvents> events, Func<string, bool> mayExclude)
    {
        if (events.Count == 0)
        {
            return (TrailShortfall.NoManagementEvents, "records no management events");
        }

        var wide = events.Where(e => e.NarrowedBy is null).ToList();
        if (HasBoth(wide))
        {
            var excluded = ManagementEvents.SourcesExcludedByAll(wide.Where(e => e.Reads))
                .Union(ManagementEvents.SourcesExcludedByAll(wide.Where(e => e.Writes)), StringComparer.OrdinalIgnoreCase)
                .Where(s => !mayExclude(s))
                .ToList();
            return excluded.Count == 0
                ? null
                : (TrailShortfall.EventSourcesExcluded, $"does not record the management events of {string.Join(", ", excluded)}");
        }

        if (HasBoth(events))
        {
            var fields = events.Select(e => e.NarrowedBy).Where(f => f is not null).Distinct();
            return (
                TrailShortfall.SelectorNarrowed,
                $"records only some management events, because its event selectors filter by {string.Join(", ", fields)}");
        }

        var missing = events.Any(e => e.Reads) ? "write" : events.Any(e => e.Writes) ? "read" : "read or write";
        return (TrailShortfall.ReadOrWriteEventsOnly, $"does not record {missing} management events");
    }

    private static bool HasBoth(IReadOnlyCollection<ManagementEvents> events) => events.Any(e => e.Reads) && events.Any(e => e.Writes);
}
