using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Security.Cryptography;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon S3: what a bucket says of itself, and the objects that were put into it.</summary>
internal static class S3
{
    public static Service Service { get; } = new("s3", "s3", ServiceErrorCodes.S3, new S3Protocol(control: false))
    {
        { "HEAD", "HeadBucket", "ListBucket", HeadBucket },
        { "GET", "ListObjectsV2", "ListBucket", ListObjectsV2 },
        { "GET /key", "GetObject", "GetObject", GetObject },
        { "PUT /key", "PutObject", "PutObject", PutObject },
        { "GET /", "ListBuckets", "ListAllMyBuckets", ListBuckets },
        { "GET ?versioning", "GetBucketVersioning", "GetBucketVersioning", GetBucketVersioning },
        { "GET ?encryption", "GetBucketEncryption", "GetEncryptionConfiguration", GetBucketEncryption },
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

    /// <summary>The objects of the bucket are not in the evidence: there are those that were put into it.</summary>
    private static Shape ListObjectsV2(Call call)
    {
        HeadBucket(call);
        call.Input.Accept("list-type", "x-id", "fetch-owner");
        var (bucket, prefix, encoding) = (call.Input.RequiredText("Bucket"), call.Input.Text("prefix") ?? "", call.Input.Text("encoding-type"));
        var page = call.Input.Number("max-keys") == 0
            ? new Page<KeyValuePair<string, byte[]>>([], null)
            : call.Page(Objects(call, bucket, prefix), "continuation-token", "max-keys", 1000);
        var result = new Shape
        {
            ["Name"] = bucket,
            ["Prefix"] = prefix,
            ["KeyCount"] = page.Items.Count,
            ["MaxKeys"] = call.Input.Number("max-keys") ?? 1000,
            ["EncodingType"] = encoding,
            ["IsTruncated"] = page.NextToken is not null,
            ["NextContinuationToken"] = page.NextToken,
        };
        foreach (var (key, content) in page.Items)
        {
            result["Contents"] = new Shape
            {
                ["Key"] = encoding is null ? key : string.Join('/', key.Split('/').Select(Uri.EscapeDataString)),
                ["LastModified"] = call.Account.Evidence.CollectedAt,
                ["ETag"] = ETag(call, bucket, content),
                ["Size"] = content.Length,
                ["StorageClass"] = "STANDARD",
            };
        }

        return new Shape { ["ListBucketResult"] = result };
    }

    private static List<KeyValuePair<string, byte[]>> Objects(Call call, string bucket, string prefix)
    {
        lock (call.Account.Objects)
        {
            return call.Account.Objects
                .Where(o => o.Key.Bucket == bucket && o.Key.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(o => KeyValuePair.Create(o.Key.Key, o.Value)).ToList();
        }
    }

    private static Shape GetObject(Call call)
    {
        Find(call);
        var bucket = call.Input.RequiredText("Bucket");
        byte[]? content;
        lock (call.Account.Objects)
        {
            content = call.Account.Objects.GetValueOrDefault((bucket, call.Input.RequiredText("Key")));
        }

        if (IsEncryptedByKms(call, bucket))
        {
            // They let clients know that the tag is not the MD5.
            call.Headers["x-amz-server-side-encryption"] = "aws:kms";
            call.Headers["x-amz-server-side-encryption-aws-kms-key-id"] = $"arn:aws:kms:{call.Region}:{call.Account.AccountId}:alias/aws/s3";
        }

        var tag = ETag(call, bucket, content ?? throw new AwsError("NoSuchKey", 404, "The specified key does not exist."));
        call.Headers["ETag"] = tag;
        return call.Input.Text("If-Match") is { } expected && expected != tag ? throw PreconditionFailed() : new Shape { [Shape.Payload] = content };
    }

    private static Shape PutObject(Call call)
    {
        Find(call);
        var (bucket, content) = (call.Input.RequiredText("Bucket"), call.Input.Content);
        lock (call.Account.Objects)
        {
            var place = (bucket, call.Input.RequiredText("Key"));
            if (call.Input.Text("If-None-Match") is "*" && call.Account.Objects.ContainsKey(place))
            {
                throw PreconditionFailed();
            }

            call.Account.Objects[place] = content;
        }

        call.Headers["ETag"] = ETag(call, bucket, content);
        return new Shape();
    }

    private static AwsError PreconditionFailed() => new("PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold");

    /// <summary>The tag of an object: the MD5 of its content, or of something else where a KMS key encrypts the objects of the bucket.</summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The tag of an object in S3 is its MD5.")]
    private static string ETag(Call call, string bucket, byte[] content) =>
        $"\"{Convert.ToHexStringLower(MD5.HashData(IsEncryptedByKms(call, bucket) ? [.. content, 0] : content))}\"";

    private static bool IsEncryptedByKms(Call call, string bucket) =>
        call.Account.Evidence.Get(EvidenceKinds.BucketEncryption, bucket).Match(a => a, _ => null)?.StartsWith("aws:kms", StringComparison.Ordinal) == true;

    private static Shape ListBuckets(Call call)
    {
        var page = call.Page(call.Read(EvidenceKinds.ListedBuckets), "continuation-token", "max-buckets", 1000);
        return new Shape
        {
            ["ListAllMyBucketsResult"] = new Shape
            {
                ["Buckets"] = new NamedList("Bucket", page.Items.Select(b => new Shape
                {
                    ["Name"] = b.Name,
                    // S3 returns the region only to those who ask for a page.
                    ["BucketRegion"] = call.Input.Text("max-buckets") is null ? null : b.Region,
                })),
                ["ContinuationToken"] = page.NextToken,
            },
        };
    }

    private static Shape GetBucketVersioning(Call call)
    {
        var versioning = Read(call, EvidenceKinds.BucketVersioning);
        return new Shape { ["VersioningConfiguration"] = new Shape { ["Status"] = versioning.Status, ["MfaDelete"] = versioning.MfaDelete } };
    }

    private static Shape GetBucketEncryption(Call call)
    {
        var algorithm = Read(call, EvidenceKinds.BucketEncryption)
            ?? throw new AwsError("ServerSideEncryptionConfigurationNotFoundError", 404, "The server side encryption configuration was not found");
        return new Shape
        {
            ["ServerSideEncryptionConfiguration"] = new Shape
            {
                ["Rule"] = new Shape { ["ApplyServerSideEncryptionByDefault"] = new Shape { ["SSEAlgorithm"] = algorithm } },
            },
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

    private static Shape GetBucketPolicy(Call call) => new() { [Shape.Payload] = Read(call, EvidenceKinds.BucketPolicy, EvidenceKinds.ListedBucketPolicy) ?? throw NoPolicy() };

    private static Shape GetBucketPolicyStatus(Call call) => new()
    {
        ["PolicyStatus"] = new Shape { ["IsPublic"] = Read(call, EvidenceKinds.BucketPolicyIsPublic) ?? throw NoPolicy() },
    };

    private static Shape GetPublicAccessBlock(Call call) => PublicAccessBlockShape.Of(
        Read(call, EvidenceKinds.BucketPublicAccessBlock, EvidenceKinds.ListedBucketPublicAccessBlock));

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

    /// <summary>What two kinds may hold: one is about the buckets of trails, the other about those of the account.</summary>
    private static T Read<T>(Call call, EvidenceKind<T> kind, EvidenceKind<T> other)
    {
        Find(call);
        var name = call.Input.RequiredText("Bucket");
        return call.Account.TryRead(kind, name, out var value) ? value : call.Account.Read(other, name);
    }

    /// <summary>The bucket of the call, which must be asked for in its own region.</summary>
    private static Bucket Find(Call call, bool anyRegion = false)
    {
        var name = call.Input.RequiredText("Bucket");
        var bucket = call.Account.TryRead(EvidenceKinds.Buckets, name, out var found) ? found : Listed(call, name);
        if (bucket is not { Exists: true })
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

    /// <summary>A bucket that no trail delivers to, by the list of the account's buckets; null where the list does not have it, or cannot be read.</summary>
    private static Bucket? Listed(Call call, string name) => call.Account.Evidence.Get(EvidenceKinds.ListedBuckets).Match(
        buckets => buckets.Where(b => b.Name == name).Select(b => new Bucket(true, b.Region)).FirstOrDefault(), _ => null);

    private static AwsError NoPolicy() => new("NoSuchBucketPolicy", 404, "The bucket policy does not exist");
}
