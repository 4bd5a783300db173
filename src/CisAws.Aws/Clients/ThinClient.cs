using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using CisAws.Aws.Calls;
using CisAws.Aws.Calls.Responses;

namespace CisAws.Aws.Clients;

/// <summary>
/// A client of a service whose official package is not used. It runs on AWSSDK.Core's own pipeline, so that credentials,
/// signing, retries and clock-skew correction stay the SDK's; it adds the endpoint and the marshalling.
/// </summary>
internal abstract class ThinClient : AmazonServiceClient
{
    private readonly IServiceMetadata _metadata;

    protected ThinClient(AWSCredentials credentials, ThinClientConfig config) : base(credentials, config) =>
        _metadata = new Metadata(config.ServiceId);

    protected override IServiceMetadata ServiceMetadata => _metadata;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<Amazon.Runtime.Internal.EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ThinEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Resolver());
        ResponseCheck.AddTo(pipeline);
        AttemptHandler.AddTo(pipeline);
    }

    protected Task<TResponse> InvokeAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request, new InvokeOptions { RequestMarshaller = operation, ResponseUnmarshaller = operation }, cancellationToken);

    private sealed class Metadata(string serviceId) : IServiceMetadata
    {
        public string ServiceId { get; } = serviceId;

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
    }

    private sealed class ThinEndpointResolver : BaseEndpointResolver
    {
        public override void ProcessRequestHandlers(IExecutionContext executionContext)
        {
            var context = executionContext.RequestContext;
            context.Request.Endpoint = ((ThinClientConfig)context.ClientConfig).EndpointFor(context.OriginalRequest);
            if (!string.IsNullOrEmpty(context.ClientConfig.AuthenticationRegion))
            {
                context.Request.AuthenticationRegion = context.ClientConfig.AuthenticationRegion;
            }
        }
    }

    private sealed class SigV4Resolver : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
            [new AuthSchemeOption { SchemeId = "aws.auth#sigv4" }];
    }
}
