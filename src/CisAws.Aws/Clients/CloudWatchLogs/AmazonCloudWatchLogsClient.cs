using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.CloudWatchLogs;

internal sealed class AmazonCloudWatchLogsConfig() : ThinClientConfig("CloudWatch Logs", "logs", "logs", "2014-03-28");

/// <summary>Amazon CloudWatch Logs: log groups and their metric filters.</summary>
internal sealed class AmazonCloudWatchLogsClient(AWSCredentials credentials, AmazonCloudWatchLogsConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeLogGroupsRequest, DescribeLogGroupsResponse> DescribeLogGroups =
        JsonOperation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>.Rpc("logs", "Logs_20140328.DescribeLogGroups", JsonNamingPolicy.CamelCase);

    private static readonly JsonOperation<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse> DescribeMetricFilters =
        JsonOperation<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse>.Rpc("logs", "Logs_20140328.DescribeMetricFilters", JsonNamingPolicy.CamelCase);

    public Task<DescribeLogGroupsResponse> DescribeLogGroupsAsync(
        DescribeLogGroupsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeLogGroups, request, cancellationToken);

    public Task<DescribeMetricFiltersResponse> DescribeMetricFiltersAsync(
        DescribeMetricFiltersRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeMetricFilters, request, cancellationToken);
}
