using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using Api = Amazon.Account.Model;

namespace CisAws.Aws.Readers;

/// <summary>The account's contacts, and the organisation it is in.</summary>
internal static class AccountReaders
{
    public static async Task<ContactInformation?> ContactInformationAsync(AwsSession session, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.AccountManagement.CallAsync(
                "account:GetContactInformation", (c, t) => c.GetContactInformationAsync(new Api.GetContactInformationRequest(), t), cancellationToken)
                .ConfigureAwait(false);
            var contact = response.ContactInformation.Required("ContactInformation");
            return new ContactInformation(
                contact.FullName, contact.CompanyName, contact.PhoneNumber, contact.AddressLine1, contact.City, contact.CountryCode, contact.PostalCode);
        }
        catch (CallFailedException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    public static async Task<AlternateContact?> SecurityContactAsync(AwsSession session, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.AccountManagement.CallAsync(
                "account:GetAlternateContact",
                (c, t) => c.GetAlternateContactAsync(new Api.GetAlternateContactRequest { AlternateContactType = "SECURITY" }, t),
                cancellationToken).ConfigureAwait(false);
            var contact = response.AlternateContact.Required("AlternateContact");
            return new AlternateContact(contact.Name, contact.Title, contact.EmailAddress, contact.PhoneNumber);
        }
        catch (CallFailedException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    public static async Task<Organization?> OrganizationAsync(AwsSession session, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.Organizations.CallAsync(
                "organizations:DescribeOrganization",
                (c, t) => c.DescribeOrganizationAsync(new Amazon.Organizations.Model.DescribeOrganizationRequest(), t),
                cancellationToken).ConfigureAwait(false);
            var organization = response.Organization.Required("Organization");
            return new Organization(organization.Id.Required("Id"), organization.MasterAccountId.Required("MasterAccountId"));
        }
        catch (CallFailedException e) when (e.ErrorCode == "AWSOrganizationsNotInUseException")
        {
            return null;
        }
    }
}
