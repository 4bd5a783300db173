using System;
using Amazon;
using Amazon.Runtime;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Sessions;

/// <summary>Credentials, and where they were found.</summary>
/// <param name="Credentials">The credentials.</param>
/// <param name="Source">A description of where they come from, for messages; never the credentials.</param>
/// <param name="Profile">The profile they come from, when one was named.</param>
/// <param name="Region">The profile's region.</param>
internal sealed record FoundCredentials(AWSCredentials Credentials, string Source, Profile? Profile = null, string? Region = null)
{
    /// <summary>What to do when they cannot be obtained.</summary>
    public string Remedy { get; init; } = "Sign in again, or specify other credentials with -ProfileName, or -AccessKey and -SecretKey.";

    /// <summary>How long obtaining them may take: longer than a call, because a credential process may wait for a person.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
