using System;
using Amazon;
using Amazon.Runtime;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Sessions;

/// <summary>Credentials, and where they were found.</summary>
/// <param name="Credentials">The credentials.</param>
/// <param name="Source">Where they come from, in words for people; never the credentials.</param>
/// <param name="Profile">The profile they come from, when one was named.</param>
/// <param name="Region">The profile's region.</param>
internal sealed record FoundCredentials(AWSCredentials Credentials, string Source, Profile? Profile = null, string? Region = null)
{
    /// <summary>What to do when they cannot be had.</summary>
    public string Remedy { get; init; } = "Sign in again, or give other credentials with -ProfileName, or -AccessKey and -SecretKey.";

    /// <summary>How long having them may take: longer than any service does, since a credential process may be waiting for a person.</summary>
    public TimeSpan CallTimeouts { get; init; } = TimeSpan.FromSeconds(60);
}
