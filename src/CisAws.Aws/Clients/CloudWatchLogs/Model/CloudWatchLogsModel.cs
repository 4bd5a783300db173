using System.Collections.Generic;
using Amazon.Runtime;
using CisAws.Rules.Alarms;

namespace Amazon.CloudWatchLogs.Model;

internal sealed class DescribeLogGroupsRequest : AmazonWebServiceRequest
{
    public string? LogGroupNamePrefix { get; set; }

    public int? Limit { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class DescribeLogGroupsResponse : AmazonWebServiceResponse
{
    public List<LogGroup>? LogGroups { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class LogGroup
{
    public string? LogGroupName { get; set; }

    /// <summary>With a trailing <c>:*</c>.</summary>
    public string? Arn { get; set; }

    /// <summary>STANDARD, INFREQUENT_ACCESS or DELIVERY.</summary>
    public string? LogGroupClass { get; set; }
}

internal sealed class DescribeMetricFiltersRequest : AmazonWebServiceRequest
{
    public string? LogGroupName { get; set; }

    public int? Limit { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class DescribeMetricFiltersResponse : AmazonWebServiceResponse
{
    public List<MetricFilter>? MetricFilters { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class MetricFilter
{
    public string? FilterName { get; set; }

    public string? FilterPattern { get; set; }

    public string? LogGroupName { get; set; }

    public List<MetricTransformation>? MetricTransformations { get; set; }

    public bool? ApplyOnTransformedLogs { get; set; }

    public string? FieldSelectionCriteria { get; set; }

    public List<string>? EmitSystemFieldDimensions { get; set; }
}

internal sealed class MetricTransformation
{
    public string? MetricName { get; set; }

    public string? MetricNamespace { get; set; }

    public string? MetricValue { get; set; }

    public double? DefaultValue { get; set; }

    public string? Unit { get; set; }

    public Dictionary<string, string>? Dimensions { get; set; }
}
