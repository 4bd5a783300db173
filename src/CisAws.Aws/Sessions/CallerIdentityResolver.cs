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

/// <summary>Assumes the role that the options name, and asks AWS which account and principal the credentials belong to.</summary>
internal sealed class CallerIdentityResolver(ClientSettings settings, HomeRegion region, CallLimiter limiter)
{
    /// <summary>The credentials to use, and a description of where they come from.</summary>
    public async Task<(AWSCredentials Credentials, string Source)> SignInAsync(
        FoundCredentials found, ConnectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var credentials = SdkCredentialAdapter.Replacing(found.Credentials, Sts, settings.Proxy);
            await ResolveAsync(credentials, found.Timeout, cancellationToken).ConfigureAwait(false);
            if (options.RoleArn is not { } arn)
            {
                return (credentials, found.Source);
            }

            var role = await AssumeAsync(credentials, arn, options.ExternalId, found.Timeout, cancellationToken).ConfigureAwait(false);
            return (role, $"role {arn}, assumed with {found.Source}");
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

    private async Task<AWSCredentials> AssumeAsync(
        AWSCredentials source, string arn, string? externalId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var request = new AssumeRoleRequest { RoleArn = arn, RoleSessionName = "CisAws", ExternalId = externalId };
        var role = new RoleCredentials(source, request, Sts);
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
                $"Role {arn} could not be assumed: {why.Message} ({why.ErrorCode})",
                "Check that the role exists, that its trust policy and your own permissions allow sts:AssumeRole, and whether the role requires -ExternalId.",
                CaughtException.Of(e));
        }
    }

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
