using System;
using CisAws.Benchmarks;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>1.5 to 1.8: the password policy asks for an uppercase letter, a lowercase letter, a symbol, a number.</summary>
[Control("1.5", "1.6", "1.7", "1.8")]
internal sealed class PasswordCharacters : PasswordPolicyRule
{
    protected override string OfDefaultPolicy(RuleContext context) =>
        $"AWS's default, which asks for three of four kinds of characters, can do without {Demand(context.ControlId).Character}";

    protected override (bool Meets, string Code, string Reason, CisFact Fact) Judge(RuleContext context, PasswordPolicy policy)
    {
        var (character, field, isRequired) = Demand(context.ControlId);
        var required = isRequired(policy);
        var fact = new CisFact(field, required ? "true" : "false");
        return required
            ? (true, "Required", $"Passwords must have {character}.", fact)
            : (false, "NotRequired", $"Passwords can do without {character}.", fact);
    }

    private static (string Character, string Field, Func<PasswordPolicy, bool> IsRequired) Demand(ControlId control) => control.ToString() switch
    {
        "1.5" => ("an uppercase letter", nameof(PasswordPolicy.RequireUppercaseCharacters), p => p.RequireUppercaseCharacters),
        "1.6" => ("a lowercase letter", nameof(PasswordPolicy.RequireLowercaseCharacters), p => p.RequireLowercaseCharacters),
        "1.7" => ("a symbol", nameof(PasswordPolicy.RequireSymbols), p => p.RequireSymbols),
        "1.8" => ("a number", nameof(PasswordPolicy.RequireNumbers), p => p.RequireNumbers),
        var other => throw new InvalidOperationException($"{nameof(PasswordCharacters)} does not decide control {other}."),
    };
}
