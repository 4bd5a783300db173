using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>
/// Instances use an IAM role. The control is meant for instances that call AWS, which cannot be seen from outside, and
/// a role does not prove that no key lies inside; so a program can leave an instance without one to a person.
/// </summary>
internal sealed class InstanceRoles : Rule
{
    public override (string One, string Several) ResourceNoun => ("EC2 instance", "EC2 instances");

    private const string WithoutRole = "have no IAM role";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Instances, EvidenceKinds.InstanceProfiles];

    public override bool SupportsAttestation => true;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        // Asked for only where an instance has a profile: without one nothing depends on what the profiles hold.
        var profiles = new Lazy<(Dictionary<string, InstanceProfile> ByArn, ReadFailure? Failure)>(() => Profiles(context));
        return context.EachRegion(EvidenceKinds.Instances, (region, instances) => instances.Where(i => i.Exists).Select(i => Evaluate(context, region, i, profiles)));
    }

    private static (Dictionary<string, InstanceProfile> ByArn, ReadFailure? Failure) Profiles(RuleContext context)
    {
        var fact = context.Evidence.Get(EvidenceKinds.InstanceProfiles);
        var byArn = new Dictionary<string, InstanceProfile>(StringComparer.Ordinal);
        foreach (var profile in fact.Match(all => all, _ => []))
        {
            // IAM's pages overlap when the list changes meanwhile: the later answer is the newer one.
            byArn[profile.Arn] = profile;
        }

        return (byArn, fact.Failure);
    }

    private static RuleFinding Evaluate(
        RuleContext context, string region, Instance instance, Lazy<(Dictionary<string, InstanceProfile> ByArn, ReadFailure? Failure)> profiles)
    {
        var account = context.Evidence.Account;
        var arn = $"arn:{account.Partition}:ec2:{region}:{account.AccountId}:instance/{instance.Id}";
        var resource = new CisResource("AWS::EC2::Instance", instance.Id, arn, region, instance.Tags);
        if (instance.InstanceProfileArn is not { } profileArn)
        {
            CisFact[] state = [new("State", instance.State)];
            return context.Settings.Text("InstanceRoleMode") == "Advisory"
                ? context.Manual(resource, "NoInstanceRole", "The instance has no IAM role; confirm that it does not call AWS.", state, plural: WithoutRole)
                : context.Fail(resource, "NoInstanceRole", "The instance has no IAM role; it needs one if it calls AWS.", state, plural: WithoutRole);
        }

        CisFact[] facts = [new("State", instance.State), new("InstanceProfile", profileArn)];
        if (profiles.Value.Failure is { } why)
        {
            return context.Unknown(resource, why, facts);
        }

        return !profiles.Value.ByArn.TryGetValue(profileArn, out var profile)
            ? context.Fail(resource, "InstanceProfileMissing", "The instance profile no longer exists, so the instance has no IAM role.", facts, plural: WithoutRole)
            : profile.Roles.Count == 0
                ? context.Fail(resource, "InstanceProfileWithoutRole", $"Instance profile {profile.Name} contains no role.", facts, plural: WithoutRole)
                : context.Pass(
                    resource, "HasInstanceRole", $"The instance has IAM role {string.Join(", ", profile.Roles)}.",
                    [new CisFact("Note", "Whether access keys are stored on the instance was not assessed.")], plural: "have an IAM role");
    }
}
