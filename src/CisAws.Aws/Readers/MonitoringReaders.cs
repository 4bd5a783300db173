using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using LogsApi = Amazon.CloudWatchLogs.Model;

namespace CisAws.Aws.Readers;

/// <summary>What belongs to a trail's log group: the group, its metric filters, and the subscriptions and attributes of topics.</summary>
internal static class MonitoringReaders
{
    private const string LogGroupPrefix = "log-group:";

    public static async Task<LogGroup?> LogGroupAsync(EvidenceRequest request)
    {
        var name = NameOf(request.Arn);
        var groups = await request.ListAsync(
            request.Session.Logs(request.Arn.Region), (c, token, t) => c.DescribeLogGroupsAsync(new() { LogGroupNamePrefix = name, NextToken = token }, t),
            page => (page.LogGroups.Required("logGroups"), page.NextToken)).ConfigureAwait(false);

        // The prefix is the whole name, and finds longer names as well.
        return groups.FirstOrDefault(g => g.LogGroupName == name) is { } found ? new LogGroup(name, request.Subject, found.LogGroupClass) : null;
    }

    public static async Task<IReadOnlyList<MetricFilter>> MetricFiltersAsync(EvidenceRequest request)
    {
        var name = NameOf(request.Arn);
        var filters = await request.ListAsync(
            request.Session.Logs(request.Arn.Region), (c, token, t) => c.DescribeMetricFiltersAsync(new() { LogGroupName = name, NextToken = token }, t),
            page => (page.MetricFilters.Required("metricFilters"), page.NextToken)).ConfigureAwait(false);
        return filters.Each(f => new MetricFilter(
            f.FilterName.Required("filterName"),
            f.LogGroupName ?? name,
            f.FilterPattern ?? "",
            f.MetricTransformations.Each(Transformation),
            f.ApplyOnTransformedLogs ?? false,
            f.FieldSelectionCriteria,
            f.EmitSystemFieldDimensions)).Once(f => f.Name);
    }

    public static async Task<IReadOnlyList<Subscription>?> SubscriptionsAsync(EvidenceRequest request)
    {
        var subscriptions = await request.ListAsync(
            request.Session.Sns(request.Arn.Region), (c, token, t) => c.ListSubscriptionsByTopicAsync(new() { TopicArn = request.Subject, NextToken = token }, t),
            page => (page.Subscriptions.Required("Subscriptions"), page.NextToken)).ConfigureAwait(false);
        return subscriptions.Each(s => new Subscription(s.SubscriptionArn.Required("SubscriptionArn"), s.Protocol ?? "", s.Owner ?? ""));
    }

    public static async Task<TopicAttributes?> TopicAttributesAsync(EvidenceRequest request)
    {
        var response = await request.CallAsync(
            request.Session.Sns(request.Arn.Region), (c, t) => c.GetTopicAttributesAsync(new() { TopicArn = request.Subject }, t)).ConfigureAwait(false);
        var attributes = response.Attributes.Required("Attributes");
        return new TopicAttributes(
            attributes.TryGetValue("Policy", out var policy) ? policy : null,
            attributes.TryGetValue("KmsMasterKeyId", out var key) && key.Length > 0 ? key : null);
    }

    private static MetricTransformation Transformation(LogsApi.MetricTransformation transformation) => new(
        transformation.MetricNamespace ?? "",
        transformation.MetricName ?? "",
        transformation.MetricValue ?? "",
        transformation.DefaultValue,
        transformation.Dimensions.Each(d => new MetricDimension(d.Key, d.Value)),
        transformation.Unit);

    private static string NameOf(Arn group) => group.Resource.StartsWith(LogGroupPrefix, StringComparison.Ordinal)
        ? group.Resource.Substring(LogGroupPrefix.Length)
        : throw new InvalidDataException($"{group} is not a log group.");
}
