using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace CisAws.Evidence;

/// <summary>
/// The distinct trails an account sees. A multi-Region trail shows in every region and an organisation trail in every
/// account, so each is taken once, by its ARN.
/// </summary>
public sealed class TrailInventory
{
    private const string LogGroupPrefix = "log-group:";

    private static readonly Regex AccountInName = new(@"(?<![0-9])[0-9]{12}(?![0-9])", RegexOptions.CultureInvariant);

    private TrailInventory(IReadOnlyList<Trail> trails, IReadOnlyList<RegionObservation<IReadOnlyList<Trail>>> regions)
    {
        Trails = trails;
        Regions = regions;
    }

    /// <summary>Each trail once, ordered by ARN.</summary>
    public IReadOnlyList<Trail> Trails { get; }

    /// <summary>What each region answered.</summary>
    public IReadOnlyList<RegionObservation<IReadOnlyList<Trail>>> Regions { get; }

    /// <summary>True when at least one region answered: a multi-Region trail would have shown there.</summary>
    public bool AnyRegionRead => Regions.Any(r => r.Observation.Failure is null);

    /// <summary>True when every enabled region answered: no single-Region trail is hidden.</summary>
    public bool AllRegionsRead => Regions.All(r => r.Observation.Failure is null or { Kind: ReadFailureKind.RegionDisabled });

    /// <summary>The trails in a view that declares <see cref="EvidenceKinds.Trails"/>.</summary>
    public static TrailInventory From(EvidenceView evidence)
    {
        var regions = evidence.Regions(EvidenceKinds.Trails);
        var trails = regions
            .SelectMany(r => r.Observation.Match(trails => trails, _ => []))
            .GroupBy(t => t.Arn, StringComparer.Ordinal)
            .Select(g => g.First())
            .OrderBy(t => t.Arn, StringComparer.Ordinal)
            .ToList();
        return new TrailInventory(trails, regions);
    }

    /// <summary>The account that owns the trail: the fifth field of its ARN.</summary>
    public static string OwnerOf(Trail trail) => Arn.TryParse(trail.Arn)?.AccountId ?? "";

    /// <summary>The IDs of accounts in the name of a trail's bucket: those of AWS Control Tower, for one, have that of the log archive.</summary>
    internal static IEnumerable<string> AccountsInBucketName(Trail trail) => AccountInName.Matches(trail.S3BucketName).Cast<Match>().Select(m => m.Value);

    /// <summary>
    /// The ARN of a log group without the trailing <c>:*</c> that CloudTrail adds; null when the trail has no log group or
    /// the text is not the ARN of one.
    /// </summary>
    public static Arn? LogGroupOf(Trail trail)
    {
        var arn = Arn.TryParse(trail.CloudWatchLogsLogGroupArn);
        if (arn is null || !arn.Resource.StartsWith(LogGroupPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var group = arn.Resource.EndsWith(":*", StringComparison.Ordinal) ? arn with { Resource = arn.Resource.Substring(0, arn.Resource.Length - 2) } : arn;
        return group.Resource.Length > LogGroupPrefix.Length ? group : null;
    }
}
