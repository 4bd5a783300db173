using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Accounts;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>
/// <c>iam:GetAccountAuthorizationDetails</c>: users, groups, roles and policies in one list that is paged as a whole.
/// AWS managed policies are not in the evidence, so there are none.
/// </summary>
internal static class IamAuthorizationDetails
{
    private const string Users = "UserDetailList";
    private const string Groups = "GroupDetailList";
    private const string Roles = "RoleDetailList";
    private const string Policies = "Policies";

    private static readonly Dictionary<string, string> ListOfFilter = new(StringComparer.Ordinal)
    {
        ["User"] = Users,
        ["Group"] = Groups,
        ["Role"] = Roles,
        ["LocalManagedPolicy"] = Policies,
        ["AWSManagedPolicy"] = "",
    };

    public static Shape Answer(Call call)
    {
        var details = call.Read(EvidenceKinds.AuthorizationDetails);
        var filters = call.Input.Texts("Filter") is { Count: > 0 } some ? some : [.. ListOfFilter.Keys];
        var wanted = filters.Select(f => ListOfFilter.TryGetValue(f, out var list)
            ? list
            : throw AwsError.Validation($"'{f}' is not one of {string.Join(", ", ListOfFilter.Keys)}.")).ToHashSet(StringComparer.Ordinal);
        var all = new (string List, IReadOnlyList<object> Items)[]
        {
            (Users, details.Users), (Groups, details.Groups), (Roles, details.Roles), (Policies, details.Policies),
        }.Where(l => wanted.Contains(l.List)).SelectMany(l => l.Items).ToList();
        // Only what is on the page becomes a shape: the time for a page must not depend on the size of the account.
        var page = Iam.Page(call, all);
        var answer = new Shape
        {
            [Users] = page.Items.OfType<IamUser>().Select(User),
            [Groups] = page.Items.OfType<IamGroup>().Select(Group),
            [Roles] = page.Items.OfType<IamRole>().Select(Role),
            [Policies] = page.Items.OfType<ManagedPolicy>().Select(Policy),
        };

        answer["IsTruncated"] = page.NextToken is not null;
        answer["Marker"] = page.NextToken;
        return answer;
    }

    private static Shape User(IamUser user) => new()
    {
        ["Path"] = Iam.PathOf(user.Arn),
        ["UserName"] = user.Name,
        ["UserId"] = UniqueId.For("AIDA", user.Arn),
        ["Arn"] = user.Arn,
        ["CreateDate"] = user.CreateDate,
        ["UserPolicyList"] = Inline(user.InlinePolicies),
        ["GroupList"] = user.Groups,
        ["AttachedManagedPolicies"] = Attached(user.AttachedPolicies),
        ["PermissionsBoundary"] = Boundary(user.PermissionsBoundaryArn),
        ["Tags"] = user.Tags?.Select(t => new Shape { ["Key"] = t.Key, ["Value"] = t.Value }),
    };

    private static Shape Group(IamGroup group) => new()
    {
        ["Path"] = Iam.PathOf(group.Arn),
        ["GroupName"] = group.Name,
        ["GroupId"] = UniqueId.For("AGPA", group.Arn),
        ["Arn"] = group.Arn,
        ["GroupPolicyList"] = Inline(group.InlinePolicies),
        ["AttachedManagedPolicies"] = Attached(group.AttachedPolicies),
    };

    private static Shape Role(IamRole role) => new()
    {
        ["Path"] = Iam.PathOf(role.Arn),
        ["RoleName"] = role.Name,
        ["RoleId"] = UniqueId.For("AROA", role.Arn),
        ["Arn"] = role.Arn,
        ["AssumeRolePolicyDocument"] = Encoded(role.AssumeRolePolicyDocument),
        ["RolePolicyList"] = Inline(role.InlinePolicies),
        ["AttachedManagedPolicies"] = Attached(role.AttachedPolicies),
        ["PermissionsBoundary"] = Boundary(role.PermissionsBoundaryArn),
    };

    private static Shape Policy(ManagedPolicy policy) => new()
    {
        ["PolicyName"] = policy.Name,
        ["PolicyId"] = UniqueId.For("ANPA", policy.Arn),
        ["Arn"] = policy.Arn,
        ["Path"] = Iam.PathOf(policy.Arn),
        ["DefaultVersionId"] = policy.DefaultVersionId,
        ["AttachmentCount"] = policy.AttachmentCount,
        ["PermissionsBoundaryUsageCount"] = policy.PermissionsBoundaryUsageCount,
        ["IsAttachable"] = true,
        ["PolicyVersionList"] = policy.Versions.Select(v => new Shape
        {
            ["Document"] = Encoded(v.Document),
            ["VersionId"] = v.VersionId,
            ["IsDefaultVersion"] = v.IsDefaultVersion,
        }),
    };

    private static IEnumerable<Shape> Inline(IReadOnlyList<InlinePolicy> policies) =>
        policies.Select(p => new Shape { ["PolicyName"] = p.Name, ["PolicyDocument"] = Encoded(p.Document) });

    private static IEnumerable<Shape> Attached(IReadOnlyList<AttachedPolicy> policies) =>
        policies.Select(p => new Shape { ["PolicyName"] = p.Name, ["PolicyArn"] = p.Arn });

    private static Shape? Boundary(string? arn) =>
        arn is null ? null : new Shape { ["PermissionsBoundaryType"] = "Policy", ["PermissionsBoundaryArn"] = arn };

    // IAM answers policy documents percent-encoded as RFC 3986 has it.
    private static string Encoded(string document) => Uri.EscapeDataString(document);
}
