using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Policies;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// There is a role for cases with AWS Support. The title requires a role; the audit accepts a user or a group that has
/// the AWS managed policy AWSSupportAccess as well, and so does the rule, with a warning.
/// </summary>
internal sealed class SupportRole : Rule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.SupportPolicyEntities];

    // Only for the warnings about groups without members and roles that no principal can assume.
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.AuthorizationDetails];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return context.Evidence.Get(EvidenceKinds.SupportPolicyEntities).Match(
            entities => entities is null
                ? context.Fail(context.Account, "NoSupportPolicy", "The partition has no AWS managed policy AWSSupportAccess.")
                : Evaluate(context, entities),
            why => context.Unknown(context.Account, why));
    }

    private static RuleFinding Evaluate(RuleContext context, PolicyEntities entities)
    {
        CisFact[] facts =
        [
            new("Roles", string.Join(", ", entities.Roles)), new("Users", string.Join(", ", entities.Users)), new("Groups", string.Join(", ", entities.Groups)),
        ];
        var warnings = context.Evidence.Get(EvidenceKinds.AuthorizationDetails).Match(d => IdleEntities(entities, d), _ => []);
        if (entities.Roles.Count > 0)
        {
            return context.Pass(context.Account, "SupportRole", $"{Who("Role", entities.Roles)} AWSSupportAccess.", facts, warnings);
        }

        if (entities.Users.Count + entities.Groups.Count == 0)
        {
            return context.Fail(context.Account, "NoSupportRole", "No role, user or group has the AWS managed policy AWSSupportAccess.");
        }

        var who = entities.Groups.Count > 0 ? Who("Group", entities.Groups) : Who("User", entities.Users);
        return context.Settings.Boolean("RequireRole")
            ? context.Fail(context.Account, "NotARole", $"{who} AWSSupportAccess, but no role has it.", facts, warnings)
            : context.Pass(
                context.Account, "NotARole", $"{who} AWSSupportAccess.", facts,
                [.. warnings, "AWSSupportAccess is not attached to a role, which the control's title requires."]);
    }

    private const int MostNamed = 3;

    /// <summary>"Role a has", "Roles a, b have".</summary>
    private static string Who(string kind, IReadOnlyList<string> names) => names.Count == 1 ? $"{kind} {names[0]} has" : $"{kind}s {Quantity.List(names, MostNamed)} have";

    /// <summary>What is attached in name only. A user can always sign in with something, a group needs a member, a role a principal that may assume it.</summary>
    private static IEnumerable<string> IdleEntities(PolicyEntities entities, AuthorizationDetails details)
    {
        var peopled = new HashSet<string>(details.Users.SelectMany(u => u.Groups), StringComparer.OrdinalIgnoreCase);
        var groups = entities.Groups.Where(g => !peopled.Contains(g)).Select(g => $"Group {g} has no member.");
        var roles = details.Roles.Where(r => entities.Roles.Contains(r.Name, StringComparer.OrdinalIgnoreCase)).Select(ProblemOfTrust).OfType<string>();
        return groups.Concat(roles).ToList();
    }

    private static string? ProblemOfTrust(IamRole role) => !PolicyDocument.TryParse(role.AssumeRolePolicyDocument, out var trust, out var problem)
        ? $"The trust policy of role {role.Name} is not valid, so who can assume the role is not known: {problem}."
        : trust.Statements.Any(s => s is { IsAllow: true, HasPrincipal: true }) ? null
        : $"Role {role.Name} cannot be assumed: its trust policy allows no principal.";
}
