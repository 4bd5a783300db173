using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>
/// CloudTrail. A trail is asked after in its home region and by its ARN: a name is resolved in the region of the call, where
/// a shadow trail or another account's trail is not known by it.
/// </summary>
internal static class CloudTrailReaders
{
    public static Task<IReadOnlyList<Trail>> TrailsAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.CloudTrail(request.Subject), (c, t) => c.DescribeTrailsAsync(new(), t), response => response.TrailList.Required("trailList").Each(t => new Trail(
            t.Name ?? "",
            t.TrailARN.Required("TrailARN"),
            t.HomeRegion ?? "",
            t.S3BucketName ?? "",
            t.S3KeyPrefix,
            t.IsMultiRegionTrail ?? false,
            t.IsOrganizationTrail ?? false,
            t.IncludeGlobalServiceEvents ?? false,
            t.LogFileValidationEnabled ?? false,
            t.HasCustomEventSelectors ?? false,
            t.KmsKeyId,
            t.CloudWatchLogsLogGroupArn,
            t.CloudWatchLogsRoleArn)).Once(t => t.Arn));

    public static Task<TrailStatus> TrailStatusAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.CloudTrail(request.Arn.Region), (c, t) => c.GetTrailStatusAsync(new() { Name = request.Subject }, t), status => new TrailStatus(
            status.IsLogging.Required("IsLogging"),
            status.StartLoggingTime.Utc(),
            status.StopLoggingTime.Utc(),
            status.LatestDeliveryTime.Utc(),
            status.LatestDeliveryError,
            status.LatestCloudWatchLogsDeliveryTime.Utc(),
            status.LatestCloudWatchLogsDeliveryError,
            status.LatestDigestDeliveryError));

    public static Task<EventSelectors> EventSelectorsAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.CloudTrail(request.Arn.Region), (c, t) => c.GetEventSelectorsAsync(new() { TrailName = request.Subject }, t), response => new EventSelectors(
            response.EventSelectors.Each(s => new EventSelector(
                s.ReadWriteType ?? "", s.IncludeManagementEvents ?? false, s.ExcludeManagementEventSources.OrNone(),
                s.DataResources?.Each(r => new DataResource(r.Type.Required("Type"), r.Values.OrNone())))),
            response.AdvancedEventSelectors.Each(s => new AdvancedEventSelector(s.Name, s.FieldSelectors.Each(f => new FieldSelector(
                f.Field.Required("Field"), f.Equals, f.NotEquals, f.StartsWith, f.NotStartsWith, f.EndsWith, f.NotEndsWith))))));
}
