using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Testing.Accounts;

/// <summary>The buckets that trails may deliver to: the account's, another's, and one that is gone.</summary>
internal sealed class Buckets
{
    private const string OwnerId = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

    private readonly AccountDraft _draft;
    private readonly List<string> _names = [];

    public Buckets(AccountDraft draft)
    {
        _draft = draft;
        draft.Evidence.Set(EvidenceKinds.AccountPublicAccessBlock, "", DrawBlock());
        for (var i = draft.Draw.Int(1, 3); i > 0; i--)
        {
            Add(draft.NewBucketName());
        }
    }

    public string Any() => _draft.Draw.OneOf(_names);

    private void Add(string name)
    {
        _names.Add(name);
        if (_draft.Draw.Chance(10))
        {
            _draft.Evidence.Set(EvidenceKinds.Buckets, name, new Bucket(false));
            return;
        }

        var region = _draft.Region();
        _draft.Evidence.Set(EvidenceKinds.Buckets, name, new Bucket(true, region));
        AddSettings(name);
        if (_draft.Draw.Chance(25))
        {
            Close(name, region);
        }
    }

    private void AddSettings(string name)
    {
        var draw = _draft.Draw;
        var policy = draw.Maybe(DrawPolicy);
        _draft.Evidence
            .Set(EvidenceKinds.BucketAcl, name, new BucketAcl(OwnerId, [new BucketGrant("CanonicalUser", "FULL_CONTROL", OwnerId), .. draw.Some(Grants, 20)]))
            .Set(EvidenceKinds.BucketPolicy, name, policy)
            .Set(EvidenceKinds.BucketPolicyIsPublic, name, policy is null ? null : draw.Chance(50))
            .Set(EvidenceKinds.BucketPublicAccessBlock, name, DrawBlock())
            .Set(EvidenceKinds.BucketOwnership, name, draw.Maybe(() => draw.OneOf("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")))
            .Set(EvidenceKinds.BucketLogging, name, draw.Chance(50) ? new BucketLogging() : new BucketLogging(draw.OneOf(name, "access-logs"), draw.OneOf("", "s3/", "a & b/")));
    }

    /// <summary>Another account's bucket: it can be seen that it is there, and where, and nothing else.</summary>
    private void Close(string name, string region)
    {
        EvidenceKind[] kinds =
        [
            EvidenceKinds.BucketAcl, EvidenceKinds.BucketPolicy, EvidenceKinds.BucketPolicyIsPublic, EvidenceKinds.BucketPublicAccessBlock, EvidenceKinds.BucketOwnership, EvidenceKinds.BucketLogging,
        ];
        foreach (var kind in kinds)
        {
            _draft.Evidence.Set(kind, name, kind.Failed(new ReadFailure(kind.Actions[0], region, "AccessDenied", ReadFailureKind.AccessDenied, "Access Denied")));
        }
    }

    private PublicAccessBlock DrawBlock() =>
        new(_draft.Draw.Chance(50), _draft.Draw.Chance(50), _draft.Draw.Chance(50), _draft.Draw.Chance(50));

    private string DrawPolicy() => _draft.Draw.OneOf(
        """{"Version":"2012-10-17","Statement":[{"Sid":"AWSCloudTrailWrite","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"*"}]}""",
        "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": { \"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::a+b/<é>/*\" }\n}",
        """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}]}""");

    private static readonly BucketGrant[] Grants =
    [
        new("Group", "READ", GranteeUri: "http://acs.amazonaws.com/groups/global/AllUsers"),
        new("Group", "WRITE_ACP", GranteeUri: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
        new("Group", "WRITE", GranteeUri: "http://acs.amazonaws.com/groups/s3/LogDelivery"),
        new("CanonicalUser", "READ_ACP", "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"),
    ];
}
