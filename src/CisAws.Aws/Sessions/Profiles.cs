using System;
using System.IO;
using System.Linq;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>The profiles of the shared credentials and config files, and of AWS Tools' own store on Windows.</summary>
internal static class Profiles
{
    /// <summary>A profile that the caller named.</summary>
    public static FoundCredentials Named(string name, string? location)
    {
        var chain = new CredentialProfileStoreChain(FileOf(location));
        return chain.TryGetProfile(name, out var profile) ? Open(profile, chain, location) : throw Missing(name, location, chain);
    }

    /// <summary>The profile of AWS_PROFILE, else the one called default; null when AWS_PROFILE is not set and there is no default.</summary>
    public static FoundCredentials? Default(string? location)
    {
        if (Environment.GetEnvironmentVariable("AWS_PROFILE") is { Length: > 0 } named)
        {
            return Named(named, location);
        }

        var chain = new CredentialProfileStoreChain(FileOf(location));
        return chain.TryGetProfile("default", out var profile) && profile.CanCreateAWSCredentials ? Open(profile, chain, location) : null;
    }

    private static FoundCredentials Open(CredentialProfile profile, CredentialProfileStoreChain chain, string? location)
    {
        try
        {
            // Nothing may prompt or open a browser, so a profile that would ask for a token code is refused here.
            var credentials = AWSCredentialsFactory.GetAWSCredentials(profile, chain, true);
            return new FoundCredentials(
                credentials, $"profile {profile.Name}", new Profile(profile.Name, FileOf(location)), profile.Region?.SystemName);
        }
        catch (Exception e) when (e is not ConnectionException)
        {
            var isSso = !string.IsNullOrEmpty(profile.Options.SsoStartUrl) || !string.IsNullOrEmpty(profile.Options.SsoSession);
            throw new ConnectionException(
                ConnectionTrouble.ProfileNotFound,
                $"Profile '{profile.Name}' gives no credentials: {(isSso ? "nobody is signed in to its IAM Identity Center." : e.Message)}",
                $"Check the profile with 'aws configure list --profile {profile.Name}', or sign in with 'aws sso login --profile {profile.Name}'.",
                e);
        }
    }

    private static ConnectionException Missing(string name, string? location, CredentialProfileStoreChain chain)
    {
        var names = chain.ListProfiles().Select(p => p.Name).Distinct(StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal).ToList();
        var where = location is null ? "" : $" in {location}";
        var others = names.Count == 0 ? "There are no profiles" + (location is null ? "" : " there") + "." : $"There are: {string.Join(", ", names)}.";
        return new ConnectionException(
            ConnectionTrouble.ProfileNotFound,
            $"There is no profile '{name}'{where}. {others}",
            "Check the name, or make the profile with 'aws configure --profile' or 'aws configure sso'. -ProfileLocation names another credentials file.");
    }

    /// <summary>AWS Tools take the file; its folder is what people give.</summary>
    private static string? FileOf(string? location) => location is not null && Directory.Exists(location) ? Path.Combine(location, "credentials") : location;
}
