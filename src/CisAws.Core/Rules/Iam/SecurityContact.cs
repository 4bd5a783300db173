using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>An alternate contact of type SECURITY is registered, with an email address.</summary>
internal sealed class SecurityContact : Rule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.SecurityContact];

    public override bool SupportsAttestation => true;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return context.Evidence.Account.Partition == "aws-us-gov"
            ? NotOffered(context)
            : context.Evidence.Get(EvidenceKinds.SecurityContact).Match(
                contact => Evaluate(context, contact),
                why => why.Kind == ReadFailureKind.NotSupported ? NotOffered(context) : context.Unknown(context.Account, why));
    }

    private static RuleFinding NotOffered(RuleContext context) => context.Manual(
        context.Account, "NotReadable", "This partition has no API for alternate contacts; review the security contact in the console.");

    private static RuleFinding Evaluate(RuleContext context, AlternateContact? contact)
    {
        if (contact is null)
        {
            return context.Fail(context.Account, "NoSecurityContact", "The account has no security contact.");
        }

        CisFact[] facts =
        [
            new("EmailAddress", ContactMask.EmailAddress(contact.EmailAddress)), new("PhoneNumber", ContactMask.Phone(contact.PhoneNumber)),
            new("Name", ContactMask.Presence(contact.Name)), new("Title", ContactMask.Presence(contact.Title)),
        ];
        if (string.IsNullOrWhiteSpace(contact.EmailAddress))
        {
            return context.Fail(context.Account, "NoEmailAddress", "The security contact has no email address.", facts);
        }

        var domain = ContactMask.DomainOf(contact.EmailAddress!);
        var domains = context.Settings.TextList("RequiredContactDomains");
        return domains.Count > 0 && !domains.Contains(domain, StringComparer.OrdinalIgnoreCase)
            ? context.Fail(
                context.Account, "ForeignDomain", $"The email address of the security contact is in {domain}, which the program does not allow.", facts)
            : context.Pass(context.Account, "SecurityContactSet", "The account has a security contact with an email address.", facts);
    }
}
