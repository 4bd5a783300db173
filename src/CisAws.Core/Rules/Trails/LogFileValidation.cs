using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>Every trail has log file validation on.</summary>
internal sealed class LogFileValidation : EachTrailRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Trails];

    /// <summary>The control does not include whether the digest files arrive; if they do not, there is a warning.</summary>
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.TrailStatus];

    protected override RuleFinding Evaluate(RuleContext context, Trail trail)
    {
        var resource = TrailFindings.Resource(trail);
        var facts = TrailFindings.Facts(context, trail);
        return trail.LogFileValidationEnabled
            ? context.Pass(resource, "ValidationEnabled", "Log file validation is enabled.", facts, Warnings(context, trail), "have log file validation enabled")
            : context.Fail(
                resource,
                "ValidationDisabled",
                $"Log file validation is disabled{TrailFindings.OwnerNote(context, trail)}.",
                facts,
                plural: "have log file validation disabled");
    }

    private static IEnumerable<string> Warnings(RuleContext context, Trail trail) =>
        TrailFindings.EvidenceOf(context.Evidence, EvidenceKinds.TrailStatus, trail).Get(EvidenceKinds.TrailStatus, trail.Arn).Match(s => s.LatestDigestDeliveryError, _ => null) is { Length: > 0 } error
            ? [$"The last digest file of trail {trail.Name} could not be delivered: {error}."]
            : [];
}
