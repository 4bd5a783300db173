using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>What the rules about every trail share: how a trail is named, whose it is, and which regions hid their trails.</summary>
internal static class TrailFindings
{
    /// <summary>The rule that requires a trail; others refer to it.</summary>
    public const string MultiRegionTrailRule = "trails-multi-region";

    /// <summary>The rule that requires delivery to CloudWatch Logs; others refer to it.</summary>
    public const string LogsDeliveryRule = "trails-cloudwatch-logs-delivery";

    /// <summary>The Reason of a rule about every trail where there is none.</summary>
    public static string EmptyReason(RuleContext context, bool partial) => $"{NoTrail(partial)} See {context.ControlOf(MultiRegionTrailRule)}.";

    /// <summary>That there is no trail.</summary>
    /// <param name="partial">True when not every enabled region was assessed, or could be read: a single-Region trail may be in another.</param>
    public static string NoTrail(bool partial) => partial ? "There is no trail in the regions assessed." : "The account has no trail.";

    /// <summary>The trail as a resource.</summary>
    public static CisResource Resource(Trail trail) => new("AWS::CloudTrail::Trail", trail.Name, trail.Arn, trail.HomeRegion);

    /// <summary>The owner, for a trail that only another account can change; null for the account's own.</summary>
    public static string? ForeignOwner(RuleContext context, Trail trail) =>
        TrailInventory.OwnerOf(trail) is var owner && owner != context.Evidence.Account.AccountId ? owner : null;

    /// <summary>The name of a trail, and whose it is where that is another account.</summary>
    public static string NameOf(RuleContext context, Trail trail) =>
        ForeignOwner(context, trail) is { } owner ? $"{trail.Name} of account {owner}" : trail.Name;

    /// <summary>The evidence that decides about a trail: that of the account that owns it, where there is some.</summary>
    /// <param name="evidence">The evidence of the account that is assessed.</param>
    /// <param name="kind">What is to be known.</param>
    /// <param name="trail">The trail.</param>
    public static EvidenceView EvidenceOf(EvidenceView evidence, EvidenceKind kind, Trail trail) => evidence.OfOwner(TrailInventory.OwnerOf(trail), kind, trail.Arn);

    /// <summary>Why something about a trail is not known, as a clause, with the account whose evidence is missing.</summary>
    public static string Because(RuleContext context, Trail trail, ReadFailure why) => Hint(context, trail) is { } hint ? $"{why.In("")}; {hint}" : why.ToString();

    /// <summary>Which account's evidence is missing, as a clause; null where there is evidence of the owner, or the account is the owner.</summary>
    public static string? Hint(RuleContext context, Trail trail) =>
        ForeignOwner(context, trail) is { } owner && context.Evidence.OfAccount(owner) is null ? OtherEvidence.Missing(owner) : null;

    /// <summary>A clause that sends the reader of a failure to the account that can change it; empty for the account's own trails.</summary>
    public static string OwnerNote(RuleContext context, Trail trail) =>
        ForeignOwner(context, trail) is { } owner ? $"; account {owner} owns the trail" : "";

    /// <summary>The facts every finding about a foreign trail carries.</summary>
    public static IEnumerable<CisFact> Facts(RuleContext context, Trail trail) =>
        ForeignOwner(context, trail) is { } owner ? [new CisFact("Scope", "Organization"), new CisFact("Owner", owner)] : [];

    /// <summary>A finding for each region that did not show its trails: there may be some that were not assessed.</summary>
    public static IEnumerable<RuleFinding> UnreadableRegions(RuleContext context, TrailInventory inventory) => inventory.Regions
        .Where(r => r.Observation.Failure is not null)
        .Select(r => context.UnreadableRegion(r.Region, r.Observation.Failure!));
}
