using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>Account management and the organisation.</summary>
internal static class Contacts
{
    public static void Add(AccountDraft draft)
    {
        var draw = draft.Draw;
        // AWS demands these five of every primary contact; company and postal code may be left out.
        draft.Evidence
            .Set(EvidenceKinds.ContactInformation, "", draw.Maybe(() => new ContactInformation(
                draft.Words(), draw.Maybe(draft.Words), "+49 30 555 0100", "1 Main St", "Zürich", "CH", draw.Maybe(() => "8001"))))
            .Set(EvidenceKinds.SecurityContact, "", draw.Maybe(() => new AlternateContact(draft.Words(), "CISO", "security+aws@example.com", "+1 (555) 0100")))
            .Set(EvidenceKinds.Organization, "", draw.Maybe(() => new Organization("o-a1b2c3d4e5", draw.OneOf(AccountDraft.ManagementAccountId, draft.AccountId))));
    }
}
