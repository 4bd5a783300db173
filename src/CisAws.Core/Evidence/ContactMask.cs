using System;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>
/// Results and evidence travel into tickets and mails, where the details of a contact have no business: enough to recognise them by is kept, and what
/// rules ask: whether a contact exists, what it lacks, and the domain of its email address. What is masked already stays as it is.
/// </summary>
internal static class ContactMask
{
    private const string Hidden = "***";
    private const string Missing = "(missing)";

    /// <summary>The last two digits of a phone number.</summary>
    public static string Phone(string? number)
    {
        // A number too short to hide behind two digits is hidden whole.
        var digits = new string((number ?? "").Where(c => c is >= '0' and <= '9').ToArray());
        return string.IsNullOrWhiteSpace(number) ? Missing
            : number!.StartsWith(Hidden, StringComparison.Ordinal) ? number
            : digits.Length > 4 ? Hidden + digits.Substring(digits.Length - 2) : Hidden;
    }

    /// <summary>The domain of an email address.</summary>
    public static string EmailAddress(string? address) => string.IsNullOrWhiteSpace(address) ? Missing : $"{Hidden}@{DomainOf(address!)}";

    /// <summary>That there is something, not what.</summary>
    public static string Presence(string? text) => string.IsNullOrWhiteSpace(text) ? Missing : "(set)";

    /// <summary>What follows the last @; empty where there is none.</summary>
    public static string DomainOf(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0 ? "" : address.Substring(at + 1).Trim();
    }

    /// <summary>Evidence in which the contacts are masked.</summary>
    public static AccountEvidence Apply(AccountEvidence evidence) => evidence.With(fact => fact switch
    {
        Observation<ContactInformation?> { Failure: null } contact => Observation.Known(contact.Match(c => c is null ? null : Masked(c), _ => null), contact.Origin!),
        Observation<AlternateContact?> { Failure: null } contact => Observation.Known(contact.Match(c => c is null ? null : Masked(c), _ => null), contact.Origin!),
        _ => fact,
    });

    private static ContactInformation Masked(ContactInformation contact) => contact with
    {
        FullName = Masked(contact.FullName),
        CompanyName = Masked(contact.CompanyName),
        PhoneNumber = Masked(contact.PhoneNumber, Phone),
        AddressLine1 = Masked(contact.AddressLine1),
        City = Masked(contact.City),
        PostalCode = Masked(contact.PostalCode),
    };

    private static AlternateContact Masked(AlternateContact contact) => contact with
    {
        Name = Masked(contact.Name),
        Title = Masked(contact.Title),
        EmailAddress = Masked(contact.EmailAddress, EmailAddress),
        PhoneNumber = Masked(contact.PhoneNumber, Phone),
    };

    private static string? Masked(string? text, Func<string, string>? mask = null) => string.IsNullOrWhiteSpace(text) ? text : mask?.Invoke(text!) ?? Hidden;
}
