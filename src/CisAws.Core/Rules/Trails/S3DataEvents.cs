using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>
/// One event selector of a trail that records data events of S3 objects, classic or advanced: which halves, and what narrows it to some of the buckets
/// or events. An event is recorded when any selector matches it.
/// </summary>
internal sealed record S3DataEvents(bool Reads, bool Writes, string? NarrowedBy = null)
{
    private const string ObjectType = "AWS::S3::Object";

    /// <summary>The selectors of a trail that record data events of S3 objects; null when the evidence does not say.</summary>
    public static IReadOnlyList<S3DataEvents>? Of(EventSelectors selectors, string partition) =>
        selectors.Classic.Any(s => s.DataResources is null)
            ? null
            : [
                .. selectors.Classic.Where(s => s.DataResources!.Any(r => r.Type == ObjectType)).Select(s => Of(s, partition)),
                .. selectors.Advanced.Where(IsOfObjects).Select(s => Of(s, partition)),
            ];

    private static S3DataEvents Of(EventSelector selector, string partition) => new(
        selector.ReadWriteType is "All" or "ReadOnly", selector.ReadWriteType is "All" or "WriteOnly",
        selector.DataResources!.Where(r => r.Type == ObjectType).SelectMany(r => r.Values).Any(v => IsEveryBucket(v, partition)) ? null : "bucket");

    private static bool IsOfObjects(AdvancedEventSelector selector) => Has(selector, "eventCategory", "Data") && Has(selector, "resources.type", ObjectType);

    private static bool Has(AdvancedEventSelector selector, string field, string value) =>
        selector.FieldSelectors.Any(f => f.Field == field && f.EqualTo is { } values && values.Contains(value, StringComparer.Ordinal));

    // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
    private static S3DataEvents Of(AdvancedEventSelector selector, string partition)
    {
        var events = new S3DataEvents(true, true);
        foreach (var field in selector.FieldSelectors.Where(f => f.Field is not ("eventCategory" or "resources.type")))
        {
            events = field switch
            {
                { Field: "readOnly", EqualTo: { } values } when field.IsOnly(values) => events with
                {
                    Reads = events.Reads && values.Contains("true", StringComparer.OrdinalIgnoreCase),
                    Writes = events.Writes && values.Contains("false", StringComparer.OrdinalIgnoreCase),
                },
                { Field: "resources.ARN", StartsWith: { } values } when field.IsOnly(values) && values.Any(v => IsEveryBucket(v, partition)) => events,
                _ => events with { NarrowedBy = field.Field },
            };
        }

        return events;
    }

    /// <summary>The beginning of every bucket's ARN.</summary>
    private static bool IsEveryBucket(string value, string partition) => value == $"arn:{partition}:s3" || value == $"arn:{partition}:s3:::";
}
