using System.Threading;
using System.Threading.Tasks;
using Amazon.IdentityManagement.Model;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using PasswordPolicy = CisAws.Evidence.PasswordPolicy;

namespace CisAws.Aws.Sources;

/// <summary>IAM.</summary>
internal static class IamSources
{
    public static async Task<PasswordPolicy?> PasswordPolicyAsync(AwsSession session, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await session.Iam.CallAsync(
                "iam:GetAccountPasswordPolicy", (iam, t) => iam.GetAccountPasswordPolicyAsync(new GetAccountPasswordPolicyRequest(), t), cancellationToken)
                .ConfigureAwait(false);
            var policy = answer.PasswordPolicy.Required("PasswordPolicy");
            return new PasswordPolicy(
                policy.MinimumPasswordLength,
                policy.RequireUppercaseCharacters ?? false,
                policy.RequireLowercaseCharacters ?? false,
                policy.RequireSymbols ?? false,
                policy.RequireNumbers ?? false,
                policy.ExpirePasswords,
                policy.MaxPasswordAge,
                policy.PasswordReusePrevention,
                policy.AllowUsersToChangePassword ?? false,
                policy.HardExpiry);
        }
        catch (CallFailedException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return null;
        }
    }
}
