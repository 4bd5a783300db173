using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Storage;

/// <summary>Every bucket that trails deliver to has server access logging.</summary>
internal sealed class TrailBucketLogging : EachTrailBucketRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Trails, EvidenceKinds.Buckets, EvidenceKinds.BucketLogging];

    protected override RuleFinding Evaluate(RuleContext context, TrailBucket bucket) => bucket.Evidence.Get(EvidenceKinds.BucketLogging, bucket.Name).Match(
        logging => string.IsNullOrEmpty(logging.TargetBucket)
            ? context.Fail(
                bucket.Resource(context), "LoggingDisabled",
                $"The bucket has no server access logging{OtherEvidence.Clause(context, bucket.Evidence)}.", bucket.Facts(context), plural: "have no server access logging")
            : context.Pass(
                bucket.Resource(context), "LoggingEnabled", $"Server access logs are delivered to bucket {logging.TargetBucket}{OtherEvidence.Clause(context, bucket.Evidence)}.",
                OtherEvidence.Facts(context, bucket.Evidence), plural: "have server access logging",
                warnings: string.Equals(logging.TargetBucket, bucket.Name, StringComparison.Ordinal)
                    ? [$"Bucket {bucket.Name} logs to itself: every log file creates another, and anyone who can change the bucket can change its logs."]
                    : []),
        why => bucket.Unknown(context, why));
}
