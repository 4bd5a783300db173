using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Core.Tests.Rules.Trails;

/// <summary>Writes trails into evidence as CloudTrail shows them: a multi-region trail in every region, another in its own.</summary>
internal static class TrailEvidence
{
    public const string OtherAccountId = "444455556666";

    public static readonly string[] Regions = ["eu-west-1", "us-east-1"];

    /// <summary>Every management event: the classic default.</summary>
    public static readonly EventSelectors AllEvents = new([new EventSelector("All", true, [])], []);

    /// <summary>An account with no trail in either region.</summary>
    public static AccountEvidence NoTrails(string partition = "aws") =>
        Regions.Aggregate(RuleTester.NewEvidence(partition), (e, region) => e.Set(EvidenceKinds.Trails, region, []));

    /// <summary>An account with these trails, of which nothing is known but what DescribeTrails says.</summary>
    public static AccountEvidence With(params Trail[] trails) => trails.Aggregate(NoTrails(), WithTrail);

    /// <summary>A multi-region trail of the account in us-east-1, to bucket "logs".</summary>
    public static Trail Trail(string name = "main", string owner = RuleTester.AccountId, string home = "us-east-1") => new(
        name, $"arn:aws:cloudtrail:{home}:{owner}:trail/{name}", home, "logs",
        IsMultiRegionTrail: true, IsOrganizationTrail: owner != RuleTester.AccountId, IncludeGlobalServiceEvents: true, LogFileValidationEnabled: true);

    public static AccountEvidence WithTrail(this AccountEvidence evidence, Trail trail) => Regions
        .Where(r => trail.IsMultiRegionTrail || r == trail.HomeRegion)
        .Aggregate(evidence, (e, region) => e.Set(EvidenceKinds.Trails, region, [.. TrailsOf(e, region), trail]));

    public static AccountEvidence WithTrail(this AccountEvidence evidence, Trail trail, TrailStatus status, EventSelectors? selectors = null) =>
        evidence.WithTrail(trail).Set(EvidenceKinds.TrailStatus, trail.Arn, status).Set(EvidenceKinds.EventSelectors, trail.Arn, selectors ?? AllEvents);

    /// <summary>Advanced selectors, each of its conditions.</summary>
    public static EventSelectors Advanced(params FieldSelector[][] selectors) =>
        new([], selectors.Select(fields => new AdvancedEventSelector("foo", fields)).ToList());

    public static FieldSelector Is(string field, params string[] values) => new(field, EqualTo: values);

    private static IReadOnlyList<Trail> TrailsOf(AccountEvidence evidence, string region) =>
        evidence.Get(EvidenceKinds.Trails, region).Match(t => t, why => throw new InvalidOperationException(why.ToString()));
}
