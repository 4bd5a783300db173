using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

internal sealed class ListSubscriptionsByTopicRequest : AmazonWebServiceRequest
{
    public string? TopicArn { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class ListSubscriptionsByTopicResponse : AmazonWebServiceResponse
{
    public List<Subscription>? Subscriptions { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class GetTopicAttributesRequest : AmazonWebServiceRequest
{
    public string? TopicArn { get; set; }
}

internal sealed class GetTopicAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string>? Attributes { get; set; }
}

/// <summary>The endpoint, which may be a person's address, is not read.</summary>
internal sealed class Subscription
{
    public string? SubscriptionArn { get; set; }

    public string? Owner { get; set; }

    public string? Protocol { get; set; }
}
