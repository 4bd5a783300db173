using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Organizations.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.Organizations;

internal sealed class AmazonOrganizationsConfig() : ThinClientConfig("Organizations", "organizations", "organizations", "2016-11-28");

/// <summary>AWS Organizations: the organisation an account is in.</summary>
internal sealed class AmazonOrganizationsClient(AWSCredentials credentials, AmazonOrganizationsConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeOrganizationRequest, DescribeOrganizationResponse> DescribeOrganization =
        JsonOperation<DescribeOrganizationRequest, DescribeOrganizationResponse>.Rpc(
            "organizations", "AWSOrganizationsV20161128.DescribeOrganization", response => new()
            {
                Organization = response.Child("Organization", o => new Organization { Id = o.Text("Id"), MasterAccountId = o.Text("MasterAccountId") }),
            });

    public Task<DescribeOrganizationResponse> DescribeOrganizationAsync(
        DescribeOrganizationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeOrganization, request, cancellationToken);
}
