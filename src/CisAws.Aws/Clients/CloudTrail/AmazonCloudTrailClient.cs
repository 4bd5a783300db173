using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.CloudTrail.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.CloudTrail;

internal sealed class AmazonCloudTrailConfig() : ThinClientConfig("CloudTrail", "cloudtrail", "cloudtrail", "2013-11-01");

/// <summary>AWS CloudTrail: trails, their status and what they record.</summary>
internal sealed class AmazonCloudTrailClient(AWSCredentials credentials, AmazonCloudTrailConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeTrailsRequest, DescribeTrailsResponse> DescribeTrails =
        JsonOperation<DescribeTrailsRequest, DescribeTrailsResponse>.Rpc(
            "cloudtrail", Target + "DescribeTrails", response => new() { TrailList = response.Members("trailList", Trail) });

    private static readonly JsonOperation<GetTrailStatusRequest, GetTrailStatusResponse> GetTrailStatus =
        JsonOperation<GetTrailStatusRequest, GetTrailStatusResponse>.Rpc(
            "cloudtrail", Target + "GetTrailStatus", Status, request => new() { ["Name"] = request.Name });

    private static readonly JsonOperation<GetEventSelectorsRequest, GetEventSelectorsResponse> GetEventSelectors =
        JsonOperation<GetEventSelectorsRequest, GetEventSelectorsResponse>.Rpc(
            "cloudtrail", Target + "GetEventSelectors", Selectors, request => new() { ["TrailName"] = request.TrailName });

    private const string Target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.";

    public Task<DescribeTrailsResponse> DescribeTrailsAsync(DescribeTrailsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeTrails, request, cancellationToken);

    public Task<GetTrailStatusResponse> GetTrailStatusAsync(GetTrailStatusRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetTrailStatus, request, cancellationToken);

    public Task<GetEventSelectorsResponse> GetEventSelectorsAsync(GetEventSelectorsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetEventSelectors, request, cancellationToken);

    private static Trail Trail(JsonElement trail) => new()
    {
        Name = trail.Text("Name"),
        TrailARN = trail.Text("TrailARN"),
        HomeRegion = trail.Text("HomeRegion"),
        S3BucketName = trail.Text("S3BucketName"),
        S3KeyPrefix = trail.Text("S3KeyPrefix"),
        IsMultiRegionTrail = trail.Boolean("IsMultiRegionTrail"),
        IsOrganizationTrail = trail.Boolean("IsOrganizationTrail"),
        IncludeGlobalServiceEvents = trail.Boolean("IncludeGlobalServiceEvents"),
        LogFileValidationEnabled = trail.Boolean("LogFileValidationEnabled"),
        HasCustomEventSelectors = trail.Boolean("HasCustomEventSelectors"),
        KmsKeyId = trail.Text("KmsKeyId"),
        CloudWatchLogsLogGroupArn = trail.Text("CloudWatchLogsLogGroupArn"),
        CloudWatchLogsRoleArn = trail.Text("CloudWatchLogsRoleArn"),
    };

    private static GetTrailStatusResponse Status(JsonElement status) => new()
    {
        IsLogging = status.Boolean("IsLogging"),
        StartLoggingTime = status.Time("StartLoggingTime"),
        StopLoggingTime = status.Time("StopLoggingTime"),
        LatestDeliveryTime = status.Time("LatestDeliveryTime"),
        LatestDeliveryError = status.Text("LatestDeliveryError"),
        LatestCloudWatchLogsDeliveryTime = status.Time("LatestCloudWatchLogsDeliveryTime"),
        LatestCloudWatchLogsDeliveryError = status.Text("LatestCloudWatchLogsDeliveryError"),
        LatestDigestDeliveryError = status.Text("LatestDigestDeliveryError"),
    };

    private static GetEventSelectorsResponse Selectors(JsonElement response) => new()
    {
        EventSelectors = response.Members("EventSelectors", s => new EventSelector
        {
            ReadWriteType = s.Text("ReadWriteType"),
            IncludeManagementEvents = s.Boolean("IncludeManagementEvents"),
            ExcludeManagementEventSources = s.Texts("ExcludeManagementEventSources"),
            DataResources = s.Members("DataResources", r => new DataResource { Type = r.Text("Type"), Values = r.Texts("Values") }),
        }),
        AdvancedEventSelectors = response.Members("AdvancedEventSelectors", s => new AdvancedEventSelector
        {
            Name = s.Text("Name"),
            FieldSelectors = s.Members("FieldSelectors", f => new AdvancedFieldSelector
            {
                Field = f.Text("Field"),
                Equals = f.Texts("Equals"),
                NotEquals = f.Texts("NotEquals"),
                StartsWith = f.Texts("StartsWith"),
                NotStartsWith = f.Texts("NotStartsWith"),
                EndsWith = f.Texts("EndsWith"),
                NotEndsWith = f.Texts("NotEndsWith"),
            }),
        }),
    };
}
