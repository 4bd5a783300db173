using System;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CisAws.Aws.Calls;

/// <summary>
/// Follows the SDK's retries in the pipeline of every client, and notes the response to each attempt: a call that succeeds at the
/// third attempt was throttled twice.
/// </summary>
internal sealed class AttemptHandler : PipelineHandler
{
    private static readonly AsyncLocal<(IClientConfig Client, ServiceEndpoint Endpoint)?> Current = new();

    /// <summary>Puts the handler into a client's pipeline.</summary>
    public static void AddTo(RuntimePipeline pipeline) => pipeline.AddHandlerAfter<RetryHandler>(new AttemptHandler());

    /// <summary>Runs a call of a client whose attempts are noted for an endpoint.</summary>
    public static async Task<T> RunAsync<T>(IClientConfig client, ServiceEndpoint endpoint, Func<Task<T>> call)
    {
        Current.Value = (client, endpoint);
        return await call().ConfigureAwait(false);
    }

    public override void InvokeSync(IExecutionContext executionContext) => NoteAsync(executionContext, () =>
    {
        base.InvokeSync(executionContext);
        return Task.FromResult(true);
    }).GetAwaiter().GetResult();

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext) => NoteAsync(executionContext, () => base.InvokeAsync<T>(executionContext));

    private static async Task<T> NoteAsync<T>(IExecutionContext executionContext, Func<Task<T>> attempt)
    {
        // A call may first have to renew its credentials, by the client of another service.
        var endpoint = Current.Value is { } current && ReferenceEquals(current.Client, executionContext.RequestContext.ClientConfig) ? current.Endpoint : null;
        var sent = endpoint?.Now ?? default;
        try
        {
            var response = await attempt().ConfigureAwait(false);
            endpoint?.Responded(isThrottled: false, sent);
            return response;
        }
        catch (AmazonServiceException e) when (e.StatusCode != 0)
        {
            endpoint?.Responded(ErrorClassifier.IsThrottled(e), sent);
            throw;
        }
    }
}
