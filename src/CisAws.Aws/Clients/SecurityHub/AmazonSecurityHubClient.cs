using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SecurityHub.Model;
using CisAws.Aws.Clients;

namespace Amazon.SecurityHub;

internal sealed class AmazonSecurityHubConfig() : ThinClientConfig("SecurityHub", "securityhub", "securityhub", "2018-10-26");

/// <summary>AWS Security Hub: whether it is enabled.</summary>
internal sealed class AmazonSecurityHubClient(AWSCredentials credentials, AmazonSecurityHubConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeHubRequest, DescribeHubResponse> DescribeHub =
        JsonOperation<DescribeHubRequest, DescribeHubResponse>.Get(
            "securityhub", "/accounts", response => new() { HubArn = response.Text("HubArn"), SubscribedAt = response.Text("SubscribedAt") });

    public Task<DescribeHubResponse> DescribeHubAsync(DescribeHubRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeHub, request, cancellationToken);
}
