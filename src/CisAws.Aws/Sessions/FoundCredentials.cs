using Amazon;
using Amazon.Runtime;

namespace CisAws.Aws.Sessions;

/// <summary>Credentials, and where they were found.</summary>
/// <param name="Credentials">The credentials.</param>
/// <param name="Source">Where they come from, in words for people; never the credentials.</param>
/// <param name="Profile">The profile they come from, when one was named.</param>
/// <param name="Region">The profile's region.</param>
internal sealed record FoundCredentials(AWSCredentials Credentials, string Source, Profile? Profile = null, string? Region = null);
