using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Policies;

namespace CisAws.Rules.Iam;

/// <summary>The AWS managed policy AWSCloudShellFullAccess is attached to nothing.</summary>
internal sealed class CloudShellFullAccess : Rule
{
    private const string Policy = "AWSCloudShellFullAccess";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.AuthorizationDetails];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
    [
        context.Evidence.Get(EvidenceKinds.AuthorizationDetails).Match(details => Evaluate(context, details), why => context.Unknown(context.Account, why)),
    ];

    private static RuleFinding Evaluate(RuleContext context, AuthorizationDetails details)
    {
        // A customer managed policy of that name has another ARN.
        var principals = PolicyPrincipal.With(details, $"arn:{context.Evidence.Account.Partition}:iam::aws:policy/{Policy}");
        return principals.Count == 0
            ? context.Pass(context.Account, "NotAttached", $"The AWS managed policy {Policy} is not attached to an identity.")
            : context.Fail(
                context.Account, "Attached", $"The AWS managed policy {Policy} is attached to {PolicyPrincipal.Print(principals)}.",
                [new CisFact("AttachedTo", string.Join(", ", principals.Select(p => p.Path)))]);
    }
}
