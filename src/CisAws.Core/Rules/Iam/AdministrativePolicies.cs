using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Policies;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// There is no customer managed policy that allows everything on everything, attached or not ("created", says the
/// benchmark). Its audit looks at the default version. Inline policies and AWS's own AdministratorAccess are beside it;
/// settings say what becomes of them.
/// </summary>
internal sealed class AdministrativePolicies : Rule
{
    private const string Malformed = "the policy document is not valid";

    private const string TooComplex = "the wildcards are too complex to evaluate";

    private const string Inline = "are inline";

    private const string OnlyManaged = "The control is about managed policies; this one is inline.";

    private const string NoFullAdministration = "The policy does not allow every action on every resource.";

    private const string Administer = "allow full administrative access";

    private const string DoNotAdminister = "do not allow full administrative access";

    public override (string One, string Several) ResourceNoun => ("policy", "policies");

    public override string EmptyReason(RuleContext context, bool partial) => "The account has no customer managed policies.";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.AuthorizationDetails];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.Evidence.Get(EvidenceKinds.AuthorizationDetails).Match(
        details => details.Policies.Select(p => EvaluateManaged(context, p, details))
            .Concat(EvaluateAwsManaged(context, details))
            .Concat(PolicyPrincipal.All(details).SelectMany(principal => EvaluateInline(context, principal))),
        why => [context.Unknown(context.Account, why)]);

    private static RuleFinding EvaluateManaged(RuleContext context, ManagedPolicy policy, AuthorizationDetails details)
    {
        var resource = Policy(policy.Name, policy.Arn);
        if (policy is { AttachmentCount: 0, PermissionsBoundaryUsageCount: > 0 } && !context.Settings.Boolean("IncludeBoundaryOnly"))
        {
            return context.NotApplicable(
                resource, "BoundaryOnly", "The policy is used only as a permissions boundary, which grants nothing.",
                [new CisFact("PermissionsBoundaryUsageCount", policy.PermissionsBoundaryUsageCount.ToString(CultureInfo.InvariantCulture))],
                plural: "are used only as a permissions boundary");
        }

        if (policy is { AttachmentCount: 0, PermissionsBoundaryUsageCount: 0 } && context.Settings.Boolean("OnlyAttachedPolicies"))
        {
            return context.NotApplicable(resource, "NotAttached", "The policy is not attached.", plural: "are not attached");
        }

        if (policy.Versions.FirstOrDefault(v => v.VersionId == policy.DefaultVersionId) is not { } version)
        {
            return context.Undecided(resource, "NoDefaultVersion", $"AWS did not return the policy's default version, {policy.DefaultVersionId}");
        }

        if (!PolicyDocument.TryParse(version.Document, out var document, out var problem))
        {
            return context.Undecided(resource, "MalformedPolicy", $"version {version.VersionId} is not a valid policy: {problem}", plural: Malformed);
        }

        var access = Access(context, document);
        if (Fails(context, access))
        {
            var principals = PolicyPrincipal.With(details, policy.Arn);
            return context.Fail(
                resource, "FullAdministration",
                $"The policy allows every action on every resource ({StatementsOf(access)}); it is attached to {PolicyPrincipal.Print(principals)}.",
                [new CisFact("VersionId", version.VersionId), new CisFact("AttachedTo", string.Join(", ", principals.Select(p => p.Path))), .. Notes(access)],
                plural: Administer);
        }

        if (access.Unclear.Count > 0)
        {
            return context.Undecided(resource, "PolicyUndecidable", TooIntricate(access), plural: TooComplex);
        }

        string[] warnings = [.. ConditionalWarning(access), .. access.Nearly, .. OtherVersions(context, policy)];
        return context.Pass(
            resource, "NoFullAdministration", NoFullAdministration, warnings: warnings.Length == 0 ? null : warnings, plural: DoNotAdminister);
    }

    /// <summary>AdministratorAccess of AWS: it is not created in the account and cannot be changed there, but it grants the same.</summary>
    private static IEnumerable<RuleFinding> EvaluateAwsManaged(RuleContext context, AuthorizationDetails details)
    {
        var arn = $"arn:{context.Evidence.Account.Partition}:iam::aws:policy/AdministratorAccess";
        var principals = PolicyPrincipal.With(details, arn);
        var mode = context.Settings.Text("AwsManagedAdmin");
        if (mode == "Ignore" || principals.Count == 0)
        {
            return [];
        }

        var resource = Policy("AdministratorAccess", arn);
        CisFact[] facts = [new("AttachedTo", string.Join(", ", principals.Select(p => p.Path)))];
        var reason = $"The AWS managed policy AdministratorAccess is attached to {PolicyPrincipal.Print(principals)}.";
        return mode == "Fail"
            ? [context.Fail(resource, "AwsManagedAdmin", reason, facts, plural: Administer)]
            : [context.NotApplicable(resource, "AwsManagedAdmin", "The control is about policies created in the account; this one is AWS managed.", facts, [reason], "are AWS managed")];
    }

    private static IEnumerable<RuleFinding> EvaluateInline(RuleContext context, PolicyPrincipal principal)
    {
        var mode = context.Settings.Text("InlinePolicies");
        if (mode == "Ignore")
        {
            yield break;
        }

        foreach (var policy in principal.InlinePolicies)
        {
            var resource = new CisResource($"AWS::IAM::{principal.Kind}Policy", $"{principal.Name}/{policy.Name}", principal.Arn, "");
            if (!PolicyDocument.TryParse(policy.Document, out var document, out var problem))
            {
                var reason = $"inline policy {policy.Name} of {principal.Path} is not a valid policy: {problem}";
                yield return mode == "Fail"
                    ? context.Undecided(resource, "MalformedPolicy", reason, plural: Malformed)
                    : context.NotApplicable(resource, "InlinePolicy", OnlyManaged, warnings: [Quantity.Capitalized(reason) + "."], plural: Inline);
                continue;
            }

            var access = Access(context, document);
            if (access.IsAny)
            {
                var reason = $"Inline policy {policy.Name} of {principal.Path} allows every action on every resource ({StatementsOf(access)}).";
                yield return mode != "Fail" ? context.NotApplicable(resource, "InlinePolicy", OnlyManaged, warnings: [reason], plural: Inline)
                    : Fails(context, access) ? context.Fail(resource, "InlineAdministration", reason, Notes(access), plural: Administer)
                    : context.Pass(resource, "NoFullAdministration", NoFullAdministration, warnings: [reason], plural: DoNotAdminister);
            }
            else if (access.Unclear.Count > 0)
            {
                var reason = $"{TooIntricate(access)} in inline policy {policy.Name} of {principal.Path}";
                yield return mode == "Fail"
                    ? context.Undecided(resource, "PolicyUndecidable", reason, plural: TooComplex)
                    : context.NotApplicable(resource, "InlinePolicy", OnlyManaged, warnings: [$"Not decided: {reason}."], plural: Inline);
            }
        }
    }

    private static CisResource Policy(string name, string arn) => new("AWS::IAM::Policy", name, arn, "");

    private static bool Fails(RuleContext context, AdministrativeAccess access) =>
        access.Full.Count > 0 || (access.Conditional.Count > 0 && context.Settings.Text("ConditionalPolicies") == "Fail");

    private static string StatementsOf(AdministrativeAccess access) =>
        string.Join(", ", access.Full.Concat(access.Conditional.Select(name => name + ", under a condition")));

    private static IEnumerable<CisFact> Notes(AdministrativeAccess access) => access.Full.Count == 0
        ? [new CisFact("Note", "The statement has a condition, which the benchmark's audit does not evaluate.")]
        : [];

    private static IEnumerable<string> ConditionalWarning(AdministrativeAccess access) => access.Conditional.Count > 0
        ? [$"The policy allows every action on every resource under a condition ({string.Join(", ", access.Conditional)})."]
        : [];

    private static string TooIntricate(AdministrativeAccess access) =>
        $"the wildcards of {string.Join(", ", access.Unclear)} are too complex to evaluate";

    private static AdministrativeAccess Access(RuleContext context, PolicyDocument document) =>
        AdministrativeAccess.Of(document, context.Evidence.Account.Partition);

    /// <summary>Versions that are one SetDefaultPolicyVersion away.</summary>
    private static IEnumerable<string> OtherVersions(RuleContext context, ManagedPolicy policy) => policy.Versions
        .Where(v => v.VersionId != policy.DefaultVersionId)
        .Where(v => PolicyDocument.TryParse(v.Document, out var document, out _) && Access(context, document).IsAny)
        .Select(v => $"Version {v.VersionId}, which is not the default, allows every action on every resource.");
}
