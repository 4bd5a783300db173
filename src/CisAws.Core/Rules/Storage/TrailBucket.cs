using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Storage;

/// <summary>A bucket that trails deliver to; several trails may share one, and it may be another account's.</summary>
/// <param name="Name">The name of the bucket.</param>
/// <param name="Trails">The trails that deliver to it.</param>
/// <param name="Evidence">The evidence of the account that owns the bucket, as far as that is known; else that of the account that is assessed.</param>
internal sealed record TrailBucket(string Name, IReadOnlyList<Trail> Trails, EvidenceView Evidence)
{
    /// <summary>Each bucket of the trails once, ordered by name.</summary>
    public static IEnumerable<TrailBucket> Of(RuleContext context, TrailInventory inventory) => inventory.Trails
        .Where(t => t.S3BucketName.Length > 0)
        .GroupBy(t => t.S3BucketName, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new TrailBucket(g.Key, g.ToList(), context.Evidence.OfBucketOwner(g.Key)));

    /// <summary>The bucket as a resource; its region is empty when that is not known.</summary>
    public CisResource Resource(RuleContext context)
    {
        var region = Evidence.Get(EvidenceKinds.Buckets, Name).Match(b => b.Region ?? "", _ => "");
        return new CisResource("AWS::S3::Bucket", Name, $"arn:{context.Evidence.Account.Partition}:s3:::{Name}", region);
    }

    /// <summary>The facts every finding but a pass carries.</summary>
    public IReadOnlyList<CisFact> Facts(RuleContext context) =>
        [new("Trails", string.Join(", ", Trails.Select(t => t.Arn))), .. OtherEvidence.Facts(context, Evidence)];

    /// <summary>
    /// Why nothing more can be asked about the bucket: it could not be read, or it is gone. Null when it exists.
    /// </summary>
    public RuleFinding? Absent(RuleContext context)
    {
        if (!Evidence.Get(EvidenceKinds.Buckets, Name).TryGet(out var bucket, out var why))
        {
            return Unknown(context, why);
        }

        return bucket.Exists
            ? null
            : context.Fail(
                Resource(context),
                "BucketMissing",
                $"The bucket does not exist; log files are lost, and anyone who creates a bucket of this name receives them{OtherEvidence.Clause(context, Evidence)}.",
                Facts(context),
                plural: "do not exist");
    }

    /// <summary>Undecided, with a hint at the account that can decide it: the logs of many accounts are often in one.</summary>
    public RuleFinding Unknown(RuleContext context, ReadFailure why)
    {
        var hint = why.AccountId is not null || why.Kind is not (ReadFailureKind.AccessDenied or ReadFailureKind.ForeignOwner) ? null
            : PossibleOwner(context) is var (owner, because) ? $"account {owner}, {because}, may own the bucket; {OtherEvidence.Missing(owner)}"
            : "if another account owns the bucket, assess both together";
        return context.Unknown(Resource(context), why, Facts(context), hint: hint);
    }

    /// <summary>The account that may own the bucket, and what suggests it: the first without evidence.</summary>
    private (string Owner, string Because)? PossibleOwner(RuleContext context)
    {
        (string? Owner, string Because)[] suggestions =
        [
            .. TrailInventory.AccountsInBucketName(Trails[0]).Select(a => ((string?)a, "whose ID is in its name")),
            .. Trails.Select(t => (Arn.TryParse(t.KmsKeyId)?.AccountId, $"which owns the KMS key of trail {t.Name}")),
            .. Trails.Select(t => (TrailFindings.ForeignOwner(context, t), $"which owns trail {t.Name}")),
        ];
        return suggestions.Where(s => s.Owner is { Length: > 0 } owner && context.Evidence.OfAccount(owner) is null)
            .Select(s => ((string, string)?)(s.Owner!, s.Because)).FirstOrDefault();
    }
}
