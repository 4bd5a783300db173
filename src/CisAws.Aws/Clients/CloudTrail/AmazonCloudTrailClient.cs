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
        JsonOperation<DescribeTrailsRequest, DescribeTrailsResponse>.Rpc("cloudtrail", Target + "DescribeTrails");

    private static readonly JsonOperation<GetTrailStatusRequest, GetTrailStatusResponse> GetTrailStatus =
        JsonOperation<GetTrailStatusRequest, GetTrailStatusResponse>.Rpc("cloudtrail", Target + "GetTrailStatus");

    private static readonly JsonOperation<GetEventSelectorsRequest, GetEventSelectorsResponse> GetEventSelectors =
        JsonOperation<GetEventSelectorsRequest, GetEventSelectorsResponse>.Rpc("cloudtrail", Target + "GetEventSelectors");

    private const string Target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.";

    public Task<DescribeTrailsResponse> DescribeTrailsAsync(DescribeTrailsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeTrails, request, cancellationToken);

    public Task<GetTrailStatusResponse> GetTrailStatusAsync(GetTrailStatusRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetTrailStatus, request, cancellationToken);

    public Task<GetEventSelectorsResponse> GetEventSelectorsAsync(GetEventSelectorsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetEventSelectors, request, cancellationToken);
}
