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
    /// <summary>One clause for a Reason: <c>iam:GetCredentialReport was denied (AccessDenied)</c>.</summary>
    public override string ToString()
    {
        var where = (Region.Length == 0 ? "" : $" in {Region}") + (AccountId is null ? "" : $" of account {AccountId}");
        var what = Kind switch
        {
            ReadFailureKind.AccessDenied => "was denied",
            ReadFailureKind.ScpDenied when Message.Contains("resource control policy") => "was denied by a resource control policy",
            ReadFailureKind.ScpDenied => "was denied by a service control policy",
            ReadFailureKind.Throttled => "was throttled until the retries ran out",
            ReadFailureKind.Unreachable => "got no answer",
            ReadFailureKind.NotSupported => "is not offered",
            ReadFailureKind.RegionDisabled => "was not called: the region is not enabled",
            ReadFailureKind.ForeignOwner => "was refused: another account owns it",
            ReadFailureKind.Malformed => "answered something that could not be understood",
            ReadFailureKind.CredentialsRejected => "was rejected: the credentials are no longer accepted",
            ReadFailureKind.Deadline => "was not finished in the time allowed",
            ReadFailureKind.NotCollected => "is not in the evidence",
            _ => "failed",
        };
        return $"{Action} {what}{where}" + (ErrorCode.Length == 0 ? "" : $" ({ErrorCode})");
    }
}
