using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using Amazon.IdentityManagement.Model;
using CisAws.Aws.Clients;
using CisAws.Rules.Policies;

namespace Amazon.IdentityManagement;

/// <summary>Reads the responses of IAM.</summary>
internal static class IamShapes
{
    public static GenerateCredentialReportResponse GenerateCredentialReport(XElement result) =>
        new() { State = result.Text("State"), Description = result.Text("Description") };

    public static GetCredentialReportResponse GetCredentialReport(XElement result) => new()
    {
        Content = result.Text("Content") is { } content ? new MemoryStream(Convert.FromBase64String(content)) : null,
        ReportFormat = result.Text("ReportFormat"),
        GeneratedTime = result.Time("GeneratedTime"),
    };

    public static GetAccountSummaryResponse GetAccountSummary(XElement result) => new()
    {
        SummaryMap = result.Child("SummaryMap")?.Elements().GroupBy(e => e.Text("key"), e => e.Integer("value")).ToDictionary(
            e => e.Key ?? throw new XmlException("An entry of the summary has no key."),
            e => e.Last() ?? throw new XmlException("An entry of the summary has no value.")),
    };

    public static GetAccountPasswordPolicyResponse GetAccountPasswordPolicy(XElement result) =>
        new() { PasswordPolicy = result.Child("PasswordPolicy") is { } policy ? PasswordPolicy(policy) : null };

    public static ListVirtualMFADevicesResponse ListVirtualMFADevices(XElement result) => new()
    {
        VirtualMFADevices = result.Members("VirtualMFADevices", d => new VirtualMFADevice
        {
            SerialNumber = d.Text("SerialNumber"),
            User = d.Child("User") is { } user ? new User { Arn = user.Text("Arn") } : null,
            EnableDate = d.Time("EnableDate"),
        }),
        IsTruncated = result.Boolean("IsTruncated"),
        Marker = result.Text("Marker"),
    };

    public static ListEntitiesForPolicyResponse ListEntitiesForPolicy(XElement result) => new()
    {
        PolicyGroups = result.Members("PolicyGroups", g => new PolicyGroup { GroupName = g.Text("GroupName") }),
        PolicyUsers = result.Members("PolicyUsers", u => new PolicyUser { UserName = u.Text("UserName") }),
        PolicyRoles = result.Members("PolicyRoles", r => new PolicyRole { RoleName = r.Text("RoleName") }),
        IsTruncated = result.Boolean("IsTruncated"),
        Marker = result.Text("Marker"),
    };

    public static ListInstanceProfilesResponse ListInstanceProfiles(XElement result) => new()
    {
        InstanceProfiles = result.Members("InstanceProfiles", p => new InstanceProfile
        {
            InstanceProfileName = p.Text("InstanceProfileName"),
            Arn = p.Text("Arn"),
            Roles = p.Members("Roles", r => new Role { RoleName = r.Text("RoleName") }),
        }),
        IsTruncated = result.Boolean("IsTruncated"),
        Marker = result.Text("Marker"),
    };

    public static ListAccessKeysResponse ListAccessKeys(XElement result) => new()
    {
        AccessKeyMetadata = result.Members("AccessKeyMetadata", k => new AccessKeyMetadata
        {
            AccessKeyId = k.Text("AccessKeyId"),
            Status = k.Text("Status"),
            CreateDate = k.Time("CreateDate"),
        }),
        IsTruncated = result.Boolean("IsTruncated"),
        Marker = result.Text("Marker"),
    };

    public static ListServerCertificatesResponse ListServerCertificates(XElement result) => new()
    {
        ServerCertificateMetadataList = result.Members("ServerCertificateMetadataList", c => new ServerCertificateMetadata
        {
            ServerCertificateName = c.Text("ServerCertificateName"),
            Arn = c.Text("Arn"),
            Expiration = c.Time("Expiration"),
        }),
        IsTruncated = result.Boolean("IsTruncated"),
        Marker = result.Text("Marker"),
    };

    public static GetAccountAuthorizationDetailsResponse GetAccountAuthorizationDetails(XElement result) => new()
    {
        UserDetailList = result.Members("UserDetailList", UserDetail),
        GroupDetailList = result.Members("GroupDetailList", GroupDetail),
        RoleDetailList = result.Members("RoleDetailList", RoleDetail),
        Policies = result.Members("Policies", ManagedPolicyDetail),
        IsTruncated = result.Boolean("IsTruncated"),
        Marker = result.Text("Marker"),
    };

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

    private static UserDetail UserDetail(XElement user) => new()
    {
        UserName = user.Text("UserName"),
        Arn = user.Text("Arn"),
        CreateDate = user.Time("CreateDate"),
        UserPolicyList = Inline(user, "UserPolicyList"),
        GroupList = user.Texts("GroupList"),
        AttachedManagedPolicies = Attached(user),
        PermissionsBoundary = Boundary(user),
        Tags = user.Members("Tags", t => new Tag { Key = t.Text("Key"), Value = t.Text("Value") }),
    };

    private static GroupDetail GroupDetail(XElement group) => new()
    {
        GroupName = group.Text("GroupName"),
        Arn = group.Text("Arn"),
        GroupPolicyList = Inline(group, "GroupPolicyList"),
        AttachedManagedPolicies = Attached(group),
    };

    private static RoleDetail RoleDetail(XElement role) => new()
    {
        RoleName = role.Text("RoleName"),
        Arn = role.Text("Arn"),
        AssumeRolePolicyDocument = role.Text("AssumeRolePolicyDocument"),
        RolePolicyList = Inline(role, "RolePolicyList"),
        AttachedManagedPolicies = Attached(role),
        PermissionsBoundary = Boundary(role),
    };

    private static ManagedPolicyDetail ManagedPolicyDetail(XElement policy) => new()
    {
        PolicyName = policy.Text("PolicyName"),
        Arn = policy.Text("Arn"),
        DefaultVersionId = policy.Text("DefaultVersionId"),
        AttachmentCount = policy.Integer("AttachmentCount"),
        PermissionsBoundaryUsageCount = policy.Integer("PermissionsBoundaryUsageCount"),
        PolicyVersionList = policy.Members("PolicyVersionList", v => new PolicyVersion
        {
            Document = v.Text("Document"),
            VersionId = v.Text("VersionId"),
            IsDefaultVersion = v.Boolean("IsDefaultVersion"),
        }),
    };

    private static List<PolicyDetail>? Inline(XElement entity, string list) => entity.Members(
        list, p => new PolicyDetail { PolicyName = p.Text("PolicyName"), PolicyDocument = p.Text("PolicyDocument") });

    private static List<AttachedPolicyType>? Attached(XElement entity) => entity.Members(
        "AttachedManagedPolicies", p => new AttachedPolicyType { PolicyName = p.Text("PolicyName"), PolicyArn = p.Text("PolicyArn") });

    private static AttachedPermissionsBoundary? Boundary(XElement entity) => entity.Child("PermissionsBoundary") is { } boundary
        ? new AttachedPermissionsBoundary { PermissionsBoundaryArn = boundary.Text("PermissionsBoundaryArn") }
        : null;
}
