using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Results;

namespace CisAws.Rules.Trails;

/// <summary>2.2: every trail has log file validation on.</summary>
[Control("2.2")]
internal sealed class LogFileValidation : ControlRule
{
    public override string ResourceNoun => "trails";

    public override string EmptyReason(bool partial) => TrailFindings.NoTrail(partial) + " See 2.1.";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Trails];

    /// <summary>Whether the digest files arrive is no part of the control, and worth a warning.</summary>
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.TrailStatus];

    public override IEnumerable<CisFinding> Evaluate(RuleContext context)
    {
        var inventory = TrailInventory.From(context.Evidence);
        return inventory.Trails.Select(t => Judge(context, t)).Concat(TrailFindings.UnreadableRegions(context, inventory));
    }

    private static CisFinding Judge(RuleContext context, Trail trail)
    {
        var resource = TrailFindings.Resource(trail);
        var facts = TrailFindings.Facts(context, trail);
        return trail.LogFileValidationEnabled
            ? context.Pass(resource, "ValidationEnabled", "Log file validation is on.", facts, Warnings(context, trail))
            : context.Fail(
                resource,
                "ValidationDisabled",
                $"Log file validation of trail {trail.Name} ({trail.HomeRegion}) is off, so changed or deleted log files cannot be told." +
                TrailFindings.WhoMends(context, trail),
                facts);
    }

    private static IEnumerable<string> Warnings(RuleContext context, Trail trail) =>
        context.Evidence.Get(EvidenceKinds.TrailStatus, trail.Arn).Match(s => s.LatestDigestDeliveryError, _ => null) is { Length: > 0 } error
            ? [$"The last digest file of trail {trail.Name} could not be delivered: {error}."]
            : [];
}
