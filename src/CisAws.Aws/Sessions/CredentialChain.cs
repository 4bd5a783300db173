using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using CisAws.Aws.Calls;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>
/// Finds credentials in the order of AWS Tools: what the caller gave, the environment, the default profile, the container's
/// role, the instance's role. What was named but does not exist is an error; the next is not tried.
/// </summary>
internal static class CredentialChain
{
    /// <exception cref="ConnectionException">There are none, or those that were named cannot be used.</exception>
    public static async Task<FoundCredentials> FindAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await GivenAsync(options, cancellationToken).ConfigureAwait(false)
                ?? FromEnvironment()
                ?? await Profiles.DefaultAsync(cancellationToken).ConfigureAwait(false)
                ?? FromContainer()
                ?? await InstanceRole.FindAsync(cancellationToken).ConfigureAwait(false)
                ?? throw None();
        }
        catch (Exception e) when (e is not (ConnectionException or OperationCanceledException))
        {
            throw new ConnectionException(
                ConnectionProblem.NoCredentials,
                $"AWS credentials could not be loaded: {MessageRedactor.Of(e)}",
                "Check the AWS_* environment variables and the files in the .aws folder, or specify -ProfileName, or -AccessKey and -SecretKey.",
                CaughtException.Of(e));
        }
    }

    private static ConnectionException None() => new(
        ConnectionProblem.NoCredentials,
        "No AWS credentials were found in the parameters, $StoredAWSCredentials, environment variables, the default profile, or a container or instance role.",
        "Specify -ProfileName, or -AccessKey and -SecretKey, or sign in first, such as with 'aws sso login' or 'aws configure'.");

    private static async Task<FoundCredentials?> GivenAsync(ConnectionOptions options, CancellationToken cancellationToken)
    {
        if (options.AccessKey is not null || options.SecretKey is not null || options.SessionToken is not null)
        {
            return FromKeys(options);
        }

        if (options.Credential is { } credential)
        {
            return FromObject(credential, options.CredentialVariable);
        }

        return options.ProfileName is { } name ? await Profiles.NamedAsync(name, options.ProfileLocation, cancellationToken).ConfigureAwait(false)
            : options.ProfileLocation is { } file ? await Profiles.DefaultOfAsync(file, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private static FoundCredentials FromObject(object credential, string? variable)
    {
        var name = BridgedCredentials.NameOf(credential) is { Length: > 0 } named ? named : credential.GetType().Name;
        return new FoundCredentials(BridgedCredentials.Of(credential, variable ?? "-Credential"), $"{variable ?? "the credentials object"} ({name})")
        {
            Remedy = $"Renew {variable ?? "the object in -Credential"}, or specify other credentials.",
        };
    }

    private static FoundCredentials FromKeys(ConnectionOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.AccessKey) || string.IsNullOrWhiteSpace(options.SecretKey))
        {
            throw new ConnectionException(
                ConnectionProblem.InvalidOption,
                "The access key or the secret key is missing.",
                "Specify both -AccessKey and -SecretKey, and -SessionToken if they are temporary.");
        }

        var source = options.CredentialVariable ?? "-AccessKey";
        return new FoundCredentials(Literal(options.AccessKey!, options.SecretKey!, options.SessionToken), source);
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
            : new FoundCredentials(new GenericContainerCredentials(), "the container's role")
            {
                Remedy = "Check the role of the task or pod, and AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI.",
                Timeout = TimeSpan.FromSeconds(10),
            };

    private static AWSCredentials Literal(string key, string secret, string? token) =>
        string.IsNullOrEmpty(token) ? new BasicAWSCredentials(key, secret) : new SessionAWSCredentials(key, secret, token);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
