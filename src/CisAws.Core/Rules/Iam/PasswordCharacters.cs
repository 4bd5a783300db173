using System;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>
/// The password policy requires a type of character: an uppercase letter, a lowercase letter, a symbol, a number. Parameters:
/// <c>character</c>, as sentences name it, and <c>field</c>, the policy's name for it.
/// </summary>
internal sealed class PasswordCharacters : PasswordPolicyRule
{
    private string Character => Definition.Parameter<string>("character");

    protected override string OfDefaultPolicy(RuleContext context) =>
        $"AWS's default policy does not require {Character}";

    protected override (bool Meets, string Code, string Reason, CisFact Fact) Evaluate(RuleContext context, PasswordPolicy policy)
    {
        var field = Definition.Parameter<string>("field");
        var required = field switch
        {
            nameof(PasswordPolicy.RequireUppercaseCharacters) => policy.RequireUppercaseCharacters,
            nameof(PasswordPolicy.RequireLowercaseCharacters) => policy.RequireLowercaseCharacters,
            nameof(PasswordPolicy.RequireSymbols) => policy.RequireSymbols,
            nameof(PasswordPolicy.RequireNumbers) => policy.RequireNumbers,
            _ => throw new InvalidOperationException($"Password policies have no field {field}, which the file of rule {Id} names."),
        };
        var fact = new CisFact(field, required ? "true" : "false");
        return required
            ? (true, "Required", $"The password policy requires {Character}.", fact)
            : (false, "NotRequired", $"The password policy does not require {Character}.", fact);
    }
}
