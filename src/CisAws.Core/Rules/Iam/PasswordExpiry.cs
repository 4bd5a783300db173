using System.Globalization;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>Passwords expire within 90 days.</summary>
internal sealed class PasswordExpiry : PasswordPolicyRule
{
    protected override string OfDefaultPolicy(RuleContext context) => "AWS's default policy never expires passwords";

    protected override (bool Meets, string Code, string Reason, CisFact Fact) Evaluate(RuleContext context, PasswordPolicy policy)
    {
        var wanted = context.Settings.Integer("MaxPasswordAgeDays");
        var age = policy.MaxPasswordAge ?? 0;
        var fact = new CisFact("MaxPasswordAge", policy.MaxPasswordAge?.ToString(CultureInfo.InvariantCulture) ?? "(not set)");

        // AWS derives ExpirePasswords from MaxPasswordAge, so a missing ExpirePasswords does not matter.
        return policy.ExpirePasswords == false || age < 1
            ? (false, "NeverExpire", $"Passwords never expire; the maximum age is {UtcTime.Days(wanted)}.", fact)
            : age > wanted
                ? (false, "ExpireTooLate", $"Passwords expire after {UtcTime.Days(age)}; the maximum is {UtcTime.Days(wanted)}.", fact)
                : (true, "ExpireInTime", $"Passwords expire after {UtcTime.Days(age)}.", fact);
    }
}
