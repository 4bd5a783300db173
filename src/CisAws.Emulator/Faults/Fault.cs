using CisAws.Evidence;

namespace CisAws.Emulator.Faults;

/// <summary>What happens to a call that a fault applies to.</summary>
public enum FaultEffect
{
    /// <summary>Refused: the caller's permissions do not allow the action.</summary>
    AccessDenied,

    /// <summary>Refused by a service control policy; the message says so.</summary>
    ScpDenied,

    /// <summary>Refused: another account owns the resource.</summary>
    ForeignOwner,

    /// <summary>Refused: too many calls.</summary>
    Throttled,

    /// <summary>An internal error of the service (500).</summary>
    ServiceError,

    /// <summary>Refused: the session token has expired.</summary>
    CredentialsExpired,

    /// <summary>Refused: the time of the request is more than 15 minutes off.</summary>
    ClockSkew,

    /// <summary>Refused: the region is not enabled for the account.</summary>
    RegionDisabled,

    /// <summary>Refused: the account is not signed up for the service there.</summary>
    NotOffered,

    /// <summary>The connection is reset, without a response.</summary>
    Reset,

    /// <summary>The call takes effect, and the connection is reset in place of the response. A call that is refused gets its error.</summary>
    ResponseLost,

    /// <summary>No response; the connection stays open.</summary>
    Hang,

    /// <summary>A page of HTML with status 200, as from a captive portal or a proxy.</summary>
    Html,

    /// <summary>A response without a body, with status 200.</summary>
    EmptyBody,

    /// <summary>The correct response, cut off in the middle.</summary>
    Truncated,

    /// <summary>The connection is closed in the middle of the response.</summary>
    Interrupted,

    /// <summary>A well-formed response of another kind.</summary>
    WrongRoot,
}

/// <summary>
/// A fault to inject, and for which calls: <c>Fault.Deny("ec2:Describe*") with { Region = "eu-west-1" }</c>. If several
/// faults apply to a call, the first one counts.
/// </summary>
/// <param name="Effect">What happens.</param>
/// <param name="Action">The IAM action; <c>*</c> matches any characters. It can differ from the operation: HeadBucket is <c>s3:ListBucket</c>.</param>
public sealed record Fault(FaultEffect Effect, string Action = "*")
{
    /// <summary>The region; null for all.</summary>
    public string? Region { get; init; }

    /// <summary>How many matching calls succeed first.</summary>
    public int After { get; init; }

    /// <summary>How many calls fail after that; null for all.</summary>
    public int? Times { get; init; }

    /// <summary>Denies an action in all regions or in one, by the permissions of the caller or by a service control policy.</summary>
    public static Fault Deny(string action, string? region = null, bool scp = false) =>
        new(scp ? FaultEffect.ScpDenied : FaultEffect.AccessDenied, action) { Region = region };

    /// <summary>Throttles the first calls of an action.</summary>
    public static Fault Throttle(string action, int times) => new(FaultEffect.Throttled, action) { Times = times };

    /// <summary>Rejects the credentials as expired after a number of calls.</summary>
    public static Fault ExpireCredentials(int after) => new(FaultEffect.CredentialsExpired) { After = after };
}
