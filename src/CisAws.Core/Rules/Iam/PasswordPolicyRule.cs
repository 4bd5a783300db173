using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>
/// A rule about the account's password policy. An account without a policy of its own has AWS's default
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html): 8 characters, three
/// of the four classes, no expiry, no history. It meets none of the rules.
/// </summary>
internal abstract class PasswordPolicyRule : Rule
{
    public sealed override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.PasswordPolicy];

    // Only for the note that no user has a password.
    public sealed override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.CredentialReport];

    public sealed override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return context.Evidence.Get(EvidenceKinds.PasswordPolicy).Match(
            policy =>
            {
                var (meets, code, reason, fact) = policy is null
                    ? (false, "NoPasswordPolicy", $"The account has no password policy; {OfDefaultPolicy(context)}.", new CisFact("PasswordPolicy", "AWS default"))
                    : Evaluate(context, policy);
                CisFact[] facts = [fact, .. Notes(context)];
                return meets ? context.Pass(context.Account, code, reason, facts) : context.Fail(context.Account, code, reason, facts);
            },
            why => context.Unknown(context.Account, why));
    }

    /// <summary>What AWS's default policy lacks, as a clause: <c>AWS's default policy requires 8 characters</c>.</summary>
    protected abstract string OfDefaultPolicy(RuleContext context);

    protected abstract (bool Meets, string Code, string Reason, CisFact Fact) Evaluate(RuleContext context, PasswordPolicy policy);

    /// <summary>The setting is assessed even if no user has a password, but then a failure is not urgent.</summary>
    private static IEnumerable<CisFact> Notes(RuleContext context)
    {
        var nobody = CredentialReportReader.Read(context).Match(
            report => report.MissingColumn([ReportColumn.User, ReportColumn.PasswordEnabled]) is null &&
                report.Users.All(u => u.Problem is null && u.Boolean(ReportColumn.PasswordEnabled) == false),
            _ => false);
        return nobody ? [new CisFact("Note", "No IAM user currently has a password.")] : [];
    }
}
