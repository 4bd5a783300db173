using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using LogsApi = Amazon.CloudWatchLogs.Model;
using SnsApi = Amazon.SimpleNotificationService.Model;

namespace CisAws.Aws.Readers;

/// <summary>What stands behind a trail's log group: the group, its metric filters, and the subscriptions and attributes of topics.</summary>
internal static class MonitoringReaders
{
    private const string LogGroupPrefix = "log-group:";

    public static async Task<LogGroup?> LogGroupAsync(AwsSession session, Arn group, CancellationToken cancellationToken)
    {
        var name = NameOf(group);
        var groups = await session.Logs(group.Region).ListAsync(
            "logs:DescribeLogGroups", (c, token, t) => c.DescribeLogGroupsAsync(new() { LogGroupNamePrefix = name, NextToken = token }, t),
            page => (page.LogGroups.Required("logGroups"), page.NextToken), cancellationToken).ConfigureAwait(false);

        // The prefix is the whole name, and finds longer names as well.
        return groups.FirstOrDefault(g => g.LogGroupName == name) is { } found ? new LogGroup(name, group.ToString(), found.LogGroupClass) : null;
    }

    public static async Task<IReadOnlyList<MetricFilter>> MetricFiltersAsync(AwsSession session, Arn group, CancellationToken cancellationToken)
    {
        var name = NameOf(group);
        try
        {
            var filters = await session.Logs(group.Region).ListAsync(
                "logs:DescribeMetricFilters", (c, token, t) => c.DescribeMetricFiltersAsync(new() { LogGroupName = name, NextToken = token }, t),
                page => (page.MetricFilters.Required("metricFilters"), page.NextToken), cancellationToken).ConfigureAwait(false);
            return filters.Each(f => new MetricFilter(
                f.FilterName.Required("filterName"),
                f.LogGroupName ?? name,
                f.FilterPattern ?? "",
                f.MetricTransformations.Each(Transformation),
                f.ApplyOnTransformedLogs ?? false,
                f.FieldSelectionCriteria,
                f.EmitSystemFieldDimensions)).Once(f => f.Name);
        }
        catch (CallFailedException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return [];
        }
    }

    public static async Task<IReadOnlyList<Subscription>?> SubscriptionsAsync(AwsSession session, Arn topic, CancellationToken cancellationToken)
    {
        try
        {
            var subscriptions = await session.Sns(topic.Region).ListAsync(
                "sns:ListSubscriptionsByTopic", (c, token, t) => c.ListSubscriptionsByTopicAsync(new() { TopicArn = topic.ToString(), NextToken = token }, t),
                page => (page.Subscriptions.Required("Subscriptions"), page.NextToken), cancellationToken, session.IsForeign(topic)).ConfigureAwait(false);
            return subscriptions.Each(s => new Subscription(s.SubscriptionArn.Required("SubscriptionArn"), s.Protocol ?? "", s.Owner ?? ""));
        }
        catch (CallFailedException e) when (e.ErrorCode is "NotFound" or "NotFoundException")
        {
            return null;
        }
    }

    public static async Task<TopicAttributes?> TopicAttributesAsync(AwsSession session, Arn topic, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.Sns(topic.Region).CallAsync(
                "sns:GetTopicAttributes",
                (c, t) => c.GetTopicAttributesAsync(new SnsApi.GetTopicAttributesRequest { TopicArn = topic.ToString() }, t),
                cancellationToken,
                session.IsForeign(topic)).ConfigureAwait(false);
            var attributes = response.Attributes.Required("Attributes");
            return new TopicAttributes(
                attributes.TryGetValue("Policy", out var policy) ? policy : null,
                attributes.TryGetValue("KmsMasterKeyId", out var key) && key.Length > 0 ? key : null);
        }
        catch (CallFailedException e) when (e.ErrorCode is "NotFound" or "NotFoundException")
        {
            return null;
        }
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
