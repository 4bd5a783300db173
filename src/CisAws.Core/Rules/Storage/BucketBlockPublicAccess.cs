using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Storage;

/// <summary>Block Public Access is on in full for each bucket, by its own settings or by those of the account.</summary>
internal sealed class BucketBlockPublicAccess : EachBucketRule
{
    protected override IReadOnlyList<EvidenceKind> OfBuckets => [EvidenceKinds.AccountPublicAccessBlock, EvidenceKinds.ListedBucketPublicAccessBlock];

    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, ListedBucket bucket)
    {
        var account = context.Evidence.Get(EvidenceKinds.AccountPublicAccessBlock);
        var own = context.Evidence.Get(EvidenceKinds.ListedBucketPublicAccessBlock, bucket.Name);
        // Either is enough, whatever is known of the other.
        if (MissingIn(account).Count == 0 && account.Failure is null)
        {
            return Pass("AccountBlocks", "Block Public Access of the account applies to the bucket.");
        }

        if (MissingIn(own).Count == 0 && own.Failure is null)
        {
            return Pass("BucketBlocks", "Block Public Access of the bucket is on.");
        }

        var missing = MissingIn(account).Intersect(MissingIn(own)).ToList();
        var why = own.Failure ?? account.Failure;
        return missing.Count == 0 && why is null
            ? Pass("BothBlock", "Block Public Access of the account and of the bucket together is on.")
            : why is not null
                ? context.Unknown(resource, why)
                : context.Fail(
                    resource, "NotBlocked", $"Block Public Access is not on in full: {string.Join(", ", missing)}.",
                    missing.Select(m => new CisFact("Missing", m)), plural: "do not have Block Public Access on in full");

        RuleFinding Pass(string code, string reason) => context.Pass(resource, code, reason, plural: "have Block Public Access on in full");
    }

    /// <summary>The settings that are off; none where they are not known.</summary>
    private static List<string> MissingIn(Observation<PublicAccessBlock> block) => block.Match(
        b => new[]
        {
            (b.BlockPublicAcls, "BlockPublicAcls"), (b.IgnorePublicAcls, "IgnorePublicAcls"), (b.BlockPublicPolicy, "BlockPublicPolicy"),
            (b.RestrictPublicBuckets, "RestrictPublicBuckets"),
        }.Where(s => !s.Item1).Select(s => s.Item2).ToList(),
        _ => []);
}
