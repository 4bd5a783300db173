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

    protected override RuleFinding Judge(RuleContext context, TrailBucket bucket) => context.Evidence.Get(EvidenceKinds.BucketLogging, bucket.Name).Match(
        logging => string.IsNullOrEmpty(logging.TargetBucket)
            ? context.Fail(
                bucket.Resource(context), "LoggingDisabled",
                $"Bucket {bucket.Name} of trail {bucket.Trails[0].Name} has no server access logging.", [bucket.Fact])
            : context.Pass(
                bucket.Resource(context), "LoggingEnabled", $"Access to bucket {bucket.Name} is logged to bucket {logging.TargetBucket}.",
                warnings: string.Equals(logging.TargetBucket, bucket.Name, StringComparison.Ordinal)
                    ? [$"Bucket {bucket.Name} logs to itself: every log file makes another, and who can change the bucket can change its log."]
                    : []),
        why => bucket.Unknown(context, why));
}
