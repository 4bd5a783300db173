using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>
/// Finds credentials in the order of AWS Tools: what the caller gave, the environment, the default profile, the container's
/// role, the instance's role. What was named and is not there is an error, never a reason to look further.
/// </summary>
internal static class CredentialChain
{
    /// <exception cref="ConnectionException">There are none, or those that were named are of no use.</exception>
    public static async Task<FoundCredentials> FindAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return Given(options)
                ?? FromEnvironment()
                ?? Profiles.Default(options.ProfileLocation)
                ?? FromContainer()
                ?? await InstanceRole.FindAsync(cancellationToken).ConfigureAwait(false)
                ?? throw None();
        }
        catch (Exception e) when (e is not (ConnectionException or OperationCanceledException))
        {
            throw new ConnectionException(
                ConnectionTrouble.NoCredentials,
                $"Looking for AWS credentials failed: {e.Message}",
                "Check the AWS_ variables of the environment and the files in the .aws folder, or give -ProfileName, or -AccessKey and -SecretKey.",
                e);
        }
    }

    private static ConnectionException None() => new(
        ConnectionTrouble.NoCredentials,
        "No AWS credentials were found: none were given, and there are none in the environment, in a default profile, or in a container's or instance's role.",
        "Give -ProfileName, or -AccessKey and -SecretKey, or sign in first, for instance with 'aws sso login' or 'aws configure'.");

    private static FoundCredentials? Given(ConnectionOptions options)
    {
        if (options.AccessKey is not null || options.SecretKey is not null || options.SessionToken is not null)
        {
            return FromKeys(options);
        }

        if (options.Credential is { } credential)
        {
            return new FoundCredentials(BridgedCredentials.Of(credential), $"the credentials object ({credential.GetType().Name})");
        }

        return options.ProfileName is { } name ? Profiles.Named(name, options.ProfileLocation) : null;
    }

    private static FoundCredentials FromKeys(ConnectionOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.AccessKey) || string.IsNullOrWhiteSpace(options.SecretKey))
        {
            throw new ConnectionException(
                ConnectionTrouble.InvalidOption,
                "An access key and a secret key go together, and one of them is missing.",
                "Give both -AccessKey and -SecretKey, and -SessionToken when they are temporary.");
        }

        return new FoundCredentials(Literal(options.AccessKey!, options.SecretKey!, options.SessionToken), "the access key given");
    }

    private static FoundCredentials? FromEnvironment()
    {
        if (Variable("AWS_ACCESS_KEY_ID") is { } key && Variable("AWS_SECRET_ACCESS_KEY") is { } secret)
        {
            return new FoundCredentials(Literal(key, secret, Variable("AWS_SESSION_TOKEN")), "the environment (AWS_ACCESS_KEY_ID)");
        }

        return Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is not null
            ? new FoundCredentials(AssumeRoleWithWebIdentityCredentials.FromEnvironmentVariables(), "the environment (AWS_WEB_IDENTITY_TOKEN_FILE)")
            : null;
    }

    private static FoundCredentials? FromContainer() =>
        Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is null && Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is null
            ? null
            : new FoundCredentials(new GenericContainerCredentials(), "the container's role");

    private static AWSCredentials Literal(string key, string secret, string? token) =>
        string.IsNullOrEmpty(token) ? new BasicAWSCredentials(key, secret) : new SessionAWSCredentials(key, secret, token);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
