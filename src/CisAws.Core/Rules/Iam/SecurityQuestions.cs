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
            "AWS has withdrawn security questions, and no API shows them. Exclude the control in a compliance program with that reason, " +
            "and keep the root user's email address, phone number and the alternate contacts correct instead."),
    ];
}
