using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Policies;

/// <summary>A user, group or role with the policies that are attached to it.</summary>
internal sealed record PolicyPrincipal(
    string Kind, string Name, string Arn, IReadOnlyList<InlinePolicy> InlinePolicies, IReadOnlyList<AttachedPolicy> AttachedPolicies)
{
    /// <summary>How many names a sentence bears.</summary>
    private const int Named = 3;

    /// <summary>"role Admin", as messages and facts name it.</summary>
    public string Path => $"{Kind.ToLowerInvariant()} {Name}";

    public static IEnumerable<PolicyPrincipal> All(AuthorizationDetails details) =>
        details.Users.Select(u => new PolicyPrincipal("User", u.Name, u.Arn, u.InlinePolicies, u.AttachedPolicies))
            .Concat(details.Groups.Select(g => new PolicyPrincipal("Group", g.Name, g.Arn, g.InlinePolicies, g.AttachedPolicies)))
            .Concat(details.Roles.Select(r => new PolicyPrincipal("Role", r.Name, r.Arn, r.InlinePolicies, r.AttachedPolicies)));

    /// <summary>Those that a managed policy is attached to.</summary>
    public static IReadOnlyList<PolicyPrincipal> With(AuthorizationDetails details, string policyArn) =>
        All(details).Where(p => p.AttachedPolicies.Any(a => a.Arn == policyArn)).ToList();

    /// <summary>"no identity", "role Admin, user bob", or the first few and how many more.</summary>
    public static string Print(IReadOnlyList<PolicyPrincipal> principals) => principals.Count == 0
        ? "no identity"
        : Quantity.List([.. principals.Select(p => p.Path)], Named);
}
