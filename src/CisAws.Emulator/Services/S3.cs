using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon S3: what a bucket says of itself.</summary>
internal static class S3
{
    public static Service Service { get; } = new("s3", "s3", ServiceErrorCodes.S3, new S3Protocol(control: false))
    {
        { "HEAD", "HeadBucket", "ListBucket", HeadBucket },
        { "GET", "ListObjectsV2", "ListBucket", ListObjectsV2 },
        { "GET ?location", "GetBucketLocation", "GetBucketLocation", GetBucketLocation },
        { "GET ?acl", "GetBucketAcl", "GetBucketAcl", GetBucketAcl },
        { "GET ?policy", "GetBucketPolicy", "GetBucketPolicy", GetBucketPolicy },
        { "GET ?policyStatus", "GetBucketPolicyStatus", "GetBucketPolicyStatus", GetBucketPolicyStatus },
        { "GET ?publicAccessBlock", "GetPublicAccessBlock", "GetBucketPublicAccessBlock", GetPublicAccessBlock },
        { "GET ?ownershipControls", "GetBucketOwnershipControls", "GetBucketOwnershipControls", GetBucketOwnershipControls },
        { "GET ?logging", "GetBucketLogging", "GetBucketLogging", GetBucketLogging },
    };

    private static Shape HeadBucket(Call call)
    {
        call.Headers["x-amz-bucket-region"] = Find(call).Region ?? call.Region;
        return new Shape();
    }

    /// <summary>The objects are not in the evidence; a request for none returns them all.</summary>
    private static Shape ListObjectsV2(Call call)
    {
        HeadBucket(call);
        return new Shape
        {
            ["ListBucketResult"] = new Shape { ["Name"] = call.Input.RequiredText("Bucket"), ["KeyCount"] = 0, ["MaxKeys"] = 0, ["IsTruncated"] = false },
        };
    }

    private static Shape GetBucketLocation(Call call)
    {
        var region = Find(call, anyRegion: true).Region;
        return new Shape { ["LocationConstraint"] = region == "us-east-1" ? "" : region };
    }

    private static Shape GetBucketAcl(Call call)
    {
        var acl = Read(call, EvidenceKinds.BucketAcl);
        return new Shape
        {
            ["AccessControlPolicy"] = new Shape
            {
                ["Owner"] = new Shape { ["ID"] = acl.OwnerId },
                ["AccessControlList"] = new NamedList("Grant", acl.Grants.Select(g => new Shape
                {
                    ["Grantee"] = new Shape { ["@xsi:type"] = g.GranteeType, ["ID"] = g.GranteeId, ["URI"] = g.GranteeUri },
                    ["Permission"] = g.Permission,
                })),
            },
        };
    }

    private static Shape GetBucketPolicy(Call call) => new() { [Shape.Payload] = Read(call, EvidenceKinds.BucketPolicy) ?? throw NoPolicy() };

    private static Shape GetBucketPolicyStatus(Call call) => new()
    {
        ["PolicyStatus"] = new Shape { ["IsPublic"] = Read(call, EvidenceKinds.BucketPolicyIsPublic) ?? throw NoPolicy() },
    };

    private static Shape GetPublicAccessBlock(Call call) => PublicAccessBlockShape.Of(Read(call, EvidenceKinds.BucketPublicAccessBlock));

    private static Shape GetBucketOwnershipControls(Call call)
    {
        var ownership = Read(call, EvidenceKinds.BucketOwnership)
            ?? throw new AwsError("OwnershipControlsNotFoundError", 404, "The bucket ownership controls were not found");
        return new Shape { ["OwnershipControls"] = new Shape { ["Rule"] = new Shape { ["ObjectOwnership"] = ownership } } };
    }

    private static Shape GetBucketLogging(Call call)
    {
        var logging = Read(call, EvidenceKinds.BucketLogging);
        return new Shape
        {
            ["BucketLoggingStatus"] = logging.TargetBucket is null ? new Shape() : new Shape
            {
                ["LoggingEnabled"] = new Shape { ["TargetBucket"] = logging.TargetBucket, ["TargetPrefix"] = logging.TargetPrefix },
            },
        };
    }

    private static T Read<T>(Call call, EvidenceKind<T> kind)
    {
        Find(call);
        return call.Account.Read(kind, call.Input.RequiredText("Bucket"));
    }

    /// <summary>The bucket of the call, which must be asked for in its own region.</summary>
    private static Bucket Find(Call call, bool anyRegion = false)
    {
        var name = call.Input.RequiredText("Bucket");
        var held = call.Account.TryRead(EvidenceKinds.Buckets, name, out var bucket);
        if (!held || !bucket.Exists)
        {
            throw new AwsError("NoSuchBucket", 404, $"The specified bucket does not exist: {name}");
        }

        if (!anyRegion && bucket.Region is { } region && region != call.Region)
        {
            throw new AwsError(
                "PermanentRedirect", 301, "The bucket you are attempting to access must be addressed using the specified endpoint.")
            {
                Headers = { ["x-amz-bucket-region"] = region },
            };
        }

        return call.Input.Text("ExpectedBucketOwner") is { } owner && owner != call.Account.AccountId
            ? throw new AwsError("AccessDenied", 403, "Access Denied")
            : bucket;
    }

    private static AwsError NoPolicy() => new("NoSuchBucketPolicy", 404, "The bucket policy does not exist");
}
