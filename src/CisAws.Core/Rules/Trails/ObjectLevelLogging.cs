using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>
/// A multi-Region trail is logging and records the data events of every S3 bucket, of one half. Parameter: <c>half</c>, read or write.
/// </summary>
internal sealed class ObjectLevelLogging : Rule
{
    public override bool IsExistential(SettingValues settings) => true;

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => TrailQualification.Needs;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return FindingOf(context);
    }

    private RuleFinding FindingOf(RuleContext context)
    {
        var half = Definition.Parameter<string>("half");
        var inventory = TrailInventory.From(context.Evidence);
        if (!inventory.AnyRegionRead)
        {
            return MultiRegionTrail.NothingRead(context, inventory);
        }

        if (inventory.Trails.Count == 0)
        {
            return context.Fail(context.Account, "NoTrail", TrailFindings.NoTrail(context.Evidence.Scope.IsPartial || !inventory.AllRegionsRead));
        }

        var trails = inventory.Trails.Select(t => Candidate.Of(context, t, half)).ToList();
        var facts = trails.Select(t => new CisFact(t.Trail.Arn, t.ToString())).ToList();
        if (trails.Find(t => t.Passes) is { } passing)
        {
            return context.Pass(context.Account, "ObjectEventsRecorded", $"Trail {TrailFindings.NameOf(context, passing.Trail)} records the {half} events of the objects in all buckets.", Facts(passing));
        }

        if (trails.Find(t => t.Undecided is not null) is { } unclear)
        {
            return context.Undecided(context.Account, unclear.Code, $"trail {unclear.Trail.Name} may qualify, but {unclear.Undecided}", Facts(unclear));
        }

        var closest = trails.OrderByDescending(t => t.Rank).First();
        return context.Fail(
            context.Account, closest.Code,
            $"No trail records the {half} events of the objects in all buckets: trail {TrailFindings.NameOf(context, closest.Trail)} {closest.Because}.", Facts(closest));

        IEnumerable<CisFact> Facts(Candidate deciding) => [.. facts, .. OtherEvidence.Facts(context, deciding.Used)];
    }

    /// <summary>What a trail lacks. What was read decides, whatever else could not be read. A greater rank lacks less.</summary>
    private sealed record Candidate(Trail Trail, string Code = "", string Because = "", int Rank = 0, string? Undecided = null)
    {
        public bool Passes => Code.Length == 0;

        /// <summary>The evidence that it is based on: that of the trail's owner, where there is some.</summary>
        public IReadOnlyList<EvidenceView> Used { get; private init; } = [];

        public static Candidate Of(RuleContext context, Trail trail, string half)
        {
            if (!trail.IsMultiRegionTrail)
            {
                return new(trail, "SingleRegionTrail", $"records {trail.HomeRegion} only", 1);
            }

            var (ofStatus, ofSelectors) = (
                TrailFindings.EvidenceOf(context.Evidence, EvidenceKinds.TrailStatus, trail),
                TrailFindings.EvidenceOf(context.Evidence, EvidenceKinds.EventSelectors, trail));
            var statusRead = ofStatus.Get(EvidenceKinds.TrailStatus, trail.Arn).TryGet(out var status, out var noStatus);
            if (statusRead && !status.IsLogging)
            {
                return new(trail, "NotLogging", "is not logging", 2) { Used = [ofStatus] };
            }

            var selectorsRead = ofSelectors.Get(EvidenceKinds.EventSelectors, trail.Arn).TryGet(out var selectors, out var noSelectors);
            if (selectorsRead && Lacks(context, trail, half, selectors) is { } lacking)
            {
                return lacking with { Used = [ofSelectors] };
            }

            return (noStatus ?? noSelectors) is { } why
                ? new(trail, why.Kind.ToString(), Undecided: TrailFindings.Because(context, trail, why)) { Used = [ofStatus, ofSelectors] }
                : new(trail) { Used = [ofStatus, ofSelectors] };
        }

        public override string ToString() => Passes ? "qualifies" : Undecided is { } why ? $"not decided: {why}" : Because;

        private static Candidate? Lacks(RuleContext context, Trail trail, string half, EventSelectors selectors)
        {
            if (S3DataEvents.Of(selectors, context.Evidence.Account.Partition) is not { } events)
            {
                return new(trail, "NotInEvidence", Undecided: "the evidence does not contain its data events");
            }

            var wanted = events.Where(e => half == "read" ? e.Reads : e.Writes).ToList();
            return wanted.Any(e => e.NarrowedBy is null) ? null
                : wanted.FirstOrDefault() is { } narrowed
                    ? new(trail, "SelectorNarrowed", $"records them only in part, because its event selectors filter by {narrowed.NarrowedBy}", 5)
                    : events.Count > 0 ? new(trail, "ReadOrWriteEventsOnly", $"records no {half} events of objects", 4)
                    : new(trail, "NoObjectEvents", "records no data events of S3 objects", 3);
        }
    }
}
