using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using CisAws.Aws.Calls;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>The profiles of the shared credentials and config files, and of AWS Tools' own store on Windows.</summary>
internal static class Profiles
{
    /// <summary>The SDKs', and the one that early AWS Tools wrote.</summary>
    private static readonly string[] DefaultNames = ["default", "AWS PS Default"];

    /// <summary>A profile that the caller named.</summary>
    public static async Task<FoundCredentials> NamedAsync(string name, string? location, CancellationToken cancellationToken)
    {
        var chain = new CredentialProfileStoreChain(FileOf(location));
        return chain.TryGetProfile(name, out var profile)
            ? await OpenAsync(profile, chain, location, cancellationToken).ConfigureAwait(false)
            : throw Missing(name, location, chain);
    }

    /// <summary>The profile of AWS_PROFILE, else a default one; null when AWS_PROFILE is not set and there is no default.</summary>
    public static Task<FoundCredentials?> DefaultAsync(CancellationToken cancellationToken) => DefaultAsync(null, cancellationToken);

    /// <summary>The same in a file that the caller named, where there has to be one.</summary>
    public static async Task<FoundCredentials> DefaultOfAsync(string location, CancellationToken cancellationToken) =>
        await DefaultAsync(location, cancellationToken).ConfigureAwait(false)
        ?? throw Missing(DefaultNames[0], location, new CredentialProfileStoreChain(FileOf(location)));

    /// <summary>Every profile, by name.</summary>
    public static IReadOnlyList<NamedProfile> All(string? location) => new CredentialProfileStoreChain(FileOf(location)).ListProfiles()
        .GroupBy(p => p.Name, StringComparer.Ordinal)
        .Select(g => new NamedProfile(g.Key, Describe(g.First())))
        .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
        .ToList();

    private static string Describe(CredentialProfile profile)
    {
        var region = profile.Region is { } home ? $", {home.SystemName}" : "";
        return profile.Options switch
        {
            { RoleArn: { Length: > 0 } role, SourceProfile: { Length: > 0 } source } => $"assumes {role} from profile {source}{region}",
            { RoleArn: { Length: > 0 } role, CredentialSource: { Length: > 0 } source } => $"assumes {role} from {source}{region}",
            { RoleArn: { Length: > 0 } role } => $"assumes {role}{region}",
            { SsoAccountId: { Length: > 0 } account } sso => $"signs in to account {account} as {sso.SsoRoleName} (SSO){region}",
            { CredentialProcess.Length: > 0 } => $"runs a credential_process{region}",
            { AccessKey.Length: > 0 } => $"has access keys{region}",
            _ => $"has no credentials of its own{region}",
        };
    }

    private static async Task<FoundCredentials?> DefaultAsync(string? location, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("AWS_PROFILE") is { Length: > 0 } named)
        {
            return await NamedAsync(named, location, cancellationToken).ConfigureAwait(false);
        }

        var chain = new CredentialProfileStoreChain(FileOf(location));
        foreach (var name in DefaultNames)
        {
            if (chain.TryGetProfile(name, out var profile) && profile.CanCreateAWSCredentials)
            {
                return await OpenAsync(profile, chain, location, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    private static async Task<FoundCredentials> OpenAsync(
        CredentialProfile profile, CredentialProfileStoreChain chain, string? location, CancellationToken cancellationToken)
    {
        var all = WithSources(profile, chain).ToList();
        RefuseCodes(profile, all);
        if (all.Any(p => string.Equals(p.Options.CredentialSource, "Ec2InstanceMetadata", StringComparison.OrdinalIgnoreCase))
            && !await InstanceRole.AnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new ConnectionException(
                ConnectionProblem.NoCredentials,
                $"Profile '{profile.Name}' starts from the role of the EC2 instance it is used on, and no metadata service answers here.",
                "Use it on an EC2 instance that has a role, or change the profile's credential_source. " +
                "In a container the instance may have to allow a hop limit of 2.");
        }

        try
        {
            // Nothing may prompt or open a browser. A missing sign-in to IAM Identity Center shows when the credentials are fetched.
            var signsIn = all[0].Options is { SsoAccountId.Length: > 0 };
            var credentials = AWSCredentialsFactory.GetAWSCredentials(profile, chain, nonCallbackOnly: !signsIn);
            return new FoundCredentials(
                credentials, $"profile {profile.Name}", new Profile(profile.Name, FileOf(location)), profile.Region?.SystemName)
            {
                Remedy = Remedy(profile, all),
            };
        }
        catch (Exception e) when (e is not ConnectionException)
        {
            throw new ConnectionException(
                ConnectionProblem.ProfileNotFound,
                $"The credentials of profile '{profile.Name}' could not be loaded: {MessageRedactor.Of(e)}",
                Remedy(profile, all),
                CaughtException.Of(e));
        }
    }

    /// <summary>The profile, and those whose credentials it starts from.</summary>
    private static IEnumerable<CredentialProfile> WithSources(CredentialProfile profile, CredentialProfileStoreChain chain)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = profile; next is not null && seen.Add(next.Name);)
        {
            yield return next;
            next = next.Options.SourceProfile is { Length: > 0 } source && chain.TryGetProfile(source, out var found) ? found : null;
        }
    }

    private static void RefuseCodes(CredentialProfile profile, IEnumerable<CredentialProfile> all)
    {
        if (all.Select(p => p.Options).FirstOrDefault(o => !string.IsNullOrEmpty(o.MfaSerial)) is { } asks)
        {
            throw new ConnectionException(
                ConnectionProblem.RoleNotAssumed,
                $"Profile '{profile.Name}' requires an MFA code to assume {asks.RoleArn}, and CisAws does not prompt.",
                $"Assume the role first, and use its credentials: $session = Use-STSRole -ProfileName {asks.SourceProfile} -RoleArn {asks.RoleArn} " +
                $"-RoleSessionName audit -SerialNumber {asks.MfaSerial} -TokenCode <code>; Invoke-CisAssessment -Credential $session");
        }
    }

    private static string Remedy(CredentialProfile profile, IReadOnlyList<CredentialProfile> all) =>
        all.FirstOrDefault(p => !string.IsNullOrEmpty(p.Options.SsoAccountId)) is { } sso
            ? $"The SSO session is missing or has expired. Run 'aws sso login --profile {sso.Name}'."
            : all.FirstOrDefault(p => !string.IsNullOrEmpty(p.Options.CredentialProcess)) is { } process
                ? $"Run the credential_process of profile '{process.Name}' to see its output. " +
                    "It must print JSON with Version, AccessKeyId and SecretAccessKey."
                : $"Check the profile: 'aws configure list --profile {profile.Name}'.";

    private static ConnectionException Missing(string name, string? location, CredentialProfileStoreChain chain)
    {
        var names = chain.ListProfiles().Select(p => p.Name).Distinct(StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal).ToList();
        var where = location is null ? "" : $" in {location}";
        var others = names.Count == 0 ? "There are no profiles." : $"Profiles: {string.Join(", ", names)}.";
        return new ConnectionException(
            ConnectionProblem.ProfileNotFound,
            $"Profile '{name}' was not found{where}. {others}",
            "Correct the name, or create the profile with 'aws configure --profile' or 'aws configure sso'. For another credentials file, use -ProfileLocation.");
    }

    /// <summary>AWS Tools take the file; its folder is what people give.</summary>
    private static string? FileOf(string? location) => location is not null && Directory.Exists(location) ? Path.Combine(location, "credentials") : location;
}
