using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Storage;

/// <summary>Buckets have default encryption. S3 encrypts all new objects since 2023, so that a failure means that S3 answered otherwise.</summary>
internal sealed class BucketEncryption : EachBucketRule
{
    protected override IReadOnlyList<EvidenceKind> OfBuckets => [EvidenceKinds.BucketEncryption];

    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, ListedBucket bucket) =>
        context.Evidence.Get(EvidenceKinds.BucketEncryption, bucket.Name).Match(
            algorithm => algorithm is null
                ? context.Fail(resource, "NoDefaultEncryption", "The bucket has no default encryption.", plural: "have no default encryption")
                : context.Pass(
                    resource, "DefaultEncryption", $"The bucket encrypts new objects with {algorithm}.", [new CisFact("SSEAlgorithm", algorithm)],
                    plural: "have default encryption"),
            why => context.Unknown(resource, why));
}
