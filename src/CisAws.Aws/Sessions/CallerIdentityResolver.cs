using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using CisAws.Aws.Calls;
using CisAws.Aws.Clients;
using CisAws.Connections;
using CisAws.Evidence;

namespace CisAws.Aws.Sessions;

/// <summary>Assumes the roles that the options name, and asks AWS which account and principal the credentials belong to.</summary>
internal sealed class CallerIdentityResolver(ClientSettings settings, HomeRegion region, CallLimiter limiter, Clock clock)
{
    /// <summary>Obtains the credentials that the role of the account is assumed with.</summary>
    /// <exception cref="ConnectionException">They cannot be obtained.</exception>
    public async Task<SourceCredentials> SignInAsync(FoundCredentials found, ConnectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var credentials = SdkCredentialAdapter.Replacing(found.Credentials, Sts, settings.Proxy, clock);
            await ResolveAsync(credentials, found.Timeout, cancellationToken).ConfigureAwait(false);
            var description = found.Source;
            if (options.SourceRoleArn is { } arn)
            {
                credentials = await AssumeAsync(credentials, RequestOf(arn, options), found.Timeout, cancellationToken).ConfigureAwait(false);
                description = $"role {arn}, assumed with {description}";
            }

            return new SourceCredentials(found, credentials, description, () => IdentifyAsync(credentials, CancellationToken.None));
        }
        catch (Exception e) when (e is not (ConnectionException or OperationCanceledException))
        {
            var why = ErrorClassifier.Classify(e, "", "", foreign: false);
            throw new ConnectionException(
                why.Kind == ReadFailureKind.Unreachable ? ConnectionProblem.EndpointUnreachable : ConnectionProblem.CredentialsRejected,
                $"Could not get credentials from {found.Source}: {why.Message}",
                found.Remedy,
                CaughtException.Of(e));
        }
    }

    /// <summary>The credentials of the account's role, or those of the source if there is none; and a description of where they come from.</summary>
    /// <exception cref="ConnectionException">The role cannot be assumed.</exception>
    public async Task<(AWSCredentials Credentials, string Description)> AssumeAsync(
        SourceCredentials source, ConnectionOptions options, CancellationToken cancellationToken)
    {
        var arn = options.RoleArn ?? await NamedRoleAsync(source, options, cancellationToken).ConfigureAwait(false);
        if (arn is null)
        {
            return (source.Credentials, source.Description);
        }

        var request = RequestOf(arn, options);
        request.DurationSeconds = options.DurationInSeconds;
        var role = await AssumeAsync(source.Credentials, request, source.Timeout, cancellationToken).ConfigureAwait(false);
        return (role, $"role {arn}, assumed with {source.Description}");
    }

    /// <summary>Asks sts:GetCallerIdentity, which needs no permission.</summary>
    public async Task<AccountIdentity> IdentifyAsync(AWSCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            using var sts = Sts(credentials);
            var service = new ServiceClient<AmazonSecurityTokenServiceClient>(sts, limiter, region.Name);
            var response = await service.CallAsync(
                "sts:GetCallerIdentity", (c, t) => c.GetCallerIdentityAsync(new GetCallerIdentityRequest(), t), cancellationToken).ConfigureAwait(false);
            return string.IsNullOrEmpty(response.Account) || string.IsNullOrEmpty(response.Arn)
                ? throw new CallFailedException(new ReadFailure(
                    "sts:GetCallerIdentity", region.Name, "NotUnderstood", ReadFailureKind.Malformed, "The response names no account."))
                : AccountIdentity.FromCaller(response.Account, response.Arn);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Failure(ErrorClassifier.Classify(e, "sts:GetCallerIdentity", region.Name, foreign: false), e);
        }
    }

    /// <summary>Fetches the credentials, so that a problem with them is not reported as a problem with the first call.</summary>
    private static async Task ResolveAsync(AWSCredentials credentials, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var resolve = Task.Run(credentials.GetCredentialsAsync, cancellationToken);
        await Task.WhenAny(resolve, Task.Delay(timeout, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!resolve.IsCompleted)
        {
            throw new TimeoutException(FormattableString.Invariant($"They were not available within {timeout.TotalSeconds:0} seconds."));
        }

        await resolve.ConfigureAwait(false);
    }

    /// <summary>The role that is known by its name. In the account of the credentials none is assumed.</summary>
    private static async Task<string?> NamedRoleAsync(SourceCredentials source, ConnectionOptions options, CancellationToken cancellationToken)
    {
        if (options.RoleName is null)
        {
            return null;
        }

        var caller = await source.IdentifyAsync(cancellationToken).ConfigureAwait(false);
        return caller.AccountId == options.AccountId ? null : RoleNames.ArnOf(caller.Partition, options.AccountId!, options.RoleName);
    }

    private static AssumeRoleRequest RequestOf(string arn, ConnectionOptions options) =>
        new() { RoleArn = arn, RoleSessionName = options.RoleSessionName, ExternalId = options.ExternalId };

    private async Task<AWSCredentials> AssumeAsync(AWSCredentials source, AssumeRoleRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var role = new RoleCredentials(source, request, Sts, clock);
        try
        {
            await ResolveAsync(role, timeout, cancellationToken).ConfigureAwait(false);
            return role;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var why = ErrorClassifier.Classify(e, "sts:AssumeRole", region.Name, foreign: false);
            throw new ConnectionException(
                ConnectionProblem.RoleNotAssumed,
                $"Role {request.RoleArn} could not be assumed: {why.Message} ({why.ErrorCode})",
                RemedyOf(why),
                CaughtException.Of(e));
        }
    }

    private static string RemedyOf(ReadFailure why) => why.Kind switch
    {
        ReadFailureKind.Throttled => "AWS throttles sts:AssumeRole. Assess the account again later, or lower -AccountLimit.",
        ReadFailureKind.Unreachable => "Check the network and the proxy (HTTPS_PROXY), and assess the account again.",
        _ when ErrorClassifier.IsClockSkew(why) => "Set the clock of this machine: AWS accepts requests whose time differs by up to 5 minutes.",
        _ => "Check that the role exists, that its trust policy and your own permissions allow sts:AssumeRole, and whether the role requires -ExternalId.",
    };

    private ConnectionException Failure(ReadFailure why, Exception e)
    {
        var where = settings.EndpointUrl ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_STS") ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL");
        where = string.IsNullOrEmpty(where) ? $"AWS in {region.Name}" : MessageRedactor.OfEndpoint(where!);
        return why.Kind is ReadFailureKind.CredentialsRejected or ReadFailureKind.AccessDenied or ReadFailureKind.ScpDenied
            ? new ConnectionException(
                ConnectionProblem.CredentialsRejected,
                $"{where} rejected the credentials: {why.Message} ({why.ErrorCode})",
                "Sign in again if the credentials have expired. Otherwise check the keys, and that the region is enabled for the account." + Elsewhere(),
                CaughtException.Of(e))
            : new ConnectionException(
                ConnectionProblem.EndpointUnreachable,
                $"{where} {(why.Kind == ReadFailureKind.Unreachable ? "could not be reached" : "returned an unexpected response")}: {why.Message} ({why.ErrorCode})",
                "Check the network, the proxy (HTTPS_PROXY), -Region, and -EndpointUrl or AWS_ENDPOINT_URL.",
                CaughtException.Of(e));
    }

    /// <summary>Keys work in their own partition only.</summary>
    private string Elsewhere() => region.NamedBy is not null
        ? ""
        : $" No region is configured, so {region.Name} was used. For China, GovCloud or the European sovereign cloud, set -Region, AWS_REGION " +
            "or $StoredAWSRegion to a region of that partition, such as us-gov-west-1.";

    private AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials) =>
        new CheckedStsClient(credentials, settings.Apply(new AmazonSecurityTokenServiceConfig(), region.Name));
}
