using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon Simple Notification Service.</summary>
internal static class Sns
{
    private const int MostSubscriptions = 100;

    private static readonly ServiceErrorCodes Errors = ServiceErrorCodes.Query with
    {
        AccessDenied = new("AuthorizationError", 403, ""),
        ForeignOwner = new("AuthorizationError", 403, ""),
        Throttled = new("Throttled", 429, "Rate exceeded"),
    };

    public static Service Service { get; } = new("sns", "sns", Errors, new QueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/"))
    {
        { "ListSubscriptionsByTopic", ListSubscriptionsByTopic },
        { "GetTopicAttributes", GetTopicAttributes },
    };

    private static Shape ListSubscriptionsByTopic(Call call)
    {
        var topicArn = TopicArn(call);
        call.Account.TryRead(EvidenceKinds.TopicSubscriptions, topicArn, out var subscriptions);
        var page = call.Page(
            subscriptions ?? throw NotFound(), "NextToken", null, MostSubscriptions);
        return new Shape
        {
            // The evidence does not keep endpoints, which may be people's addresses.
            ["Subscriptions"] = page.Items.Select(s => new Shape
            {
                ["SubscriptionArn"] = s.Arn,
                ["Owner"] = s.Owner,
                ["Protocol"] = s.Protocol,
                ["TopicArn"] = topicArn,
            }),
            ["NextToken"] = page.NextToken,
        };
    }

    private static Shape GetTopicAttributes(Call call)
    {
        var topicArn = TopicArn(call);
        if (!call.Account.TryRead(EvidenceKinds.TopicAttributes, topicArn, out var topic) &&
            call.Account.Evidence.Get(EvidenceKinds.TopicSubscriptions, topicArn).Match(s => s is not null, _ => false))
        {
            // Nothing more is known of it than that it exists.
            topic = new TopicAttributes();
        }

        (string Name, string? Value)[] attributes =
        [
            ("TopicArn", topicArn), ("Owner", Arn.TryParse(topicArn)!.AccountId), ("Policy", (topic ?? throw NotFound()).Policy),
            ("KmsMasterKeyId", topic.KmsMasterKeyId),
        ];
        return new Shape
        {
            ["Attributes"] = new NamedList(
                "entry", attributes.Where(a => a.Value is not null).Select(a => new Shape { ["key"] = a.Name, ["value"] = a.Value })),
        };
    }

    private static string TopicArn(Call call)
    {
        var topicArn = call.Input.RequiredText("TopicArn");
        return Arn.TryParse(topicArn)?.Region == call.Region ? topicArn : throw new AwsError("InvalidParameter", 400, "Invalid parameter: TopicArn");
    }

    private static AwsError NotFound() => new("NotFound", 404, "Topic does not exist");
}
