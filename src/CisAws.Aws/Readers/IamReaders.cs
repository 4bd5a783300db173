using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>IAM, but for the credential report and the authorization details.</summary>
internal static class IamReaders
{
    public static Task<PasswordPolicy?> PasswordPolicyAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Iam, (c, t) => c.GetAccountPasswordPolicyAsync(new(), t), PasswordPolicy? (response) =>
        {
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
        });

    public static Task<IReadOnlyDictionary<string, int>> AccountSummaryAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Iam, (c, t) => c.GetAccountSummaryAsync(new(), t), IReadOnlyDictionary<string, int> (response) => response.SummaryMap.Required("SummaryMap"));

    public static Task<IReadOnlyList<VirtualMfaDevice>> VirtualMfaDevicesAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Iam,
        (c, marker, t) => c.ListVirtualMFADevicesAsync(new() { AssignmentStatus = "Assigned", MaxItems = request.PageSize(), Marker = marker }, t),
        page => MarkerOf(page.IsTruncated, page.Marker),
        page => page.VirtualMFADevices.Required("VirtualMFADevices").Each(
            d => new VirtualMfaDevice(d.SerialNumber.Required("SerialNumber"), d.User?.Arn, d.EnableDate.Utc())),
        d => d.SerialNumber);

    /// <summary>AWSSupportAccess is AWS's own policy; a customer's policy of that name has another ARN.</summary>
    public static async Task<PolicyEntities?> SupportPolicyEntitiesAsync(EvidenceRequest request)
    {
        var arn = $"arn:{request.Session.Account.Partition}:iam::aws:policy/AWSSupportAccess";
        var (roles, users, groups) = (new List<string>(), new List<string>(), new List<string>());
        await request.ReadPagesAsync(
            marker => request.CallAsync(
                request.Session.Iam,
                (c, t) => c.ListEntitiesForPolicyAsync(new() { PolicyArn = arn, PolicyUsageFilter = "PermissionsPolicy", MaxItems = request.PageSize(), Marker = marker }, t)),
            page => MarkerOf(page.IsTruncated, page.Marker),
            page =>
            {
                roles.AddRange(page.PolicyRoles.Each(r => r.RoleName.Required("RoleName")));
                users.AddRange(page.PolicyUsers.Each(u => u.UserName.Required("UserName")));
                groups.AddRange(page.PolicyGroups.Each(g => g.GroupName.Required("GroupName")));
            }).ConfigureAwait(false);
        return new PolicyEntities(roles.Once(r => r), users.Once(u => u), groups.Once(g => g));
    }

    public static Task<IReadOnlyList<InstanceProfile>> InstanceProfilesAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Iam,
        (c, marker, t) => c.ListInstanceProfilesAsync(new() { MaxItems = request.PageSize(), Marker = marker }, t),
        page => MarkerOf(page.IsTruncated, page.Marker),
        page => page.InstanceProfiles.Required("InstanceProfiles").Each(p => new InstanceProfile(
            p.InstanceProfileName ?? "", p.Arn.Required("Arn"), p.Roles.Each(r => r.RoleName.Required("RoleName")))),
        p => p.Arn);

    public static Task<IReadOnlyList<ServerCertificate>> ServerCertificatesAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Iam,
        (c, marker, t) => c.ListServerCertificatesAsync(new() { MaxItems = request.PageSize(), Marker = marker }, t),
        page => MarkerOf(page.IsTruncated, page.Marker),
        page => page.ServerCertificateMetadataList.Required("ServerCertificateMetadataList").Each(c => new ServerCertificate(
            c.ServerCertificateName.Required("ServerCertificateName"), c.Arn.Required("Arn"), c.Expiration.Required("Expiration").Utc())),
        c => c.Arn);

    /// <summary>The access keys of one user; none when the user was deleted since the report was generated.</summary>
    public static Task<IReadOnlyList<AccessKey>> AccessKeysAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Iam,
        (c, marker, t) => c.ListAccessKeysAsync(new() { UserName = request.Subject, MaxItems = request.PageSize(), Marker = marker }, t),
        page => MarkerOf(page.IsTruncated, page.Marker),
        page => page.AccessKeyMetadata.Required("AccessKeyMetadata").Each(k => new AccessKey(
            k.AccessKeyId.Required("AccessKeyId"), k.Status.Required("Status"), k.CreateDate.Required("CreateDate").Utc())),
        k => k.Id);

    /// <summary>IAM says apart whether there is more; a truncated page without a marker would lose the rest in silence.</summary>
    public static string? MarkerOf(bool? isTruncated, string? marker) => isTruncated != true ? null
        : string.IsNullOrEmpty(marker) ? throw new InvalidDataException("The response is truncated and has no Marker.")
        : marker;
}
