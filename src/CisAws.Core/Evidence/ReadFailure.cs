using System;

namespace CisAws.Evidence;

/// <summary>Why a thing could not be read. Decides the wording of an Unknown, never a Pass or a Fail.</summary>
public enum ReadFailureKind : long
{
    /// <summary>The caller's own permissions do not allow the action.</summary>
    AccessDenied,

    /// <summary>A service control policy or resource control policy of the organisation denies the action, explicitly or by not allowing it.</summary>
    ScpDenied,

    /// <summary>AWS throttled the call, and still did after the retries.</summary>
    Throttled,

    /// <summary>AWS answered with an error of its own (5xx), or one we have no other word for.</summary>
    ServiceError,

    /// <summary>No connection: name resolution, TCP, TLS or a time-out.</summary>
    Unreachable,

    /// <summary>The service is not offered in this region or partition.</summary>
    NotSupported,

    /// <summary>The region is not enabled for this account.</summary>
    RegionDisabled,

    /// <summary>The thing belongs to another account, which alone can read it.</summary>
    ForeignOwner,

    /// <summary>An answer came, but it is not what the service documents.</summary>
    Malformed,

    /// <summary>The credentials were accepted at the start and rejected later (expired, revoked).</summary>
    CredentialsRejected,

    /// <summary>The time allowed for the assessment ran out.</summary>
    Deadline,

    /// <summary>Recorded evidence does not hold it.</summary>
    NotCollected,
}

/// <summary>A thing that could not be read: by which action, where, and why.</summary>
/// <param name="Action">The IAM action, as a policy would name it: <c>iam:GetCredentialReport</c>.</param>
/// <param name="Region">The region the call was for; empty for a global service.</param>
/// <param name="ErrorCode">The error code AWS answered with, or a name of ours when no answer came.</param>
/// <param name="Kind">The kind of problem.</param>
/// <param name="Message">What AWS said, or what happened, in one sentence.</param>
/// <param name="AccountId">The account it is about, where that is not the one that is assessed.</param>
public sealed record ReadFailure(string Action, string Region, string ErrorCode, ReadFailureKind Kind, string Message, string? AccountId = null)
{
    /// <summary>True where AWS answered that the caller lacks the permission.</summary>
    internal bool IsDenial => Kind is ReadFailureKind.AccessDenied or ReadFailureKind.ScpDenied ||
        (Kind == ReadFailureKind.ForeignOwner && (ErrorCode.Length == 0 || ErrorCode.StartsWith("Auth", StringComparison.Ordinal) || ErrorCode.StartsWith("AccessDenied", StringComparison.Ordinal)));

    /// <summary>True if a new attempt can have another outcome although no permission changes.</summary>
    internal bool IsTemporary => Kind is ReadFailureKind.Throttled or ReadFailureKind.ServiceError or ReadFailureKind.Unreachable or ReadFailureKind.Malformed
        or ReadFailureKind.CredentialsRejected or ReadFailureKind.Deadline;

    /// <summary>What the action reads, as sentences call it.</summary>
    internal string Thing => Action.Split(':')[0] switch
    {
        "sns" => "topic",
        "s3" => "bucket",
        "cloudtrail" => "trail",
        "logs" => "log group",
        "kms" => "key",
        _ => "resource",
    };

    /// <summary>One clause for a Reason: <c>ec2:DescribeVpcs was denied in eu-west-1</c>.</summary>
    public override string ToString() => In(Region);

    /// <summary>The clause with other regions.</summary>
    /// <param name="regions">The regions, as a sentence lists them; empty to leave them out.</param>
    internal string In(string regions)
    {
        var what = Kind switch
        {
            ReadFailureKind.AccessDenied => "was denied",
            ReadFailureKind.ScpDenied when Message.Contains("resource control policy") => "was denied by a resource control policy",
            ReadFailureKind.ScpDenied => "was denied by a service control policy",
            ReadFailureKind.Throttled => "was throttled until the retries were exhausted",
            ReadFailureKind.Unreachable => "got no response",
            ReadFailureKind.NotSupported => "is not available",
            ReadFailureKind.RegionDisabled => "was not called because the region is not enabled",
            ReadFailureKind.ForeignOwner when IsDenial => "was denied",
            ReadFailureKind.Malformed => "returned a response that is not valid",
            ReadFailureKind.CredentialsRejected => "was rejected because the credentials are no longer valid",
            ReadFailureKind.Deadline => "did not finish in the time allowed",
            ReadFailureKind.NotCollected => "is not in the evidence",
            _ => "failed",
        };
        return $"{Action} {what}" + (ErrorCode.Length == 0 || IsDenial ? "" : $" ({ErrorCode})") +
            (regions.Length == 0 ? "" : $" in {regions}") + (AccountId is null ? "" : $" of account {AccountId}") +
            (Kind == ReadFailureKind.ForeignOwner ? $"; another account owns the {Thing}" : "");
    }
}
