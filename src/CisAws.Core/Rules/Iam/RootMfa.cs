using System.Collections.Generic;
using CisAws.Evidence;
using CisAws.Results;

namespace CisAws.Rules.Iam;

/// <summary>1.13: the root user has an MFA device.</summary>
[Control("1.13")]
internal sealed class RootMfa : RootMfaRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.AccountSummary];

    protected override CisFinding JudgeDevices(RuleContext context, IReadOnlyList<CisFact> facts) =>
        context.Pass(context.Account, "RootMfaActive", "The root user has an MFA device.", facts);
}
