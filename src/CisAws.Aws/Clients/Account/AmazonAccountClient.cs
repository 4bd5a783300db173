using System.Text.Json;
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
        JsonOperation<GetContactInformationRequest, GetContactInformationResponse>.Post(
            "account", "/getContactInformation", response => new() { ContactInformation = response.Child("ContactInformation", Contact) });

    private static readonly JsonOperation<GetAlternateContactRequest, GetAlternateContactResponse> GetAlternateContact =
        JsonOperation<GetAlternateContactRequest, GetAlternateContactResponse>.Post(
            "account",
            "/getAlternateContact",
            response => new() { AlternateContact = response.Child("AlternateContact", Alternate) },
            request => new() { ["AlternateContactType"] = request.AlternateContactType });

    public Task<GetContactInformationResponse> GetContactInformationAsync(
        GetContactInformationRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetContactInformation, request, cancellationToken);

    public Task<GetAlternateContactResponse> GetAlternateContactAsync(
        GetAlternateContactRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetAlternateContact, request, cancellationToken);

    private static ContactInformation Contact(JsonElement contact) => new()
    {
        FullName = contact.Text("FullName"),
        CompanyName = contact.Text("CompanyName"),
        PhoneNumber = contact.Text("PhoneNumber"),
        AddressLine1 = contact.Text("AddressLine1"),
        City = contact.Text("City"),
        CountryCode = contact.Text("CountryCode"),
        PostalCode = contact.Text("PostalCode"),
    };

    private static AlternateContact Alternate(JsonElement contact) => new()
    {
        Name = contact.Text("Name"),
        Title = contact.Text("Title"),
        EmailAddress = contact.Text("EmailAddress"),
        PhoneNumber = contact.Text("PhoneNumber"),
    };
}
