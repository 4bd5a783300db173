using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>IAM: users, groups, roles, customer managed policies and who has which.</summary>
internal static class Principals
{
    public static AuthorizationDetails Add(AccountDraft draft)
    {
        var draw = draft.Draw;
        var drawn = draw.Many(0, 4, () => DrawPolicy(draft));
        string[] arns = [.. drawn.Select(p => p.Arn), draft.AwsPolicyArn("AWSSupportAccess"), draft.AwsPolicyArn("AdministratorAccess"), draft.AwsPolicyArn("job-function/Billing")];
        var groups = draw.Many(0, 3, () => DrawGroup(draft, arns));
        var roles = draw.Many(0, 4, () => DrawRole(draft, arns));
        var users = draw.Many(0, 6, () => DrawUser(draft, arns, groups));
        var policies = drawn.Select(p => p with
        {
            AttachmentCount = users.Select(u => u.AttachedPolicies).Concat(groups.Select(g => g.AttachedPolicies)).Concat(roles.Select(r => r.AttachedPolicies))
                .Count(attached => attached.Any(a => a.Arn == p.Arn)),
            PermissionsBoundaryUsageCount = users.Count(u => u.PermissionsBoundaryArn == p.Arn) + roles.Count(r => r.PermissionsBoundaryArn == p.Arn),
        }).ToList();

        var details = new AuthorizationDetails(users, groups, roles, policies);
        draft.Evidence
            .Set(EvidenceKinds.AuthorizationDetails, "", details)
            .Set(EvidenceKinds.SupportPolicyEntities, "", draw.Chance(10) ? null : SupportEntities(draft, details))
            .Set(EvidenceKinds.InstanceProfiles, "", draw.Many(0, 3, () => DrawInstanceProfile(draft, roles)));
        return details;
    }

    private static PolicyEntities SupportEntities(AccountDraft draft, AuthorizationDetails details)
    {
        var arn = draft.AwsPolicyArn("AWSSupportAccess");
        return new PolicyEntities(
            details.Roles.Where(r => Has(r.AttachedPolicies)).Select(r => r.Name).ToList(),
            details.Users.Where(u => Has(u.AttachedPolicies)).Select(u => u.Name).ToList(),
            details.Groups.Where(g => Has(g.AttachedPolicies)).Select(g => g.Name).ToList());

        bool Has(IReadOnlyList<AttachedPolicy> attached) => attached.Any(a => a.Arn == arn);
    }

    private static IamUser DrawUser(AccountDraft draft, string[] arns, List<IamGroup> groups)
    {
        var name = draft.NewIamName();
        return new IamUser(
            name, draft.IamArn($"user{draft.IamPath()}{name}"), draft.Time(), InlinePolicies(draft), Attached(draft, arns),
            draft.Draw.Some(groups.Select(g => g.Name)), Boundary(draft, arns), draft.Tags());
    }

    private static IamGroup DrawGroup(AccountDraft draft, string[] arns)
    {
        var name = draft.NewIamName();
        return new IamGroup(name, draft.IamArn($"group{draft.IamPath()}{name}"), InlinePolicies(draft), Attached(draft, arns));
    }

    private static IamRole DrawRole(AccountDraft draft, string[] arns)
    {
        var name = draft.NewIamName();
        var trust = draft.Draw.OneOf(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
            """{"Version":"2008-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"a+b %2B&=é"}}}}""");
        return new IamRole(name, draft.IamArn($"role{draft.IamPath()}{name}"), trust, InlinePolicies(draft), Attached(draft, arns), Boundary(draft, arns));
    }

    private static ManagedPolicy DrawPolicy(AccountDraft draft)
    {
        var draw = draft.Draw;
        var name = draft.NewIamName();
        var count = draw.Int(1, 5);
        var current = draw.Int(1, count);
        var versions = Enumerable.Range(1, count).Select(n => new PolicyVersion($"v{n}", n == current, Document(draft))).Reverse().ToList();
        return new ManagedPolicy(name, draft.IamArn($"policy{draft.IamPath()}{name}"), 0, 0, $"v{current}", versions);
    }

    private static InstanceProfile DrawInstanceProfile(AccountDraft draft, List<IamRole> roles)
    {
        var name = draft.NewIamName();
        // A profile holds one role, or none once the role was taken out.
        var role = draft.Draw.Some(roles).Take(1).Select(r => r.Name).ToList();
        return new InstanceProfile(name, draft.IamArn($"instance-profile{draft.IamPath()}{name}"), role);
    }

    private static List<InlinePolicy> InlinePolicies(AccountDraft draft) =>
        draft.Draw.Chance(70) ? [] : draft.Draw.Many(1, 2, () => new InlinePolicy(draft.NewIamName(), Document(draft)));

    private static List<AttachedPolicy> Attached(AccountDraft draft, string[] arns) =>
        draft.Draw.Some(arns, 20).Select(arn => new AttachedPolicy(arn.Substring(arn.LastIndexOf('/') + 1), arn)).ToList();

    private static string? Boundary(AccountDraft draft, string[] arns) => draft.Draw.Chance(20) ? draft.Draw.OneOf(arns) : null;

    private static string Document(AccountDraft draft) => draft.Draw.OneOf(
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":["arn:aws:s3:::a+b/%2B c","*"]}}""",
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [ { \"Sid\": \"Süd&<x>\", \"Effect\": \"Deny\", \"NotAction\": \"iam:*\", \"Resource\": \"*\" } ]\n}\n",
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalTag/a'b":"~x?y=1;2"}}}]}""");
}
