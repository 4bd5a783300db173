using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using CisAws.Aws.Calls;

namespace CisAws.Aws.Sessions;

/// <summary>
/// Credentials of an assumed role, renewed before they expire. The roles of many accounts are assumed from one account, where AWS may throttle the calls;
/// then they are repeated.
/// </summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    /// <summary>How often a throttled call is repeated: after 1, 2, 4, 8 and 16 seconds. The SDK has repeated it before.</summary>
    private const int MostRepeats = 5;

    private readonly AWSCredentials _source;
    private readonly AssumeRoleRequest _request;
    private readonly Func<AWSCredentials, AmazonSecurityTokenServiceClient> _sts;
    private readonly Clock _clock;

    /// <param name="source">Who assumes the role.</param>
    /// <param name="request">The role, and how.</param>
    /// <param name="sts">Makes a client that signs with the source.</param>
    /// <param name="clock">The time.</param>
    public RoleCredentials(AWSCredentials source, AssumeRoleRequest request, Func<AWSCredentials, AmazonSecurityTokenServiceClient> sts, Clock clock)
    {
        _source = source;
        _request = request;
        _sts = sts;
        _clock = clock;
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        Task.Run(GenerateNewCredentialsAsync).GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = _sts(_source);
        var response = await AssumeAsync(sts).ConfigureAwait(false);
        var expiration = response.Credentials.Expiration ?? throw new AmazonClientException("The response of sts:AssumeRole has no expiration.");
        return new CredentialsRefreshState(
            new ImmutableCredentials(response.Credentials.AccessKeyId, response.Credentials.SecretAccessKey, response.Credentials.SessionToken),
            expiration.ToUniversalTime());
    }

    private async Task<AssumeRoleResponse> AssumeAsync(AmazonSecurityTokenServiceClient sts)
    {
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                return await sts.AssumeRoleAsync(_request, CancellationToken.None).ConfigureAwait(false);
            }
            catch (AmazonServiceException e) when (repeats < MostRepeats && ErrorClassifier.IsThrottled(e))
            {
                await _clock.WaitAsync(TimeSpan.FromSeconds(1 << repeats), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
