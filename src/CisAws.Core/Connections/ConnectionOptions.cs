using System;
using System.Net;
using System.Threading;
using CisAws.Evidence;

namespace CisAws.Connections;

/// <summary>
/// Credentials, region and endpoint of a connection, with the terms of AWS Tools for PowerShell. What is null comes from where AWS Tools
/// takes it: environment, profiles, container and instance roles.
/// </summary>
internal sealed record ConnectionOptions
{
    /// <summary>The access key ID; goes with <see cref="SecretKey"/>.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret access key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>A named profile. If it does not exist, the connection fails, rather than use other credentials.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The shared credentials file to look in, or the folder it is in.</summary>
    public string? ProfileLocation { get; init; }

    /// <summary>A credentials object of another library, bridged by the shape of its members.</summary>
    public object? Credential { get; init; }

    /// <summary>The name for messages of keys or an object that do not come from a parameter: <c>$StoredAWSCredentials</c>.</summary>
    public string? CredentialVariable { get; init; }

    /// <summary>The region for global calls, such as the list of regions; us-east-1 by default.</summary>
    public string? Region { get; init; }

    /// <summary>The name for messages of a region that does not come from a parameter: <c>$StoredAWSRegion</c>.</summary>
    public string? RegionVariable { get; init; }

    /// <summary>An endpoint that serves every service, instead of AWS's own.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>A role that assumes the role of the account (role chaining); null if the credentials do.</summary>
    public string? SourceRoleArn { get; init; }

    /// <summary>The role to assume.</summary>
    public string? RoleArn { get; init; }

    /// <summary>
    /// The name of the role to assume in <see cref="AccountId"/>, in the partition of the credentials. It is not assumed if they belong to that account.
    /// </summary>
    public string? RoleName { get; init; }

    /// <summary>The external ID that the trust policies of the roles require.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The name of the sessions of the roles, which CloudTrail records.</summary>
    public string RoleSessionName { get; init; } = "CisAws";

    /// <summary>How long the credentials of the account's role are valid, in seconds; null for the default of AWS, an hour. They are renewed before.</summary>
    public int? DurationInSeconds { get; init; }

    /// <summary>The account that it has to be; null for the account of the credentials or of the role.</summary>
    public string? AccountId { get; init; }

    /// <summary>A proxy; null for the environment's or the system's.</summary>
    public WebProxy? Proxy { get; init; }

    /// <summary>How many calls may be under way at once, 1 to 256. Each takes a connection.</summary>
    public int ThrottleLimit { get; init; } = 128;

    /// <summary>When it is cancelled, what was not read until then cannot be read any more: <see cref="ReadFailureKind.Deadline"/>.</summary>
    public CancellationToken Deadline { get; init; }

    /// <summary>Called after each call to AWS, from any thread.</summary>
    public Action<AwsCall>? OnCall { get; init; }

    /// <summary>Called with warnings, such as an endpoint without encryption, from any thread.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Without values, so that no secret is printed.</summary>
    public override string ToString() => nameof(ConnectionOptions);
}

/// <summary>One call to AWS that has ended.</summary>
/// <param name="Action">The IAM action.</param>
/// <param name="Region">Where it was sent.</param>
/// <param name="Duration">How long it took, retries included.</param>
/// <param name="Outcome">"OK", or the error code.</param>
/// <param name="RequestId">AWS's request ID; empty when no answer came.</param>
internal sealed record AwsCall(string Action, string Region, TimeSpan Duration, string Outcome, string RequestId);
