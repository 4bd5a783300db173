using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Trails;

/// <summary>Every trail delivers to CloudWatch Logs, and did so recently.</summary>
internal sealed class CloudWatchLogsDelivery : EachTrailRule
{
    private const string NoDelivery = "do not deliver to CloudWatch Logs";

    // AWS's clock and ours need not agree to the minute.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    // A trail that was just started has had no time to deliver.
    private static readonly TimeSpan StartUp = TimeSpan.FromHours(1);

    public override bool IsExistential(SettingValues settings) => !settings.Boolean("RequireAllTrails");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Trails, EvidenceKinds.TrailStatus];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        var trails = TrailInventory.From(context.Evidence).Trails;
        return trails.Count == 0 || context.Settings.Boolean("RequireAllTrails") ? base.Evaluate(context) : EvaluateOne(context, trails);
    }

    /// <summary>
    /// One multi-Region trail is enough: the best one is assessed, and the others do not apply. Such a trail shows in every
    /// region, so a region that could not be read hides none.
    /// </summary>
    private IEnumerable<RuleFinding> EvaluateOne(RuleContext context, IReadOnlyList<Trail> trails)
    {
        var best = trails.Where(t => t.IsMultiRegionTrail).Select(t => Evaluate(context, t))
            .OrderBy(f => f.Status switch { CisStatus.Pass => 0, CisStatus.Unknown => 1, _ => 2 }).FirstOrDefault();
        if (best is null)
        {
            return [context.Fail(context.Account, "NoMultiRegionTrail", $"No trail of the account is multi-Region; see {context.ControlOf(TrailFindings.MultiRegionTrailRule)}.")];
        }

        return trails.Where(t => t.Arn != best.Resource.Arn)
            .Select(t => context.NotApplicable(
                TrailFindings.Resource(t), "NotRequired", $"The program requires one multi-Region trail; {best.Resource.Id} is assessed.", plural: "are not required"))
            .Prepend(best);
    }

    protected override RuleFinding Evaluate(RuleContext context, Trail trail)
    {
        var resource = TrailFindings.Resource(trail);
        var facts = TrailFindings.Facts(context, trail);
        var ownerNote = TrailFindings.OwnerNote(context, trail);
        if (string.IsNullOrEmpty(trail.CloudWatchLogsLogGroupArn))
        {
            return context.Fail(resource, "NotIntegrated", $"The trail has no CloudWatch Logs log group{ownerNote}.", facts, plural: NoDelivery);
        }

        var evidence = TrailFindings.EvidenceOf(context.Evidence, EvidenceKinds.TrailStatus, trail);
        var basis = OtherEvidence.Clause(context, evidence);
        facts = [.. facts, .. OtherEvidence.Facts(context, evidence)];
        var observed = evidence.Get(EvidenceKinds.TrailStatus, trail.Arn);
        if (!observed.TryGet(out var status, out var why))
        {
            return context.Unknown(resource, why, facts, hint: TrailFindings.Hint(context, trail));
        }

        var now = context.ReadAt(observed);

        var error = status.LatestCloudWatchLogsDeliveryError is { Length: > 0 } e ? $"; last error: {e.TrimEnd('.')}" : "";
        var maxHours = context.Settings.Integer("MaxDeliveryAgeHours");
        var age = now - status.LatestCloudWatchLogsDeliveryTime;
        var delivered = status.LatestCloudWatchLogsDeliveryTime is { } time ? UtcTime.Minute(time) : "";
        if (age < -ClockSkew)
        {
            return context.Undecided(
                resource,
                "ClockSkew",
                $"the trail delivered at {delivered}, which is later than the clock of this machine",
                facts);
        }

        if (age <= TimeSpan.FromHours(maxHours) + ClockSkew)
        {
            return context.Pass(
                resource, "Delivering", $"The trail delivered to CloudWatch Logs at {delivered}{basis}.", facts,
                error.Length > 0 ? [$"Trail {trail.Name} delivers, but not everything{error}."] : [], "deliver to CloudWatch Logs");
        }

        // Null compares as false: without a delivery there is none since the start either.
        var deliveredSinceStart = status.LatestCloudWatchLogsDeliveryTime >= status.StartLoggingTime;
        if (status.IsLogging && !deliveredSinceStart && now - status.StartLoggingTime < StartUp)
        {
            return context.Undecided(
                resource,
                "TooNew",
                $"the trail was started at {UtcTime.Minute(status.StartLoggingTime!.Value)} and has not delivered yet; assess again in an hour{error}",
                facts);
        }

        return age is null
            ? context.Fail(resource, "NeverDelivered", $"The trail has never delivered to its log group{error}{basis}{ownerNote}.", facts, plural: NoDelivery)
            : context.Fail(
                resource,
                "DeliveryTooOld",
                $"The trail last delivered to CloudWatch Logs at {delivered} (maximum {Quantity.Of(maxHours, "hour")})" +
                $"{(status.IsLogging ? "" : "; it is not logging")}{error}{basis}{ownerNote}.",
                facts,
                plural: NoDelivery);
    }
}
