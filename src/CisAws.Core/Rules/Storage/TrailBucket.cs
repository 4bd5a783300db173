using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Storage;

/// <summary>A bucket that trails deliver to; several trails may share one, and it may be another account's.</summary>
internal sealed record TrailBucket(string Name, IReadOnlyList<Trail> Trails)
{
    /// <summary>Each bucket of the trails once, ordered by name.</summary>
    public static IEnumerable<TrailBucket> Of(TrailInventory inventory) => inventory.Trails
        .Where(t => t.S3BucketName.Length > 0)
        .GroupBy(t => t.S3BucketName, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new TrailBucket(g.Key, g.ToList()));

    /// <summary>The bucket as a resource; its region is empty when that is not known.</summary>
    public CisResource Resource(RuleContext context)
    {
        var region = context.Evidence.Get(EvidenceKinds.Buckets, Name).Match(b => b.Region ?? "", _ => "");
        return new CisResource("AWS::S3::Bucket", Name, $"arn:{context.Evidence.Account.Partition}:s3:::{Name}", region);
    }

    /// <summary>The fact every finding but a pass carries.</summary>
    public CisFact Fact => new("Trails", string.Join(", ", Trails.Select(t => t.Arn)));

    /// <summary>
    /// Why nothing more can be asked about the bucket: it could not be read, or it is gone. Null when it exists.
    /// </summary>
    public RuleFinding? Absent(RuleContext context)
    {
        if (!context.Evidence.Get(EvidenceKinds.Buckets, Name).TryGet(out var bucket, out var why))
        {
            return Unknown(context, why);
        }

        return bucket.Exists
            ? null
            : context.Fail(
                Resource(context),
                "BucketMissing",
                "The bucket does not exist; log files are lost, and anyone who creates a bucket of this name receives them.",
                [Fact],
                plural: "do not exist");
    }

    /// <summary>Undecided, with a hint at the account that can decide it: the logs of many accounts are often in one.</summary>
    public RuleFinding Unknown(RuleContext context, ReadFailure why)
    {
        var owner = Trails.Select(t => TrailFindings.ForeignOwner(context, t)).FirstOrDefault(o => o is not null);
        var hint = (why.Kind, owner) switch
        {
            (ReadFailureKind.AccessDenied, null) => "if another account owns the bucket, that account can read it",
            (ReadFailureKind.AccessDenied, _) => $"account {owner}, which owns trail {Trails[0].Name}, may own the bucket",
            (ReadFailureKind.ForeignOwner, not null) => $"possibly account {owner}, which owns trail {Trails[0].Name}",
            _ => null,
        };
        return context.Unknown(Resource(context), why, [Fact], hint: hint);
    }
}
