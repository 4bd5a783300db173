using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CisAws.Evidence;
using Api = Amazon.IdentityManagement.Model;

namespace CisAws.Aws.Readers;

/// <summary>Users, groups, roles and customer managed policies, all from iam:GetAccountAuthorizationDetails.</summary>
internal static class AuthorizationDetailsReader
{
    /// <summary>All but AWSManagedPolicy, whose documents are many and known.</summary>
    private static readonly List<string> Filter = ["User", "Group", "Role", "LocalManagedPolicy"];

    public static async Task<AuthorizationDetails> ReadAsync(EvidenceRequest request)
    {
        var (users, groups, roles, policies) = (new List<IamUser>(), new List<IamGroup>(), new List<IamRole>(), new List<ManagedPolicy>());
        await request.ReadPagesAsync(
            marker => request.CallAsync(
                request.Session.Iam, (c, t) => c.GetAccountAuthorizationDetailsAsync(new() { Filter = Filter, MaxItems = request.PageSize(500), Marker = marker }, t)),
            page => IamReaders.MarkerOf(page.IsTruncated, page.Marker),
            page =>
            {
                users.AddRange(page.UserDetailList.Each(User));
                groups.AddRange(page.GroupDetailList.Each(Group));
                roles.AddRange(page.RoleDetailList.Each(Role));
                policies.AddRange(page.Policies.Each(Policy));
            }).ConfigureAwait(false);
        return new AuthorizationDetails(users.Once(u => u.Arn), groups.Once(g => g.Arn), roles.Once(r => r.Arn), policies.Once(p => p.Arn));
    }

    private static IamUser User(Api.UserDetail user) => new(
        user.UserName.Required("UserName"),
        user.Arn.Required("Arn"),
        user.CreateDate.Required("CreateDate").Utc(),
        Inline(user.UserPolicyList),
        Attached(user.AttachedManagedPolicies),
        user.GroupList.OrNone(),
        user.PermissionsBoundary?.PermissionsBoundaryArn,
        user.Tags.TagsBy(t => t.Key, t => t.Value));

    private static IamGroup Group(Api.GroupDetail group) => new(
        group.GroupName.Required("GroupName"), group.Arn.Required("Arn"), Inline(group.GroupPolicyList), Attached(group.AttachedManagedPolicies));

    private static IamRole Role(Api.RoleDetail role) => new(
        role.RoleName.Required("RoleName"),
        role.Arn.Required("Arn"),
        Decoded(role.AssumeRolePolicyDocument),
        Inline(role.RolePolicyList),
        Attached(role.AttachedManagedPolicies),
        role.PermissionsBoundary?.PermissionsBoundaryArn);

    private static ManagedPolicy Policy(Api.ManagedPolicyDetail policy) => new(
        policy.PolicyName ?? NameIn(policy.Arn),
        policy.Arn.Required("Arn"),
        policy.AttachmentCount ?? 0,
        policy.PermissionsBoundaryUsageCount ?? 0,
        policy.DefaultVersionId ?? "",
        policy.PolicyVersionList.Each(v => new PolicyVersion(v.VersionId ?? "", v.IsDefaultVersion ?? false, Decoded(v.Document))));

    private static IReadOnlyList<InlinePolicy> Inline(List<Api.PolicyDetail>? policies) =>
        policies.Each(p => new InlinePolicy(p.PolicyName ?? "", Decoded(p.PolicyDocument)));

    private static IReadOnlyList<AttachedPolicy> Attached(List<Api.AttachedPolicyType>? policies) =>
        policies.Each(p => new AttachedPolicy(p.PolicyName ?? "", p.PolicyArn.Required("PolicyArn")));

    /// <summary>The name is what follows the path, and is read there where an endpoint leaves it out.</summary>
    private static string NameIn(string? arn) => arn.Required("Arn").Split('/').Last();

    /// <summary>Documents come URL-encoded by RFC 3986, where a plus sign is a plus sign.</summary>
    private static string Decoded(string? document) => Uri.UnescapeDataString(document.Required("policy document"));
}
