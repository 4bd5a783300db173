using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Policies;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Storage;

/// <summary>No bucket that trails deliver to is publicly accessible, by its ACL or by its policy.</summary>
internal sealed class TrailBucketPublicAccess : EachTrailBucketRule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => IsLiteral(settings)
        ? [EvidenceKinds.Trails, EvidenceKinds.Buckets, EvidenceKinds.BucketAcl, EvidenceKinds.BucketPolicy]
        :
        [
            EvidenceKinds.Trails, EvidenceKinds.Buckets, EvidenceKinds.BucketAcl, EvidenceKinds.BucketPolicy, EvidenceKinds.BucketPolicyIsPublic,
            EvidenceKinds.BucketOwnership, EvidenceKinds.BucketPublicAccessBlock, EvidenceKinds.AccountPublicAccessBlock,
        ];

    private static bool IsLiteral(SettingValues settings) => settings.Text("PublicAccess") == "Literal";

    /// <summary>Public by either is public; what was read suffices for a failure, whatever else was not.</summary>
    protected override RuleFinding Evaluate(RuleContext context, TrailBucket bucket)
    {
        Access[] ways = [ByAcl(context, bucket), ByPolicy(context, bucket)];
        if (ways.FirstOrDefault(w => w.Status == CisStatus.Fail) is { } open)
        {
            return context.Fail(
                bucket.Resource(context),
                open.Code,
                $"The bucket is public: {open.Text}{OtherEvidence.Clause(context, bucket.Evidence)}.",
                bucket.Facts(context),
                plural: "are public");
        }

        if (ways.FirstOrDefault(w => w.Status == CisStatus.Unknown) is { } unknown)
        {
            return unknown.Why is { } why
                ? bucket.Unknown(context, why)
                : context.Undecided(bucket.Resource(context), unknown.Code, unknown.Text, bucket.Facts(context));
        }

        return context.Pass(
            bucket.Resource(context), "NotPublic", $"The bucket is not public{OtherEvidence.Clause(context, bucket.Evidence)}.",
            [.. ways.Where(w => w.Code == Access.Note).Select(w => new CisFact("Note", w.Text)), .. OtherEvidence.Facts(context, bucket.Evidence)],
            ways.Where(w => w.Code == Access.Latent).Select(w => $"Bucket {bucket.Name} would be public if public access was not blocked: {w.Text}."), "are not public");
    }

    private static Access ByAcl(RuleContext context, TrailBucket bucket)
    {
        if (!bucket.Evidence.Get(EvidenceKinds.BucketAcl, bucket.Name).TryGet(out var acl, out var why))
        {
            return Access.Failure(why);
        }

        var grants = acl.Grants.Where(g => IsEveryone(g.GranteeUri)).Select(g => $"{g.Permission} to {g.GranteeUri!.Split('/').Last()}").ToList();
        if (grants.Count == 0)
        {
            return Access.None;
        }

        var text = $"its ACL grants {string.Join(", ", grants)}";
        if (IsLiteral(context.Settings))
        {
            return new Access(CisStatus.Fail, "PublicAcl", text);
        }

        var ignored = Block(context, bucket, b => b.IgnorePublicAcls);
        var ownership = bucket.Evidence.Get(EvidenceKinds.BucketOwnership, bucket.Name);
        var enforced = ownership.Match(o => o == "BucketOwnerEnforced", _ => false);
        return (ignored.IsOn || enforced, ignored.Failure ?? ownership.Failure) switch
        {
            (true, _) => new Access(CisStatus.Pass, Access.Latent, text),
            (_, { } unknown) => Access.Failure(unknown),
            _ => new Access(CisStatus.Fail, "PublicAcl", text),
        };
    }

    private static Access ByPolicy(RuleContext context, TrailBucket bucket)
    {
        if (!bucket.Evidence.Get(EvidenceKinds.BucketPolicy, bucket.Name).TryGet(out var policy, out var why))
        {
            return Access.Failure(why);
        }

        if (policy is null)
        {
            return Access.None;
        }

        if (BucketPolicyDocument.PublicStatements(policy) is not { } statements)
        {
            return Access.Failure(new ReadFailure(
                EvidenceKinds.BucketPolicy.Actions[0], bucket.Resource(context).Region, "NotAPolicy", ReadFailureKind.Malformed, "The bucket's policy is not a policy document."));
        }

        var names = $"statement{(statements.Count == 1 ? "" : "s")} {string.Join(", ", statements.Select(s => s.Name))}";
        var text = $"its policy allows access by everyone in {names}";
        if (IsLiteral(context.Settings))
        {
            return statements.Count > 0 ? new Access(CisStatus.Fail, "PublicPolicy", text) : Access.None;
        }

        // An unconditioned statement for everyone is public. Whether a condition narrows it enough, and whether some other
        // principal is as wide, AWS says itself: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
        var isPublic = bucket.Evidence.Get(EvidenceKinds.BucketPolicyIsPublic, bucket.Name);
        if (statements.All(s => s.HasCondition) && isPublic.Match(p => p != true, _ => false))
        {
            return statements.Count > 0
                ? new Access(
                    CisStatus.Pass, Access.Note, $"The policy allows access by everyone in {names}, but its conditions exclude the public.")
                : Access.None;
        }

        text = statements.Count > 0 ? text : "AWS reports that its policy is public";
        var restricted = Block(context, bucket, b => b.RestrictPublicBuckets);
        var undecided = restricted.Failure ?? (statements.All(s => s.HasCondition) ? isPublic.Failure : null);
        return (restricted.IsOn, undecided) switch
        {
            // Nothing says yet that the policy is public, so there is no grant to warn of.
            (true, _) when statements.Count == 0 && isPublic.Failure is not null => Access.None,
            (true, _) => new Access(CisStatus.Pass, Access.Latent, text),
            (_, { } unknown) => Access.Failure(unknown),
            _ => new Access(CisStatus.Fail, "PublicPolicy", text),
        };
    }

    // The API says http, the benchmark prints https in one place. The group LogDelivery is not everyone.
    private static bool IsEveryone(string? granteeUri) => granteeUri is not null &&
        (granteeUri.EndsWith("/groups/global/AllUsers", StringComparison.Ordinal) ||
         granteeUri.EndsWith("/groups/global/AuthenticatedUsers", StringComparison.Ordinal));

    /// <summary>
    /// Whether a block is on, at the bucket or at the account. The account's counts only for a bucket of its own, and no
    /// other can pass by it: a pass takes the bucket's policy, and S3 refuses GetBucketPolicy to every account but the owner,
    /// even one that is granted it (405, https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html). A trail's owner
    /// does not show it: a log archive account holds the bucket of its organisation's trail. Nor is a block of ours that is off
    /// counted against a foreign bucket: its owner's would keep public grants out of the answer of GetBucketAcl.
    /// </summary>
    private static (bool IsOn, ReadFailure? Failure) Block(RuleContext context, TrailBucket bucket, Func<PublicAccessBlock, bool> flag)
    {
        var ofBucket = bucket.Evidence.Get(EvidenceKinds.BucketPublicAccessBlock, bucket.Name);
        var ofAccount = bucket.Evidence.Get(EvidenceKinds.AccountPublicAccessBlock);
        return ofBucket.Match(flag, _ => false) || ofAccount.Match(flag, _ => false)
            ? (true, null)
            : (false, ofBucket.Failure ?? ofAccount.Failure);
    }

    /// <summary>What one way into the bucket comes to.</summary>
    private sealed record Access(CisStatus Status, string Code = "", string Text = "", ReadFailure? Why = null)
    {
        public const string Latent = "Latent";
        public const string Note = "Note";

        public static Access None { get; } = new(CisStatus.Pass);

        public static Access Failure(ReadFailure why) => new(CisStatus.Unknown, why.Kind.ToString(), "", why);
    }
}
