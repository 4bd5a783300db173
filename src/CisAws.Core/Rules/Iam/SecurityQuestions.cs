using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>Security questions are registered. No API shows them, and AWS has withdrawn them.</summary>
internal sealed class SecurityQuestions : Rule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [];

    public override bool SupportsAttestation => true;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
    [
        context.Manual(
            context.Account, "NotReadable",
            "AWS has withdrawn security questions; exclude this control in a compliance program.",
            [
                new CisFact(
                    "Note",
                    "No API shows security questions. Keep the root user's email address and phone number and the alternate contacts correct instead."),
            ]),
    ];
}
