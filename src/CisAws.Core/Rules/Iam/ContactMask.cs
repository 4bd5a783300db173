using System.Linq;

namespace CisAws.Rules.Iam;

/// <summary>Results travel into tickets and mails, where the details of a contact have no business: enough to recognise them by is kept.</summary>
internal static class ContactMask
{
    private const string Missing = "(missing)";

    /// <summary>The last two digits of a phone number.</summary>
    public static string Phone(string? number)
    {
        // A number too short to hide behind two digits is hidden whole.
        var digits = new string((number ?? "").Where(c => c is >= '0' and <= '9').ToArray());
        return string.IsNullOrWhiteSpace(number) ? Missing : digits.Length > 4 ? "***" + digits.Substring(digits.Length - 2) : "***";
    }

    /// <summary>The domain of an email address.</summary>
    public static string EmailAddress(string? address) => string.IsNullOrWhiteSpace(address) ? Missing : "***@" + DomainOf(address!);

    /// <summary>That there is something, not what.</summary>
    public static string Presence(string? text) => string.IsNullOrWhiteSpace(text) ? Missing : "(set)";

    /// <summary>What follows the last @; empty where there is none.</summary>
    public static string DomainOf(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 0 ? "" : address.Substring(at + 1).Trim();
    }
}
