using System.Collections.Generic;
using CisAws.Evidence;
using CisAws.Rules.Policies;

namespace CisAws.Rules.Storage;

/// <summary>The policy of each bucket denies requests that are not sent by HTTPS.</summary>
internal sealed class BucketSecureTransport : EachBucketRule
{
    private const string AllowPlain = "do not deny plain HTTP";

    protected override IReadOnlyList<EvidenceKind> OfBuckets => [EvidenceKinds.ListedBucketPolicy];

    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, ListedBucket bucket) =>
        context.Evidence.Get(EvidenceKinds.ListedBucketPolicy, bucket.Name).Match(
            policy => policy is null
                ? context.Fail(resource, "NoPolicy", "The bucket has no policy, so that plain HTTP is not denied.", plural: AllowPlain)
                : Evaluate(context, resource, policy),
            why => context.Unknown(resource, why));

    private static RuleFinding Evaluate(RuleContext context, CisResource resource, string policy) => SecureTransportPolicy.Of(policy, resource.Arn) switch
    {
        null => context.Undecided(resource, "MalformedPolicy", "the bucket policy is not valid"),
        SecureTransport.All => context.Pass(resource, "DeniesHttp", "The bucket policy denies plain HTTP.", plural: "deny plain HTTP"),
        SecureTransport.Some => context.Fail(
            resource, "DeniesHttpInPart", "The bucket policy denies plain HTTP for some requests only.", plural: AllowPlain),
        _ => context.Fail(resource, "AllowsHttp", "The bucket policy does not deny plain HTTP.", plural: AllowPlain),
    };
}
