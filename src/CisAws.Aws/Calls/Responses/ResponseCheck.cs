using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using CisAws.Aws.Clients;

namespace CisAws.Aws.Calls.Responses;

/// <summary>
/// Stands between the network and the unmarshaller of every client, and lets through what AWS answers: a body that is the
/// operation's, or an error in AWS's form. The unmarshallers take what they find: to them a proxy's page is a response with
/// nothing in it, and "nothing" is a result.
/// </summary>
internal sealed class ResponseCheck : PipelineHandler
{
    private const int LargestError = 1024 * 1024;

    /// <summary>Puts the check into a client's pipeline.</summary>
    public static void AddTo(RuntimePipeline pipeline) => pipeline.AddHandlerAfter<Unmarshaller>(new ResponseCheck());

    public override void InvokeSync(IExecutionContext executionContext) => CheckAsync(executionContext, () =>
    {
        base.InvokeSync(executionContext);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        T? result = null;
        await CheckAsync(executionContext, async () => result = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false)).ConfigureAwait(false);
        return result!;
    }

    private static async Task CheckAsync(IExecutionContext executionContext, Func<Task> send)
    {
        var request = executionContext.RequestContext;
        var shape = ResponseShapes.Of(request.OriginalRequest.GetType());
        try
        {
            await send().ConfigureAwait(false);
        }
        catch (HttpErrorResponseException e)
        {
            throw await ErrorAsync(request, e.Response).ConfigureAwait(false);
        }

        var context = executionContext.ResponseContext;
        if (!context.HttpResponse.IsSuccessStatusCode)
        {
            var refusal = context.HttpResponse;
            context.HttpResponse = null;
            throw await ErrorAsync(request, refusal).ConfigureAwait(false);
        }

        var answer = await ReceivedResponse.ReadAsync(context.HttpResponse, shape.MaximumBytes, request.CancellationToken).ConfigureAwait(false);
        context.HttpResponse = answer;
        shape.Check(answer.OpenResponse());
    }

    private static async Task<Exception> ErrorAsync(IRequestContext request, IWebResponseData response)
    {
        var answer = await ReceivedResponse.ReadAsync(response, LargestError, request.CancellationToken).ConfigureAwait(false);
        if (!IsAwss(request, answer))
        {
            return new AmazonServiceException(
                FormattableString.Invariant($"HTTP {(int)answer.StatusCode} without an AWS error. The response may come from a proxy."),
                null, ErrorType.Unknown, "", "", answer.StatusCode);
        }

        // The SDK hands the body of a 404 over as if it were the bucket's policy.
        request.Request.Suppress404Exceptions = false;
        return new HttpErrorResponseException(answer);
    }

    /// <summary>An error of AWS has a code in its body; a response to HEAD has no body, but the number of the request.</summary>
    private static bool IsAwss(IRequestContext request, ReceivedResponse answer)
    {
        if (request.Request.HttpMethod == "HEAD")
        {
            return answer.IsHeaderPresent("x-amz-request-id") || answer.IsHeaderPresent("x-amzn-RequestId");
        }

        using var reader = new StreamReader(answer.OpenResponse());
        return ErrorBody.Read(reader.ReadToEnd(), answer.IsHeaderPresent("x-amzn-ErrorType") ? answer.GetHeaderValue("x-amzn-ErrorType") : null).Code is { Length: > 0 };
    }
}
