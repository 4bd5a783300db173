using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Storage;

/// <summary>Buckets have versioning with MFA delete.</summary>
internal sealed class BucketMfaDelete : EachBucketRule
{
    protected override IReadOnlyList<EvidenceKind> OfBuckets => [EvidenceKinds.BucketVersioning];

    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, ListedBucket bucket) =>
        context.Evidence.Get(EvidenceKinds.BucketVersioning, bucket.Name).Match(
            versioning => Evaluate(context, resource, versioning), why => context.Unknown(resource, why));

    private static RuleFinding Evaluate(RuleContext context, CisResource resource, BucketVersioning versioning)
    {
        CisFact[] facts = [new("Versioning", versioning.Status ?? "never enabled"), new("MFADelete", versioning.MfaDelete ?? "never enabled")];
        return versioning switch
        {
            { Status: "Enabled", MfaDelete: "Enabled" } => context.Pass(
                resource, "MfaDelete", "MFA delete is enabled.", facts, plural: "have MFA delete enabled"),
            { Status: "Enabled" } => context.Fail(resource, "NoMfaDelete", "Versioning is enabled, but MFA delete is not.", facts, plural: "do not have MFA delete enabled"),
            _ => context.Fail(
                resource, "NoVersioning", "Versioning is not enabled, which MFA delete requires.", facts, plural: "do not have MFA delete enabled"),
        };
    }
}
