using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>Every trail encrypts its log files with a customer managed KMS key that works.</summary>
internal sealed class TrailEncryption : EachTrailRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Trails];

    /// <summary>The control requires the trail's setting; a key that cannot be described is a warning.</summary>
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.TrailKey];

    protected override RuleFinding Judge(RuleContext context, Trail trail)
    {
        var resource = TrailFindings.Resource(trail);
        var name = $"Trail {trail.Name} ({trail.HomeRegion})";
        if (string.IsNullOrEmpty(trail.KmsKeyId))
        {
            return context.Fail(
                resource, "NoKmsKey", $"{name} encrypts its log files with no KMS key.{TrailFindings.OwnerNote(context, trail)}",
                TrailFindings.Facts(context, trail));
        }

        var facts = TrailFindings.Facts(context, trail).Append(new CisFact("KmsKey", trail.KmsKeyId!));
        if (!context.Evidence.Get(EvidenceKinds.TrailKey, trail.KmsKeyId!).TryGet(out var key, out var why))
        {
            return Pass($"Whether key {trail.KmsKeyId} can be used is not known: {why}.");
        }

        var problem = key switch
        {
            { KeyManager: "AWS" } => ("AwsManagedKey", "is an AWS managed key, not a customer managed one"),
            { KeyState: "Disabled" or "PendingDeletion" or "PendingReplicaDeletion" } =>
                ("KeyUnusable", $"is {key.KeyState}, so log files cannot be delivered"),
            _ => default,
        };
        return problem switch
        {
            (null, _) when key.KeyState is not ("Enabled" or "Updating") => Pass($"Key {key.Arn} is {key.KeyState}."),
            (null, _) => Pass(),
            // The state of another account's key is that account's business; the trail's setting is what is asked.
            var (_, text) when Arn.TryParse(key.Arn)?.AccountId != context.Evidence.Account.AccountId => Pass($"Key {key.Arn} {text}."),
            var (code, text) => context.Fail(resource, code, $"{name} encrypts with key {key.Arn}, which {text}.", facts),
        };

        RuleFinding Pass(params string[] warnings) =>
            context.Pass(resource, "Encrypted", $"{name} encrypts its log files with a KMS key.", facts, warnings);
    }
}
