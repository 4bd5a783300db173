using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon Simple Notification Service.</summary>
internal static class Sns
{
    private const int MostSubscriptions = 100;

    private static readonly Wording Words = Wording.Query with
    {
        AccessDenied = new("AuthorizationError", 403, ""),
        ForeignOwner = new("AuthorizationError", 403, ""),
        Throttled = new("Throttled", 429, "Rate exceeded"),
    };

    public static Service Service { get; } = new("sns", "sns", Words, new QueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/"))
    {
        { "ListSubscriptionsByTopic", ListSubscriptionsByTopic },
    };

    private static Shape ListSubscriptionsByTopic(Call call)
    {
        var topicArn = call.Input.RequiredText("TopicArn");
        if (Arn.TryParse(topicArn)?.Region != call.Region)
        {
            throw new AwsError("InvalidParameter", 400, "Invalid parameter: TopicArn");
        }

        call.Account.TryRead(Kinds.TopicSubscriptions, topicArn, out var subscriptions);
        var page = call.Page(
            subscriptions ?? throw new AwsError("NotFound", 404, "Topic does not exist"), "NextToken", null, MostSubscriptions);
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
}
