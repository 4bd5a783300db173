using System.Globalization;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>The password policy requires 14 characters or more.</summary>
internal sealed class PasswordLength : PasswordPolicyRule
{
    // What UpdateAccountPasswordPolicy sets where the caller names no length.
    private const int LengthWhenUnset = 6;

    protected override string OfDefaultPolicy(RuleContext context) => "the minimum length of AWS's default policy is 8";

    protected override (bool Meets, string Code, string Reason, CisFact Fact) Evaluate(RuleContext context, PasswordPolicy policy)
    {
        var wanted = context.Settings.Integer("MinPasswordLength");
        var length = policy.MinimumPasswordLength ?? LengthWhenUnset;
        var fact = new CisFact("MinimumPasswordLength", policy.MinimumPasswordLength?.ToString(CultureInfo.InvariantCulture) ?? "(not set)");
        return length >= wanted
            ? (true, "LongEnough", $"The minimum password length is {length}.", fact)
            : (false, "TooShort", $"The minimum password length is {length}; at least {wanted} is required.", fact);
    }
}
