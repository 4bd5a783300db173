using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>
/// The account's contact details are current. Whether they are, and reach more than one person, requires a manual
/// review; what can be read is shown, masked.
/// </summary>
internal sealed class ContactDetails : Rule
{
    private const string Question = "Review manually: confirm that the contact details are current and reach more than one person.";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [];

    public override bool SupportsAttestation => true;

    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.ContactInformation];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return context.Evidence.Account.Partition == "aws-us-gov"
            ? context.Manual(context.Account, "OnlyAPersonCanTell", Question, [new CisFact("Note", "AWS GovCloud (US) has no API for contact details.")])
            : context.Evidence.Get(EvidenceKinds.ContactInformation).Match(
                contact => context.Manual(context.Account, "OnlyAPersonCanTell", Question, FactsOf(contact), WarningsOf(contact)),
                why => context.Manual(
                    context.Account, "OnlyAPersonCanTell", $"Review the contact details manually in the console: {why}.",
                    [new CisFact("Note", $"The contact details could not be read: {why}.")]));
    }

    private static IEnumerable<CisFact> FactsOf(ContactInformation? contact) => contact is null
        ? []
        :
        [
            new CisFact("FullName", ContactMask.Presence(contact.FullName)),
            new CisFact("CompanyName", ContactMask.Presence(contact.CompanyName)),
            new CisFact("PhoneNumber", ContactMask.Phone(contact.PhoneNumber)),
            new CisFact("Address", ContactMask.Presence(contact.AddressLine1)),
        ];

    private static IEnumerable<string> WarningsOf(ContactInformation? contact)
    {
        if (contact is null)
        {
            return ["The account has no contact details."];
        }

        (string Name, string? Value)[] wanted = [("full name", contact.FullName), ("phone number", contact.PhoneNumber), ("address", contact.AddressLine1)];
        return wanted.Where(w => string.IsNullOrWhiteSpace(w.Value)).Select(w => $"The contact details have no {w.Name}.");
    }
}
