using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Trails;

/// <summary>A multi-Region trail is logging and records all management events.</summary>
internal sealed class MultiRegionTrail : Rule
{
    public override bool IsExistential(SettingValues settings) => true;

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => TrailQualification.Needs;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return FindingOf(context);
    }

    private static RuleFinding FindingOf(RuleContext context)
    {
        var inventory = TrailInventory.From(context.Evidence);
        if (!inventory.AnyRegionRead)
        {
            return NothingRead(context, inventory);
        }

        var allowed = context.Settings.TextList("AllowedExcludedEventSources");
        var trails = inventory.Trails.Select(t => TrailQualification.Of(context.Evidence, t, allowed)).ToList();
        if (trails.Count == 0)
        {
            return context.Fail(context.Account, "NoTrail", TrailFindings.NoTrail(context.Evidence.Scope.IsPartial || !inventory.AllRegionsRead));
        }

        var facts = trails.Select(t => new CisFact(t.Trail.Arn, t.ToString())).Concat(Notes(trails)).ToList();
        if (trails.FirstOrDefault(t => t.Qualifies && t.Warnings.Count == 0) is { } healthy)
        {
            return context.Pass(context.Account, "TrailQualifies", Passes(context, healthy), Facts(healthy));
        }

        if (trails.FirstOrDefault(t => t.Qualifies) is { } flawed)
        {
            return context.Pass(context.Account, "TrailQualifies", Passes(context, flawed), Facts(flawed), flawed.Warnings);
        }

        if (trails.FirstOrDefault(t => t.Failure is not null) is { Failure: { } why } candidate)
        {
            return context.Undecided(
                context.Account,
                why.Kind.ToString(),
                $"trail {candidate.Trail.Name} may qualify, but {TrailFindings.Because(context, candidate.Trail, why)}",
                Facts(candidate));
        }

        var closest = trails.OrderByDescending(t => t.Shortfall).First();
        return context.Fail(
            context.Account,
            closest.Shortfall.ToString()!,
            $"No trail logs all management events in all regions: trail {TrailFindings.NameOf(context, closest.Trail)} {closest.Because}.",
            Facts(closest));

        IEnumerable<CisFact> Facts(TrailQualification deciding) => [.. facts, .. OtherEvidence.Facts(context, deciding.Used)];
    }

    private static string Passes(RuleContext context, TrailQualification trail) =>
        $"Trail {TrailFindings.NameOf(context, trail.Trail)} logs all management events in all regions.";

    // Multi-region trails include global services; an answer that says otherwise is shown, but is not a failure.
    private static IEnumerable<CisFact> Notes(IEnumerable<TrailQualification> trails) => trails
        .Where(t => t.Trail is { IsMultiRegionTrail: true, IncludeGlobalServiceEvents: false })
        .Select(t => new CisFact("Note", $"Trail {t.Trail.Name} is multi-Region, but CloudTrail reports that it excludes global services."));

    /// <summary>
    /// A multi-Region trail shows in every region, so one readable region is enough to know whether there is one. Here
    /// there is none: Unknown, but for regions that are all accepted as denied or not enabled.
    /// </summary>
    public static RuleFinding NothingRead(RuleContext context, TrailInventory inventory)
    {
        var findings = inventory.Regions.Select(r => context.UnreadableRegion(r.Region, r.Observation.Failure!)).ToList();
        if (findings.Count == 0)
        {
            return context.Undecided(context.Account, "NoRegion", "no region is enabled");
        }

        var deciding = findings.FindIndex(f => f.Status == CisStatus.Unknown);
        return deciding < 0
            ? context.NotApplicable(
                context.Account, findings[0].ReasonCode,
                $"No region can be assessed: {Quantity.Of(findings.Count, "region")} {Quantity.Agree(findings.Count, findings[0].Plural!)}.")
            : context.Unknown(context.Account, inventory.Regions[deciding].Observation.Failure!);
    }
}
