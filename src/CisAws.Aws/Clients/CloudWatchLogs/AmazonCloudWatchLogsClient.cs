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
        JsonOperation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>.Rpc(
            "logs",
            "Logs_20140328.DescribeLogGroups",
            response => new() { LogGroups = response.Members("logGroups", LogGroup), NextToken = response.Text("nextToken") },
            request => new() { ["logGroupNamePrefix"] = request.LogGroupNamePrefix, ["limit"] = request.Limit, ["nextToken"] = request.NextToken });

    private static readonly JsonOperation<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse> DescribeMetricFilters =
        JsonOperation<DescribeMetricFiltersRequest, DescribeMetricFiltersResponse>.Rpc(
            "logs",
            "Logs_20140328.DescribeMetricFilters",
            response => new() { MetricFilters = response.Members("metricFilters", MetricFilter), NextToken = response.Text("nextToken") },
            request => new() { ["logGroupName"] = request.LogGroupName, ["limit"] = request.Limit, ["nextToken"] = request.NextToken });

    public Task<DescribeLogGroupsResponse> DescribeLogGroupsAsync(
        DescribeLogGroupsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeLogGroups, request, cancellationToken);

    public Task<DescribeMetricFiltersResponse> DescribeMetricFiltersAsync(
        DescribeMetricFiltersRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeMetricFilters, request, cancellationToken);

    private static LogGroup LogGroup(JsonElement group) => new()
    {
        LogGroupName = group.Text("logGroupName"),
        Arn = group.Text("arn"),
        LogGroupClass = group.Text("logGroupClass"),
    };

    private static MetricFilter MetricFilter(JsonElement filter) => new()
    {
        FilterName = filter.Text("filterName"),
        FilterPattern = filter.Text("filterPattern"),
        LogGroupName = filter.Text("logGroupName"),
        MetricTransformations = filter.Members("metricTransformations", t => new MetricTransformation
        {
            MetricName = t.Text("metricName"),
            MetricNamespace = t.Text("metricNamespace"),
            MetricValue = t.Text("metricValue"),
            DefaultValue = t.Number("defaultValue"),
            Unit = t.Text("unit"),
            Dimensions = t.TextsByName("dimensions"),
        }),
        ApplyOnTransformedLogs = filter.Boolean("applyOnTransformedLogs"),
        FieldSelectionCriteria = filter.Text("fieldSelectionCriteria"),
        EmitSystemFieldDimensions = filter.Texts("emitSystemFieldDimensions"),
    };
}
