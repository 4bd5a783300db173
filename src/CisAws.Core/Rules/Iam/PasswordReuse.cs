using System.Globalization;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>The password policy remembers the last 24 passwords, which is the most IAM can.</summary>
internal sealed class PasswordReuse : PasswordPolicyRule
{
    protected override string OfDefaultPolicy(RuleContext context) => "AWS's default remembers no past password";

    protected override (bool Meets, string Code, string Reason, CisFact Fact) Judge(RuleContext context, PasswordPolicy policy)
    {
        var wanted = context.Settings.Integer("PasswordReuseCount");
        var remembered = policy.PasswordReusePrevention ?? 0;
        var fact = new CisFact(
            "PasswordReusePrevention", policy.PasswordReusePrevention?.ToString(CultureInfo.InvariantCulture) ?? "(not set)");
        return remembered >= wanted
            ? (true, "ReusePrevented", $"The last {remembered} passwords cannot be used again.", fact)
            : remembered > 0
                ? (false, "TooFewRemembered", $"The password policy remembers only {remembered} passwords; the minimum is {wanted}.", fact)
                : (false, "ReuseAllowed", $"Past passwords can be used again at once; {wanted} must be remembered.", fact);
    }
}
