using System.Threading;
using System.Threading.Tasks;
using Amazon.Account.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.Account;

internal sealed class AmazonAccountConfig() : ThinClientConfig("Account", "account", "account", "2021-02-01")
{
    protected override bool HasFipsHosts(RegionEndpoint region) => true;
}

/// <summary>AWS Account Management: the contacts.</summary>
internal sealed class AmazonAccountClient(AWSCredentials credentials, AmazonAccountConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<GetContactInformationRequest, GetContactInformationResponse> GetContactInformation =
        JsonOperation<GetContactInformationRequest, GetContactInformationResponse>.Post("account", "/getContactInformation");

    private static readonly JsonOperation<GetAlternateContactRequest, GetAlternateContactResponse> GetAlternateContact =
        JsonOperation<GetAlternateContactRequest, GetAlternateContactResponse>.Post("account", "/getAlternateContact");

    public Task<GetContactInformationResponse> GetContactInformationAsync(
        GetContactInformationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetContactInformation, request, cancellationToken);

    public Task<GetAlternateContactResponse> GetAlternateContactAsync(
        GetAlternateContactRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetAlternateContact, request, cancellationToken);
}
