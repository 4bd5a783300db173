using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Controls.Iam;

/// <summary>1.9: the password policy asks for 14 characters or more.</summary>
[Control("1.9")]
internal sealed class PasswordLength : ControlRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [Kinds.PasswordPolicy];

    public override IEnumerable<CisFinding> Evaluate(RuleContext context)
    {
        var wanted = context.Settings.Integer("MinPasswordLength");
        yield return context.Evidence.Get(Kinds.PasswordPolicy).Match(
            policy => policy switch
            {
                null => context.Fail(
                    context.Account, "NoPasswordPolicy", "The account has no password policy of its own, and AWS's default asks for 8 characters."),
                { MinimumPasswordLength: { } length } when length >= wanted => context.Pass(
                    context.Account, "LongEnough", $"Passwords must have at least {length} characters."),
                _ => context.Fail(
                    context.Account, "TooShort", $"Passwords may be as short as {policy.MinimumPasswordLength ?? 6} characters; {wanted} are asked for."),
            },
            why => context.Unknown(context.Account, why));
    }
}
