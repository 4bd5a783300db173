using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Account Management.</summary>
internal static class AccountManagement
{
    public static Service Service { get; } = new("account", "account", ServiceErrorCodes.RestJson, new RestJsonProtocol())
    {
        { "POST /getContactInformation", "GetContactInformation", "GetContactInformation", GetContactInformation },
        { "POST /getAlternateContact", "GetAlternateContact", "GetAlternateContact", GetAlternateContact },
    };

    private static Shape GetContactInformation(Call call)
    {
        RefuseAccountId(call);
        var contact = call.Read(EvidenceKinds.ContactInformation) ?? throw NotFound("No contact information was found.");
        return new Shape
        {
            ["ContactInformation"] = new Shape
            {
                ["FullName"] = contact.FullName,
                ["CompanyName"] = contact.CompanyName,
                ["PhoneNumber"] = contact.PhoneNumber,
                ["AddressLine1"] = contact.AddressLine1,
                ["City"] = contact.City,
                ["CountryCode"] = contact.CountryCode,
                ["PostalCode"] = contact.PostalCode,
            },
        };
    }

    private static Shape GetAlternateContact(Call call)
    {
        RefuseAccountId(call);
        var type = call.Input.RequiredText("AlternateContactType");
        // The evidence keeps the security contact only.
        var contact = (type == "SECURITY" ? call.Read(EvidenceKinds.SecurityContact) : null) ?? throw NotFound("No contact of the inputted alternate contact type found.");
        return new Shape
        {
            ["AlternateContact"] = new Shape
            {
                ["AlternateContactType"] = type,
                ["Name"] = contact.Name,
                ["Title"] = contact.Title,
                ["EmailAddress"] = contact.EmailAddress,
                ["PhoneNumber"] = contact.PhoneNumber,
            },
        };
    }

    /// <summary>An account asks about itself without naming itself; to name one is for an organisation's management account, about another.</summary>
    private static void RefuseAccountId(Call call)
    {
        if (call.Input.Text("AccountId") is not null)
        {
            throw new AwsError(
                "AccessDeniedException", 403, $"User: {call.Principal.Arn} is not authorized to perform: account:{call.Operation} (Your organization must first enable trusted access with AWS Account Management.)");
        }
    }

    private static AwsError NotFound(string message) => new("ResourceNotFoundException", 404, message);
}
