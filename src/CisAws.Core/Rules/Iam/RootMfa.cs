using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>The root user has an MFA device.</summary>
internal sealed class RootMfa : RootMfaRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.AccountSummary];

    protected override RuleFinding EvaluateDevices(RuleContext context, IReadOnlyList<CisFact> facts) =>
        context.Pass(context.Account, "RootMfaActive", "The root user has an MFA device.", facts);
}
