using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace CisAws.Aws.Sessions;

/// <summary>Credentials of an assumed role, renewed before they expire.</summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private readonly AWSCredentials _source;
    private readonly AssumeRoleRequest _request;
    private readonly Func<AWSCredentials, AmazonSecurityTokenServiceClient> _sts;

    /// <param name="source">Who assumes the role.</param>
    /// <param name="request">The role, and how.</param>
    /// <param name="sts">Makes a client that signs with the source.</param>
    public RoleCredentials(AWSCredentials source, AssumeRoleRequest request, Func<AWSCredentials, AmazonSecurityTokenServiceClient> sts)
    {
        _source = source;
        _request = request;
        _sts = sts;
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() =>
        Task.Run(GenerateNewCredentialsAsync).GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = _sts(_source);
        var response = await sts.AssumeRoleAsync(_request, CancellationToken.None).ConfigureAwait(false);
        var expiration = response.Credentials.Expiration ?? throw new AmazonClientException("The response of sts:AssumeRole has no expiration.");
        return new CredentialsRefreshState(
            new ImmutableCredentials(response.Credentials.AccessKeyId, response.Credentials.SecretAccessKey, response.Credentials.SessionToken),
            expiration.ToUniversalTime());
    }
}
