using System.Globalization;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>The password policy remembers the last 24 passwords, which is the most IAM can.</summary>
internal sealed class PasswordReuse : PasswordPolicyRule
{
    protected override string OfDefaultPolicy(RuleContext context) => "AWS's default policy remembers no passwords";

    protected override (bool Meets, string Code, string Reason, CisFact Fact) Evaluate(RuleContext context, PasswordPolicy policy)
    {
        var wanted = context.Settings.Integer("PasswordReuseCount");
        var remembered = policy.PasswordReusePrevention ?? 0;
        var fact = new CisFact(
            "PasswordReusePrevention", policy.PasswordReusePrevention?.ToString(CultureInfo.InvariantCulture) ?? "(not set)");
        return remembered >= wanted
            ? (true, "ReusePrevented", $"The password policy remembers {Quantity.Of(remembered, "password")}.", fact)
            : remembered > 0
                ? (false, "TooFewRemembered", $"The password policy remembers {Quantity.Of(remembered, "password")}; {wanted} are required.", fact)
                : (false, "ReuseAllowed", $"The password policy remembers no passwords; {wanted} are required.", fact);
    }
}
