using Amazon.Runtime;

namespace Amazon.Account.Model;

/// <summary>It names no account: who names the own one is refused.</summary>
internal sealed class GetContactInformationRequest : AmazonWebServiceRequest;

internal sealed class GetContactInformationResponse : AmazonWebServiceResponse
{
    public ContactInformation? ContactInformation { get; set; }
}

internal sealed class ContactInformation
{
    public string? FullName { get; set; }

    public string? CompanyName { get; set; }

    public string? PhoneNumber { get; set; }

    public string? AddressLine1 { get; set; }

    public string? City { get; set; }

    public string? CountryCode { get; set; }

    public string? PostalCode { get; set; }
}

/// <summary>It names no account: who names the own one is refused.</summary>
internal sealed class GetAlternateContactRequest : AmazonWebServiceRequest
{
    /// <summary>BILLING, OPERATIONS or SECURITY.</summary>
    public string? AlternateContactType { get; set; }
}

internal sealed class GetAlternateContactResponse : AmazonWebServiceResponse
{
    public AlternateContact? AlternateContact { get; set; }
}

internal sealed class AlternateContact
{
    public string? Name { get; set; }

    public string? Title { get; set; }

    public string? EmailAddress { get; set; }

    public string? PhoneNumber { get; set; }
}
