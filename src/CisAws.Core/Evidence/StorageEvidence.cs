using System;
using System.Collections.Generic;

namespace CisAws.Evidence;

/// <summary>A bucket of the account, as <c>s3:ListAllMyBuckets</c> lists it; the region is null where S3 did not return it.</summary>
public sealed record ListedBucket(string Name, string? Region = null);

/// <summary>Versioning of a bucket. <paramref name="Status"/> is Enabled or Suspended, <paramref name="MfaDelete"/> Enabled or Disabled; null: never set.</summary>
public sealed record BucketVersioning(string? Status = null, string? MfaDelete = null);

/// <summary>A database instance of Amazon RDS. <paramref name="ClusterId"/> is null for one that is not in a cluster.</summary>
public sealed record DbInstance(
    string Id,
    string Arn,
    string Engine,
    bool StorageEncrypted,
    bool AutoMinorVersionUpgrade,
    bool PubliclyAccessible,
    bool MultiAz,
    string? ClusterId = null,
    string? AvailabilityZone = null,
    IReadOnlyDictionary<string, string>? Tags = null) : ITagged;

/// <summary>A file system of Amazon EFS.</summary>
public sealed record FileSystem(string Id, string Arn, bool Encrypted, IReadOnlyDictionary<string, string>? Tags = null) : ITagged;

/// <summary>A server certificate that is stored in IAM. <paramref name="Expiration"/> is UTC.</summary>
public sealed record ServerCertificate(string Name, string Arn, DateTimeOffset Expiration);

/// <summary>
/// An analyzer of IAM Access Analyzer. <paramref name="Type"/> is ACCOUNT or ORGANIZATION for external access, or names another kind of finding, such as
/// ACCOUNT_UNUSED_ACCESS; <paramref name="Status"/> is ACTIVE, CREATING, DISABLED or FAILED.
/// </summary>
public sealed record Analyzer(string Name, string Arn, string Type, string Status);

/// <summary>Security Hub in a region where it is enabled.</summary>
public sealed record SecurityHub(string Arn);
