using CisAws.Evidence;

namespace CisAws.Emulator.Faults;

/// <summary>What happens to a call that a fault catches.</summary>
public enum FaultEffect
{
    /// <summary>Refused: the caller's permissions do not allow the action.</summary>
    AccessDenied,

    /// <summary>Refused by a service control policy; the message says so.</summary>
    ScpDenied,

    /// <summary>Refused: another account owns the thing.</summary>
    ForeignOwner,

    /// <summary>Refused: too many calls.</summary>
    Throttled,

    /// <summary>An error of the service's own (500).</summary>
    ServiceError,

    /// <summary>Refused: the session token has expired.</summary>
    CredentialsExpired,

    /// <summary>Refused: the region is not enabled for the account.</summary>
    RegionDisabled,

    /// <summary>Refused: the account is not signed up for the service there.</summary>
    NotOffered,

    /// <summary>The connection is reset and there is no answer.</summary>
    Reset,

    /// <summary>No answer ever comes; the connection stays open.</summary>
    Hang,

    /// <summary>A page of HTML, as a captive portal or a proxy answers (200).</summary>
    Html,

    /// <summary>The right answer, cut off in its middle.</summary>
    Truncated,

    /// <summary>A well-formed answer that is something else.</summary>
    WrongRoot,
}

/// <summary>
/// A fault to inject, and for which calls: <c>Fault.Deny("ec2:Describe*") with { Region = "eu-west-1" }</c>. Of several
/// faults that catch a call, the first decides.
/// </summary>
/// <param name="Effect">What happens.</param>
/// <param name="Action">The IAM action, <c>*</c> standing for any characters; S3's differ from its operations' names (<c>s3:ListBucket</c> is HeadBucket).</param>
public sealed record Fault(FaultEffect Effect, string Action = "*")
{
    /// <summary>Only calls to this region; null for any.</summary>
    public string? Region { get; init; }

    /// <summary>How many matching calls go through first.</summary>
    public int After { get; init; }

    /// <summary>How many calls are caught after that; null for all.</summary>
    public int? Times { get; init; }

    /// <summary>Refuses an action, everywhere or in one region, by the caller's own permissions or by a service control policy.</summary>
    public static Fault Deny(string action, string? region = null, bool scp = false) =>
        new(scp ? FaultEffect.ScpDenied : FaultEffect.AccessDenied, action) { Region = region };

    /// <summary>Throttles the first calls of an action.</summary>
    public static Fault Throttle(string action, int times) => new(FaultEffect.Throttled, action) { Times = times };

    /// <summary>Rejects the credentials as expired once so many calls were answered.</summary>
    public static Fault ExpireCredentials(int after) => new(FaultEffect.CredentialsExpired) { After = after };
}
