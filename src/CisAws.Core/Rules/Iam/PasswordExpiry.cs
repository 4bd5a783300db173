using System.Globalization;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>Passwords expire within 90 days.</summary>
internal sealed class PasswordExpiry : PasswordPolicyRule
{
    protected override string OfDefaultPolicy(RuleContext context) => "by AWS's default passwords never expire";

    protected override (bool Meets, string Code, string Reason, CisFact Fact) Judge(RuleContext context, PasswordPolicy policy)
    {
        var wanted = context.Settings.Integer("MaxPasswordAgeDays");
        var age = policy.MaxPasswordAge ?? 0;
        var fact = new CisFact("MaxPasswordAge", policy.MaxPasswordAge?.ToString(CultureInfo.InvariantCulture) ?? "(not set)");

        // AWS derives ExpirePasswords from MaxPasswordAge, so one that is not there takes nothing away.
        return policy.ExpirePasswords == false || age < 1
            ? (false, "NeverExpire", $"Passwords never expire; they must within {UtcTime.Days(wanted)}.", fact)
            : age > wanted
                ? (false, "ExpireTooLate", $"Passwords expire after {UtcTime.Days(age)}; they must within {UtcTime.Days(wanted)}.", fact)
                : (true, "ExpireInTime", $"Passwords expire after {UtcTime.Days(age)}.", fact);
    }
}
