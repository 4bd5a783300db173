using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;

namespace CisAws.Aws.Calls;

/// <summary>A client in a region, and the limiter of its calls.</summary>
/// <param name="client">The client.</param>
/// <param name="limiter">Limits the calls.</param>
/// <param name="region">The region that messages name; empty for a global service.</param>
internal sealed class ServiceClient<TClient>(TClient client, CallLimiter limiter, string region)
    where TClient : AmazonServiceClient
{
    private readonly ServiceEndpoint _endpoint = limiter.Open(region);

    /// <summary>The region that messages name; empty for a global service.</summary>
    public string Region { get; } = region;

    /// <summary>Calls an operation.</summary>
    /// <param name="action">The IAM action that allows it.</param>
    /// <param name="call">The operation.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <param name="foreign">Whether another account owns what is asked about.</param>
    /// <param name="priority">A call with a higher one is sent before others that wait.</param>
    /// <exception cref="CallFailedException">The call failed.</exception>
    public Task<TResponse> CallAsync<TResponse>(
        string action, Func<TClient, CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken, bool foreign = false, int priority = 0)
        where TResponse : AmazonWebServiceResponse =>
        limiter.RunAsync(
            new CallDescription(action, Region, foreign, priority, CallTimeouts.Of(client.Config)), _endpoint,
            t => AttemptHandler.RunAsync(client.Config, _endpoint, () => call(client, t)), cancellationToken);
}
