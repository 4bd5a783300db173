using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>CloudTrail: trails of the account and of the organisation, as each region shows them.</summary>
internal static class Trails
{
    public static IReadOnlyList<Trail> Add(AccountDraft draft, Buckets buckets)
    {
        var draw = draft.Draw;
        var trails = draw.Many(0, 3, () => DrawTrail(draft, buckets, draft.AccountId));
        if (draw.Chance(40))
        {
            trails.Add(DrawTrail(draft, buckets, AccountDraft.ManagementAccountId));
        }

        foreach (var region in draft.Regions)
        {
            // A multi-region trail shows in every region; any other one at home only.
            draft.Evidence.Set(EvidenceKinds.Trails, region, trails.Where(t => t.IsMultiRegionTrail || t.HomeRegion == region).ToList());
        }

        foreach (var trail in trails)
        {
            AddBehaviour(draft, trail);
        }

        return trails;
    }

    private static Trail DrawTrail(AccountDraft draft, Buckets buckets, string owner)
    {
        var draw = draft.Draw;
        var own = owner == draft.AccountId;
        var home = draft.Region();
        var name = draft.NewName("._-");
        // A log group of another account: that of the organisation's trail, or a delegated administrator's.
        var logOwner = own && draw.Chance(90) ? draft.AccountId : AccountDraft.ManagementAccountId;
        var logGroup = draft.ArnOf("logs", home, $"log-group:{draft.NewName("._/#-")}:*", logOwner);
        var delivers = draw.Chance(70);
        return new Trail(
            name, draft.ArnOf("cloudtrail", home, $"trail/{name}", owner), home, buckets.Any(), draw.Maybe(() => "prefix/of logs"), draw.Chance(70),
            !own || draw.Chance(10), draw.Chance(80), draw.Chance(60), draw.Chance(30), KeyOf(draft, home), delivers ? logGroup : null,
            delivers ? draft.ArnOf("iam", "", "role/CloudTrail_CloudWatchLogs_Role", logOwner) : null);
    }

    private static string? KeyOf(AccountDraft draft, string region) => draft.Draw.Int(1, 4) switch
    {
        1 => Keys.DrawForTrail(draft, region, draft.AccountId),
        2 => Keys.DrawForTrail(draft, region, AccountDraft.ManagementAccountId),
        _ => null,
    };

    private static void AddBehaviour(AccountDraft draft, Trail trail)
    {
        var draw = draft.Draw;
        draft.Evidence.Set(EvidenceKinds.TrailStatus, trail.Arn, DrawStatus(draft)).Set(EvidenceKinds.EventSelectors, trail.Arn, DrawSelectors(draw, trail.HasCustomEventSelectors));
        if (TrailInventory.OwnerOf(trail) != draft.AccountId && draw.Chance(50))
        {
            Deny(EvidenceKinds.TrailStatus);
            Deny(EvidenceKinds.EventSelectors);
        }

        void Deny(EvidenceKind kind) => draft.Evidence.Set(kind, trail.Arn, kind.Failed(new ReadFailure(
            kind.Actions[0], trail.HomeRegion, "TrailNotFoundException", ReadFailureKind.ForeignOwner, $"Unknown trail: {trail.Arn} for the user: {draft.AccountId}")));
    }

    private static TrailStatus DrawStatus(AccountDraft draft)
    {
        var draw = draft.Draw;
        return new TrailStatus(
            draw.Chance(70), draw.MaybeValue(() => draft.Time()), draw.MaybeValue(() => draft.Time()), draw.MaybeValue(() => draft.Time(2)),
            draw.Maybe(() => "NoSuchBucket"), draw.MaybeValue(() => draft.Time(2)), draw.Maybe(() => "Access denied. Check the role."), draw.Maybe(() => "AccessDenied"));
    }

    private static EventSelectors DrawSelectors(Draw draw, bool custom) => (custom, draw.Chance(50)) switch
    {
        (false, true) => new EventSelectors([new EventSelector("All", true, [], [])], []),
        (false, false) => new EventSelectors([], [new AdvancedEventSelector("Management events selector", [new FieldSelector("eventCategory", ["Management"])])]),
        (true, true) => new EventSelectors(draw.Many(1, 3, () => DrawClassic(draw)), []),
        _ => new EventSelectors([], draw.Many(1, 3, () => DrawAdvanced(draw))),
    };

    private static EventSelector DrawClassic(Draw draw) => new(
        draw.OneOf("All", "ReadOnly", "WriteOnly"), draw.Chance(80), draw.Some(["kms.amazonaws.com", "rdsdata.amazonaws.com"], 30),
        draw.Some([new DataResource("AWS::S3::Object", draw.Chance(50) ? ["arn:aws:s3"] : ["arn:aws:s3:::a/", "arn:aws:s3:::b/c d"]), new DataResource("AWS::Lambda::Function", ["arn:aws:lambda"])]));

    private static AdvancedEventSelector DrawAdvanced(Draw draw)
    {
        var name = draw.Maybe(() => "Wächter & co");
        if (draw.Chance(60))
        {
            List<FieldSelector> fields = [new FieldSelector("eventCategory", ["Management"])];
            fields.AddRange(draw.Some(
            [
                new FieldSelector("readOnly", [draw.OneOf("true", "false")]),
                new FieldSelector("eventSource", NotEquals: ["kms.amazonaws.com", "rdsdata.amazonaws.com"]),
            ]));
            return new AdvancedEventSelector(name, fields);
        }

        return new AdvancedEventSelector(name,
        [
            new FieldSelector("eventCategory", ["Data"]),
            new FieldSelector("resources.type", ["AWS::S3::Object"]),
            new FieldSelector("resources.ARN", StartsWith: ["arn:aws:s3:::a/", "arn:aws:s3:::b/"], NotEndsWith: [".tmp"]),
            new FieldSelector("eventName", EndsWith: ["Object"], NotStartsWith: ["Head"]),
        ]);
    }
}
