using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Util;
using CisAws.Aws.Calls;
using CisAws.Connections;

namespace CisAws.Aws.Sessions;

/// <summary>The role of the EC2 instance this runs on.</summary>
internal static class InstanceRole
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>The instance's role; null when there is no metadata service, as everywhere but on EC2.</summary>
    public static async Task<FoundCredentials?> FindAsync(CancellationToken cancellationToken)
    {
        if (!await AnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            return new FoundCredentials(new InstanceProfileAWSCredentials(), "the instance's role") { Timeout = TimeSpan.FromSeconds(10) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ConnectionException(
                ConnectionProblem.NoCredentials,
                $"No AWS credentials were found, and the metadata service of this instance provides no role: {MessageRedactor.Of(e)}",
                "Attach a role to the instance, or specify -ProfileName, or -AccessKey and -SecretKey.",
                CaughtException.Of(e));
        }
    }

    /// <summary>
    /// Requests a token, as the SDK will. The SDK would try for a long time; where the service is, it answers at once, and
    /// any answer will do. A connection alone proves nothing: from inside a container the response may be lost.
    /// </summary>
    public static async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        if (!EC2InstanceMetadata.IsIMDSEnabled)
        {
            return false;
        }

        using var direct = new HttpClientHandler { UseProxy = false };
        using var client = new HttpClient(direct) { Timeout = Timeout };
        using var request = new HttpRequestMessage(HttpMethod.Put, EC2InstanceMetadata.EC2ApiTokenUrl);
        request.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", "60");
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
