using Amazon.Runtime;

namespace Amazon.SecurityHub.Model;

internal sealed class DescribeHubRequest : AmazonWebServiceRequest;

internal sealed class DescribeHubResponse : AmazonWebServiceResponse
{
    public string? HubArn { get; set; }

    public string? SubscribedAt { get; set; }
}
