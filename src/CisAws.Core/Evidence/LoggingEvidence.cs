using System;
using System.Collections.Generic;
using System.Linq;

namespace CisAws.Evidence;

/// <summary>A CloudTrail trail as <c>cloudtrail:DescribeTrails</c> shows it, shadow trails included.</summary>
public sealed record Trail(
    string Name,
    string Arn,
    string HomeRegion,
    string S3BucketName,
    string? S3KeyPrefix = null,
    bool IsMultiRegionTrail = false,
    bool IsOrganizationTrail = false,
    bool IncludeGlobalServiceEvents = false,
    bool LogFileValidationEnabled = false,
    bool HasCustomEventSelectors = false,
    string? KmsKeyId = null,
    string? CloudWatchLogsLogGroupArn = null,
    string? CloudWatchLogsRoleArn = null);

/// <summary>The state of a trail; times are UTC.</summary>
public sealed record TrailStatus(
    bool IsLogging,
    DateTimeOffset? StartLoggingTime = null,
    DateTimeOffset? StopLoggingTime = null,
    DateTimeOffset? LatestDeliveryTime = null,
    string? LatestDeliveryError = null,
    DateTimeOffset? LatestCloudWatchLogsDeliveryTime = null,
    string? LatestCloudWatchLogsDeliveryError = null,
    string? LatestDigestDeliveryError = null);

/// <summary>
/// A classic event selector. <paramref name="ReadWriteType"/> is All, ReadOnly or WriteOnly. <paramref name="DataResources"/> is null where AWS
/// did not return it, and in evidence of versions that did not collect it.
/// </summary>
public sealed record EventSelector(
    string ReadWriteType, bool IncludeManagementEvents, IReadOnlyList<string> ExcludeManagementEventSources, IReadOnlyList<DataResource>? DataResources = null);

/// <summary>Resources whose data events a classic selector records: a type such as AWS::S3::Object, and the beginnings of ARNs.</summary>
public sealed record DataResource(string Type, IReadOnlyList<string> Values);

/// <summary>One condition of an advanced event selector.</summary>
public sealed record FieldSelector(
    string Field,
    IReadOnlyList<string>? EqualTo = null,
    IReadOnlyList<string>? NotEquals = null,
    IReadOnlyList<string>? StartsWith = null,
    IReadOnlyList<string>? NotStartsWith = null,
    IReadOnlyList<string>? EndsWith = null,
    IReadOnlyList<string>? NotEndsWith = null)
{
    /// <summary>True when it has no other values than these, one of its own lists.</summary>
    internal bool IsOnly(IReadOnlyList<string> values) =>
        new[] { EqualTo, NotEquals, StartsWith, NotStartsWith, EndsWith, NotEndsWith }.All(v => v is null || v.Count == 0 || ReferenceEquals(v, values));
}

/// <summary>An advanced event selector: all its conditions together.</summary>
public sealed record AdvancedEventSelector(string? Name, IReadOnlyList<FieldSelector> FieldSelectors);

/// <summary>What a trail records. A trail has classic or advanced selectors, never both.</summary>
public sealed record EventSelectors(IReadOnlyList<EventSelector> Classic, IReadOnlyList<AdvancedEventSelector> Advanced);

/// <summary>Whether a bucket exists, and its region; the region is null when it does not exist.</summary>
public sealed record Bucket(bool Exists, string? Region = null);

/// <summary>One grant of a bucket's ACL. <paramref name="GranteeType"/> is CanonicalUser, Group or AmazonCustomerByEmail.</summary>
public sealed record BucketGrant(string GranteeType, string Permission, string? GranteeId = null, string? GranteeUri = null);

/// <summary>A bucket's ACL.</summary>
public sealed record BucketAcl(string OwnerId, IReadOnlyList<BucketGrant> Grants);

/// <summary>Block Public Access of a bucket or an account; all false where nothing is set.</summary>
public sealed record PublicAccessBlock(
    bool BlockPublicAcls = false, bool IgnorePublicAcls = false, bool BlockPublicPolicy = false, bool RestrictPublicBuckets = false);

/// <summary>Server access logging of a bucket; the target is null when it is off.</summary>
public sealed record BucketLogging(string? TargetBucket = null, string? TargetPrefix = null);

/// <summary>
/// A customer-managed configuration recorder. <paramref name="Strategy"/> is the recording strategy's UseOnly, null where
/// the answer has none; <paramref name="HasRecordingGroup"/> is false where the answer has no recording group at all.
/// </summary>
public sealed record ConfigurationRecorder(
    string Name,
    string? RoleArn,
    bool HasRecordingGroup,
    bool AllSupported,
    bool IncludeGlobalResourceTypes,
    IReadOnlyList<string> ResourceTypes,
    IReadOnlyList<string> ExcludedResourceTypes,
    string? Strategy = null,
    string? RecordingFrequency = null,
    string? ServicePrincipal = null);

/// <summary>The state of a configuration recorder.</summary>
public sealed record ConfigurationRecorderStatus(
    string Name, bool Recording, string? LastStatus = null, DateTimeOffset? LastStartTime = null, string? LastErrorCode = null, string? LastErrorMessage = null);

/// <summary>Where AWS Config delivers to.</summary>
public sealed record DeliveryChannel(string Name, string? S3BucketName = null, string? SnsTopicArn = null);

/// <summary>A KMS key. Values are those of the API: KeyManager CUSTOMER or AWS, KeySpec SYMMETRIC_DEFAULT, Origin AWS_KMS, KeyState Enabled ...</summary>
public sealed record KmsKey(
    string KeyId,
    string Arn,
    string KeyManager,
    string KeySpec,
    string Origin,
    string KeyState,
    bool MultiRegion = false,
    string? MultiRegionKeyType = null,
    string? PrimaryKeyArn = null,
    string? Description = null)
{
    /// <summary>
    /// True for a customer managed key that automatic rotation exists for: a symmetric one with material of AWS KMS
    /// (https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html). A key that waits for deletion answers that it is not rotated,
    /// whatever was set.
    /// </summary>
    internal bool CanRotate =>
        this is { KeyManager: "CUSTOMER", KeySpec: "SYMMETRIC_DEFAULT", Origin: "AWS_KMS", KeyState: "Enabled" or "Updating" or "Disabled" };
}

/// <summary>Automatic rotation of a KMS key; the period is in days, 90 to 2560, and null where AWS gives none.</summary>
public sealed record KeyRotation(bool Enabled, int? RotationPeriodInDays = null);

/// <summary>A VPC.</summary>
public sealed record Vpc(
    string Id,
    string OwnerId,
    bool IsDefault,
    string State,
    IReadOnlyList<string> CidrBlocks,
    IReadOnlyList<string> Ipv6CidrBlocks,
    IReadOnlyDictionary<string, string>? Tags = null) : ITagged;

/// <summary>A subnet.</summary>
public sealed record Subnet(string Id, string VpcId, string OwnerId);

/// <summary>A flow log on a VPC, subnet or network interface.</summary>
public sealed record FlowLog(
    string Id,
    string ResourceId,
    string Status,
    string TrafficType,
    string? DeliverLogsStatus = null,
    string? DeliverLogsErrorMessage = null,
    string? LogDestinationType = null);
