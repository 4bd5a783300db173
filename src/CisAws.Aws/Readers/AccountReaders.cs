using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>The account's contacts, and the organisation it is in.</summary>
internal static class AccountReaders
{
    public static Task<ContactInformation?> ContactInformationAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.AccountManagement, (c, t) => c.GetContactInformationAsync(new(), t), ContactInformation? (response) =>
        {
            var contact = response.ContactInformation.Required("ContactInformation");
            return new ContactInformation(
                contact.FullName, contact.CompanyName, contact.PhoneNumber, contact.AddressLine1, contact.City, contact.CountryCode, contact.PostalCode);
        });

    public static Task<AlternateContact?> SecurityContactAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.AccountManagement, (c, t) => c.GetAlternateContactAsync(new() { AlternateContactType = "SECURITY" }, t), AlternateContact? (response) =>
        {
            var contact = response.AlternateContact.Required("AlternateContact");
            return new AlternateContact(contact.Name, contact.Title, contact.EmailAddress, contact.PhoneNumber);
        });

    public static Task<Organization?> OrganizationAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Organizations, (c, t) => c.DescribeOrganizationAsync(new(), t), Organization? (response) =>
        {
            var organization = response.Organization.Required("Organization");
            return new Organization(organization.Id.Required("Id"), organization.MasterAccountId.Required("MasterAccountId"));
        });
}
