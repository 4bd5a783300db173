using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// IAM policies are attached to groups and roles only. A managed and an inline policy on a user both count; a
/// permissions boundary does not count as attached.
/// </summary>
internal sealed class DirectUserPolicies : Rule
{
    // What AWS attaches by itself to users whose access key has leaked.
    private const string Quarantine = "AWSCompromisedKeyQuarantine";

    private const int MaxPoliciesInReason = 3;

    public override (string One, string Several) ResourceNoun => ("IAM user", "IAM users");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.AuthorizationDetails];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.Evidence.Get(EvidenceKinds.AuthorizationDetails).Match(
        details => details.Users.Select(user => Evaluate(context, user)),
        why => [context.Unknown(context.Account, why)]);

    private static RuleFinding Evaluate(RuleContext context, IamUser user)
    {
        var resource = new CisResource("AWS::IAM::User", user.Name, user.Arn, "", user.Tags);
        var allowed = context.Settings.TextList("AllowedDirectPolicyArns");
        var direct = user.AttachedPolicies.Where(p => !allowed.Contains(p.Arn, StringComparer.Ordinal)).Select(p => p.Name)
            .Concat(user.InlinePolicies.Select(p => p.Name + " (inline)"))
            .ToList();
        var warnings = user.AttachedPolicies.Where(p => p.Name.StartsWith(Quarantine, StringComparison.Ordinal)).Select(p =>
            $"AWS has attached {p.Name}: an access key of this user has leaked. Treat it as an incident, and do not detach the policy until the key is deleted.");
        if (direct.Count > 0)
        {
            var policies = string.Join(", ", direct);
            return context.Fail(
                resource, "AttachedDirectly",
                direct.Count == 1 ? $"Policy {policies} is attached directly to the user." : $"{direct.Count} policies are attached directly to the user: {Quantity.List(direct, MaxPoliciesInReason)}.",
                [new CisFact("DirectPolicies", policies), new CisFact("Groups", string.Join(", ", user.Groups))], warnings, "have directly attached policies");
        }

        return user.AttachedPolicies.Count > 0
            ? context.Pass(
                resource, "OnlyAllowedPolicies", "Only policies that the program allows are attached directly to the user.",
                [new CisFact("Note", $"Allowed: {string.Join(", ", user.AttachedPolicies.Select(p => p.Name))}")], warnings,
                "have only directly attached policies that the program allows")
            : context.Pass(resource, "NoDirectPolicies", "No policy is attached directly to the user.", plural: "do not have directly attached policies");
    }
}
