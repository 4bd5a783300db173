using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Storage;

/// <summary>A rule that assesses each bucket of the account.</summary>
internal abstract class EachBucketRule : Rule
{
    public sealed override (string One, string Several) ResourceNoun => ("bucket", "buckets");

    public sealed override string EmptyReason(RuleContext context, bool partial) => "The account has no buckets.";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.ListedBuckets, .. OfBuckets];

    /// <summary>What is read of the buckets.</summary>
    protected abstract IReadOnlyList<EvidenceKind> OfBuckets { get; }

    public sealed override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.Evidence.Get(EvidenceKinds.ListedBuckets).Match(
        buckets => buckets.Select(b => Evaluate(context, ResourceOf(context, b), b)), why => [context.Unknown(context.Account, why)]);

    protected abstract RuleFinding Evaluate(RuleContext context, CisResource resource, ListedBucket bucket);

    private static CisResource ResourceOf(RuleContext context, ListedBucket bucket) =>
        new("AWS::S3::Bucket", bucket.Name, $"arn:{context.Evidence.Account.Partition}:s3:::{bucket.Name}", bucket.Region ?? "");
}
