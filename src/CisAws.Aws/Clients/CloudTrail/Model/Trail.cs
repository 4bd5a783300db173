using System;
using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.CloudTrail.Model;

/// <summary>Without a list of names it requests every trail the region shows, shadow trails included.</summary>
internal sealed class DescribeTrailsRequest : AmazonWebServiceRequest;

internal sealed class DescribeTrailsResponse : AmazonWebServiceResponse
{
    public List<Trail>? TrailList { get; set; }
}

internal sealed class Trail
{
    public string? Name { get; set; }

    public string? TrailARN { get; set; }

    public string? HomeRegion { get; set; }

    public string? S3BucketName { get; set; }

    public string? S3KeyPrefix { get; set; }

    public bool? IsMultiRegionTrail { get; set; }

    public bool? IsOrganizationTrail { get; set; }

    public bool? IncludeGlobalServiceEvents { get; set; }

    public bool? LogFileValidationEnabled { get; set; }

    public bool? HasCustomEventSelectors { get; set; }

    public string? KmsKeyId { get; set; }

    public string? CloudWatchLogsLogGroupArn { get; set; }

    public string? CloudWatchLogsRoleArn { get; set; }
}

internal sealed class GetTrailStatusRequest : AmazonWebServiceRequest
{
    /// <summary>A name, which the region resolves, or an ARN.</summary>
    public string? Name { get; set; }
}

internal sealed class GetTrailStatusResponse : AmazonWebServiceResponse
{
    public bool? IsLogging { get; set; }

    public DateTime? StartLoggingTime { get; set; }

    public DateTime? StopLoggingTime { get; set; }

    public DateTime? LatestDeliveryTime { get; set; }

    public string? LatestDeliveryError { get; set; }

    public DateTime? LatestCloudWatchLogsDeliveryTime { get; set; }

    public string? LatestCloudWatchLogsDeliveryError { get; set; }

    public string? LatestDigestDeliveryError { get; set; }
}
