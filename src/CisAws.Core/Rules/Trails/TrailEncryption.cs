using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>Every trail encrypts its log files with a customer managed KMS key that works.</summary>
internal sealed class TrailEncryption : EachTrailRule
{
    private const string Unencrypted = "do not encrypt log files with a customer managed KMS key";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Trails];

    /// <summary>The control requires the trail's setting; a key that cannot be described is a warning.</summary>
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.TrailKey];

    protected override RuleFinding Evaluate(RuleContext context, Trail trail)
    {
        var resource = TrailFindings.Resource(trail);
        if (string.IsNullOrEmpty(trail.KmsKeyId))
        {
            return context.Fail(
                resource, "NoKmsKey", $"The trail does not encrypt its log files with a KMS key{TrailFindings.OwnerNote(context, trail)}.",
                TrailFindings.Facts(context, trail), plural: Unencrypted);
        }

        var owner = Arn.TryParse(trail.KmsKeyId)?.AccountId;
        var evidence = owner is null ? context.Evidence : context.Evidence.OfOwner(owner, EvidenceKinds.TrailKey, trail.KmsKeyId!);
        CisFact[] facts = [.. TrailFindings.Facts(context, trail), new CisFact("KmsKey", trail.KmsKeyId!), .. OtherEvidence.Facts(context, evidence)];
        if (!evidence.Get(EvidenceKinds.TrailKey, trail.KmsKeyId!).TryGet(out var key, out var why))
        {
            var hint = owner is not null && context.Evidence.OfAccount(owner) is null ? $"; {OtherEvidence.Missing(owner)}" : "";
            return Pass($"Whether KMS key {trail.KmsKeyId} can be used is not known: {why}{hint}.");
        }

        var problem = key switch
        {
            { KeyManager: "AWS" } => ("AwsManagedKey", "is AWS managed and not customer managed", Unencrypted),
            { KeyState: "Disabled" or "PendingDeletion" or "PendingReplicaDeletion" } =>
                ("KeyUnusable", $"is in state {key.KeyState}, so log files cannot be delivered", "use a KMS key that is not usable"),
            _ => default,
        };
        return problem switch
        {
            (null, _, _) when key.KeyState is not ("Enabled" or "Updating") => Pass($"KMS key {key.Arn} is in state {key.KeyState}."),
            (null, _, _) => Pass(),
            // The state of another account's key concerns that account, unless it is assessed together with this one: the control requires the trail's setting.
            var (_, text, _) when Arn.TryParse(key.Arn)?.AccountId != evidence.Account.AccountId => Pass($"KMS key {key.Arn} {text}."),
            var (code, text, plural) => context.Fail(resource, code, $"The trail's KMS key {text}{OtherEvidence.Clause(context, evidence)}.", facts, plural: plural),
        };

        RuleFinding Pass(params string[] warnings) =>
            context.Pass(resource, "Encrypted", "The trail encrypts its log files with a KMS key.", facts, warnings, "encrypt log files with a KMS key");
    }
}
