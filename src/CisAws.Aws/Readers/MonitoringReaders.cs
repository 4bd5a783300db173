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
            request.Session.Logs(request.Arn.Region),
            (c, token, t) => c.DescribeLogGroupsAsync(new() { LogGroupNamePrefix = name, Limit = request.PageSize(), NextToken = token }, t),
            page => page.NextToken,
            // The prefix is the whole name, and finds longer names as well.
            page => page.LogGroups.Required("logGroups").Where(g => g.LogGroupName == name).Each(g => new LogGroup(name, request.Subject, g.LogGroupClass)),
            g => g.Name).ConfigureAwait(false);
        return groups.Count > 0 ? groups[0] : null;
    }

    public static Task<IReadOnlyList<MetricFilter>> MetricFiltersAsync(EvidenceRequest request)
    {
        var name = NameOf(request.Arn);
        return request.ListAsync(
            request.Session.Logs(request.Arn.Region),
            (c, token, t) => c.DescribeMetricFiltersAsync(new() { LogGroupName = name, Limit = request.PageSize(), NextToken = token }, t),
            page => page.NextToken,
            page => page.MetricFilters.Required("metricFilters").Each(f => new MetricFilter(
                f.FilterName.Required("filterName"),
                f.LogGroupName ?? name,
                f.FilterPattern ?? "",
                f.MetricTransformations.Each(Transformation),
                f.ApplyOnTransformedLogs ?? false,
                f.FieldSelectionCriteria,
                f.EmitSystemFieldDimensions)),
            f => f.Name);
    }

    public static async Task<IReadOnlyList<Subscription>?> SubscriptionsAsync(EvidenceRequest request) => await request.ListAsync(
        request.Session.Sns(request.Arn.Region),
        (c, token, t) => c.ListSubscriptionsByTopicAsync(new() { TopicArn = request.Subject, NextToken = token }, t),
        page => page.NextToken,
        page => page.Subscriptions.Required("Subscriptions").Each(
            s => new Subscription(s.SubscriptionArn.Required("SubscriptionArn"), s.Protocol ?? "", s.Owner ?? ""))).ConfigureAwait(false);

    public static Task<TopicAttributes?> TopicAttributesAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Sns(request.Arn.Region), (c, t) => c.GetTopicAttributesAsync(new() { TopicArn = request.Subject }, t), TopicAttributes? (response) =>
        {
            var attributes = response.Attributes.Required("Attributes");
            return new TopicAttributes(
                attributes.TryGetValue("Policy", out var policy) ? policy : null,
                attributes.TryGetValue("KmsMasterKeyId", out var key) && key.Length > 0 ? key : null);
        });

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
