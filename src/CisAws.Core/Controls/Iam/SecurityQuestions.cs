using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Controls.Iam;

/// <summary>1.15: security questions are registered. No API ever told, and AWS has withdrawn them, so a person decides.</summary>
[Control("1.15")]
internal sealed class SecurityQuestions : ControlRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [];

    public override bool MayNeedAPerson => true;

    public override IEnumerable<CisFinding> Evaluate(RuleContext context) =>
    [
        context.Manual(
            context.Account, "NotReadable",
            "No AWS API tells whether security questions are registered, and AWS has withdrawn them. " +
            "Record that the control does not apply, and keep the root user's e-mail address, phone number and the alternate contacts right instead."),
    ];
}
