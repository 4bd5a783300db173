using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;
using CisAws.Aws.Clients;

namespace Amazon.SimpleNotificationService;

internal sealed class AmazonSimpleNotificationServiceConfig() : ThinClientConfig("SNS", "sns", "sns", "2010-03-31");

/// <summary>Amazon SNS: the subscriptions and attributes of a topic.</summary>
internal sealed class AmazonSimpleNotificationServiceClient(AWSCredentials credentials, AmazonSimpleNotificationServiceConfig config)
    : ThinClient(credentials, config)
{
    private static readonly QueryOperation<ListSubscriptionsByTopicRequest, ListSubscriptionsByTopicResponse> ListSubscriptionsByTopic = new(
        "sns", "2010-03-31", "ListSubscriptionsByTopic", ReadSubscriptions, r => [("TopicArn", r.TopicArn), ("NextToken", r.NextToken)]);

    private static readonly QueryOperation<GetTopicAttributesRequest, GetTopicAttributesResponse> GetTopicAttributes = new(
        "sns", "2010-03-31", "GetTopicAttributes", ReadAttributes, r => [("TopicArn", r.TopicArn)]);

    public Task<ListSubscriptionsByTopicResponse> ListSubscriptionsByTopicAsync(
        ListSubscriptionsByTopicRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(ListSubscriptionsByTopic, request, cancellationToken);

    public Task<GetTopicAttributesResponse> GetTopicAttributesAsync(GetTopicAttributesRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetTopicAttributes, request, cancellationToken);

    private static ListSubscriptionsByTopicResponse ReadSubscriptions(XElement result) => new()
    {
        Subscriptions = result.Members("Subscriptions", s => new Subscription
        {
            SubscriptionArn = s.Text("SubscriptionArn"),
            Owner = s.Text("Owner"),
            Protocol = s.Text("Protocol"),
        }),
        NextToken = result.Text("NextToken"),
    };

    private static GetTopicAttributesResponse ReadAttributes(XElement result) => new()
    {
        Attributes = result.Child("Attributes")?.Elements().GroupBy(e => e.Text("key"), e => e.Text("value")).ToDictionary(
            e => e.Key ?? throw new XmlException("An attribute of the topic has no key."), e => e.Last() ?? "", StringComparer.Ordinal),
    };
}
