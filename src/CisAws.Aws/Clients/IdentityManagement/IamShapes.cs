using System.Xml.Linq;
using Amazon.IdentityManagement.Model;
using CisAws.Aws.Clients;

namespace Amazon.IdentityManagement;

/// <summary>Reads IAM's answers.</summary>
internal static class IamShapes
{
    public static GetAccountPasswordPolicyResponse GetAccountPasswordPolicy(XElement result) =>
        new() { PasswordPolicy = result.Child("PasswordPolicy") is { } policy ? PasswordPolicy(policy) : null };

    private static PasswordPolicy PasswordPolicy(XElement policy) => new()
    {
        MinimumPasswordLength = policy.Integer("MinimumPasswordLength"),
        RequireUppercaseCharacters = policy.Boolean("RequireUppercaseCharacters"),
        RequireLowercaseCharacters = policy.Boolean("RequireLowercaseCharacters"),
        RequireSymbols = policy.Boolean("RequireSymbols"),
        RequireNumbers = policy.Boolean("RequireNumbers"),
        AllowUsersToChangePassword = policy.Boolean("AllowUsersToChangePassword"),
        ExpirePasswords = policy.Boolean("ExpirePasswords"),
        MaxPasswordAge = policy.Integer("MaxPasswordAge"),
        PasswordReusePrevention = policy.Integer("PasswordReusePrevention"),
        HardExpiry = policy.Boolean("HardExpiry"),
    };
}
