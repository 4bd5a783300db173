using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>KMS: keys of every kind, those of the trails among them.</summary>
internal static class Keys
{
    public static void Add(AccountDraft draft)
    {
        foreach (var region in draft.Regions)
        {
            foreach (var key in draft.Draw.Many(0, 3, () => DrawKey(draft, region)))
            {
                Keep(draft, key);
            }

            var arns = draft.Evidence.SubjectsOf(EvidenceKinds.KmsKeys).Where(a => Arn.TryParse(a)!.Region == region).ToList();
            draft.Evidence.Set(EvidenceKinds.KmsKeyArns, region, arns);
        }
    }

    /// <summary>A key that a trail encrypts with. One of another account can be described where its policy allows it.</summary>
    public static string DrawForTrail(AccountDraft draft, string region, string owner)
    {
        var key = SymmetricKey(draft, region, owner);
        draft.Evidence.Set(EvidenceKinds.TrailKey, key.Arn, key);
        if (owner == draft.AccountId)
        {
            Keep(draft, key);
        }
        else if (draft.Draw.Chance(50))
        {
            var why = new ReadFailure("kms:DescribeKey", region, "AccessDeniedException", ReadFailureKind.AccessDenied, Denials.Message(draft, EvidenceKinds.TrailKey));
            draft.Evidence.Set(EvidenceKinds.TrailKey, key.Arn, EvidenceKinds.TrailKey.Failed(why));
        }

        return key.Arn;
    }

    private static void Keep(AccountDraft draft, KmsKey key)
    {
        var draw = draft.Draw;
        var rotates = draw.Chance(50);
        draft.Evidence
            .Set(EvidenceKinds.KmsKeys, key.Arn, key)
            .Set(EvidenceKinds.KeyRotation, key.Arn, new KeyRotation(rotates, rotates ? draw.MaybeValue(() => draw.OneOf(90, 365, 2560)) : null));
    }

    private static KmsKey DrawKey(AccountDraft draft, string region)
    {
        var draw = draft.Draw;
        var key = SymmetricKey(draft, region, draft.AccountId);
        return draw.Int(1, 6) switch
        {
            1 => key with { KeyManager = "AWS", KeyState = "Enabled", Description = "Default key that protects my EBS volumes when no other key is defined" },
            2 => key with { KeySpec = draw.OneOf("RSA_2048", "ECC_NIST_P256", "HMAC_256", "ML_DSA_65") },
            3 => key with { Origin = draw.OneOf("EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE") },
            4 => MultiRegion(draft, key, region),
            _ => key,
        };
    }

    private static KmsKey MultiRegion(AccountDraft draft, KmsKey key, string region)
    {
        var id = $"mrk-{key.KeyId.Replace("-", "", System.StringComparison.Ordinal)}";
        var arn = draft.ArnOf("kms", region, $"key/{id}");
        var isPrimary = draft.Draw.Chance(50);
        return key with
        {
            KeyId = id,
            Arn = arn,
            MultiRegion = true,
            MultiRegionKeyType = isPrimary ? "PRIMARY" : "REPLICA",
            PrimaryKeyArn = isPrimary ? arn : draft.ArnOf("kms", draft.Partition == "aws" ? "us-west-2" : "cn-northwest-1", $"key/{id}"),
        };
    }

    private static KmsKey SymmetricKey(AccountDraft draft, string region, string owner)
    {
        var id = draft.Uuid();
        var state = draft.Draw.OneOf("Enabled", "Enabled", "Enabled", "Disabled", "PendingDeletion", "Updating");
        return new KmsKey(
            id, draft.ArnOf("kms", region, $"key/{id}", owner), "CUSTOMER", "SYMMETRIC_DEFAULT", "AWS_KMS", state, Description: draft.Draw.Maybe(draft.Words));
    }
}
