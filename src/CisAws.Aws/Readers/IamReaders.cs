using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using Api = Amazon.IdentityManagement.Model;

namespace CisAws.Aws.Readers;

/// <summary>IAM, but for the credential report and the authorization details.</summary>
internal static class IamReaders
{
    public static async Task<PasswordPolicy?> PasswordPolicyAsync(AwsSession session, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.Iam.CallAsync(
                "iam:GetAccountPasswordPolicy", (c, t) => c.GetAccountPasswordPolicyAsync(new Api.GetAccountPasswordPolicyRequest(), t), cancellationToken)
                .ConfigureAwait(false);
            var policy = response.PasswordPolicy.Required("PasswordPolicy");
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

    public static async Task<IReadOnlyDictionary<string, int>> AccountSummaryAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var response = await session.Iam.CallAsync(
            "iam:GetAccountSummary", (c, t) => c.GetAccountSummaryAsync(new Api.GetAccountSummaryRequest(), t), cancellationToken).ConfigureAwait(false);
        return response.SummaryMap.Required("SummaryMap");
    }

    public static async Task<IReadOnlyList<VirtualMfaDevice>> VirtualMfaDevicesAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var devices = await session.Iam.ListAsync(
            "iam:ListVirtualMFADevices", (c, marker, t) => c.ListVirtualMFADevicesAsync(new() { AssignmentStatus = "Assigned", Marker = marker }, t),
            page => (page.VirtualMFADevices.Required("VirtualMFADevices"), MarkerOf(page.IsTruncated, page.Marker)), cancellationToken).ConfigureAwait(false);
        return devices.Each(d => new VirtualMfaDevice(d.SerialNumber.Required("SerialNumber"), d.User?.Arn, d.EnableDate.Utc()))
            .Once(d => d.SerialNumber);
    }

    /// <summary>AWSSupportAccess is AWS's own policy; a customer's policy of that name has another ARN.</summary>
    public static async Task<PolicyEntities?> SupportPolicyEntitiesAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var arn = $"arn:{session.Account.Partition}:iam::aws:policy/AWSSupportAccess";
        var (roles, users, groups) = (new List<string>(), new List<string>(), new List<string>());
        try
        {
            await Paginator.ReadAsync(
                marker => session.Iam.CallAsync(
                    "iam:ListEntitiesForPolicy",
                    (c, t) => c.ListEntitiesForPolicyAsync(
                        new Api.ListEntitiesForPolicyRequest { PolicyArn = arn, PolicyUsageFilter = "PermissionsPolicy", Marker = marker }, t),
                    cancellationToken),
                page => MarkerOf(page.IsTruncated, page.Marker),
                page =>
                {
                    roles.AddRange(page.PolicyRoles.Each(r => r.RoleName.Required("RoleName")));
                    users.AddRange(page.PolicyUsers.Each(u => u.UserName.Required("UserName")));
                    groups.AddRange(page.PolicyGroups.Each(g => g.GroupName.Required("GroupName")));
                }).ConfigureAwait(false);
            return new PolicyEntities(roles.Once(r => r), users.Once(u => u), groups.Once(g => g));
        }
        catch (CallFailedException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return null;
        }
    }

    public static async Task<IReadOnlyList<InstanceProfile>> InstanceProfilesAsync(AwsSession session, CancellationToken cancellationToken)
    {
        var profiles = await session.Iam.ListAsync(
            "iam:ListInstanceProfiles", (c, marker, t) => c.ListInstanceProfilesAsync(new() { Marker = marker }, t),
            page => (page.InstanceProfiles.Required("InstanceProfiles"), MarkerOf(page.IsTruncated, page.Marker)), cancellationToken).ConfigureAwait(false);
        return profiles.Each(p => new InstanceProfile(
            p.InstanceProfileName ?? "", p.Arn.Required("Arn"), p.Roles.Each(r => r.RoleName.Required("RoleName"))))
            .Once(p => p.Arn);
    }

    /// <summary>The access keys of one user; none when the user was deleted since the report was generated.</summary>
    public static async Task<IReadOnlyList<AccessKey>> AccessKeysAsync(AwsSession session, string userName, CancellationToken cancellationToken)
    {
        try
        {
            var keys = await session.Iam.ListAsync(
                "iam:ListAccessKeys", (c, marker, t) => c.ListAccessKeysAsync(new() { UserName = userName, Marker = marker }, t),
                page => (page.AccessKeyMetadata.Required("AccessKeyMetadata"), MarkerOf(page.IsTruncated, page.Marker)), cancellationToken).ConfigureAwait(false);
            return keys.Each(k => new AccessKey(
                k.AccessKeyId.Required("AccessKeyId"), k.Status.Required("Status"), k.CreateDate.Utc() ?? throw new InvalidDataException("The response has no CreateDate.")))
                .Once(k => k.Id);
        }
        catch (CallFailedException e) when (e.ErrorCode == "NoSuchEntity")
        {
            return [];
        }
    }

    /// <summary>IAM says apart whether there is more; a truncated page without a marker would lose the rest in silence.</summary>
    public static string? MarkerOf(bool? isTruncated, string? marker) => isTruncated != true ? null
        : string.IsNullOrEmpty(marker) ? throw new InvalidDataException("The response is truncated and has no Marker.")
        : marker;
}
