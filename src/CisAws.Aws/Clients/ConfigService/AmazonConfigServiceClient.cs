using System.Threading;
using System.Threading.Tasks;
using Amazon.ConfigService.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.ConfigService;

internal sealed class AmazonConfigServiceConfig() : ThinClientConfig("Config Service", "config", "config", "2014-11-12");

/// <summary>AWS Config: recorders, their status and where they deliver to.</summary>
internal sealed class AmazonConfigServiceClient(AWSCredentials credentials, AmazonConfigServiceConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeConfigurationRecordersRequest, DescribeConfigurationRecordersResponse> DescribeConfigurationRecorders =
        Operation<DescribeConfigurationRecordersRequest, DescribeConfigurationRecordersResponse>("DescribeConfigurationRecorders");

    private static readonly JsonOperation<DescribeConfigurationRecorderStatusRequest, DescribeConfigurationRecorderStatusResponse> DescribeConfigurationRecorderStatus =
        Operation<DescribeConfigurationRecorderStatusRequest, DescribeConfigurationRecorderStatusResponse>("DescribeConfigurationRecorderStatus");

    private static readonly JsonOperation<DescribeDeliveryChannelsRequest, DescribeDeliveryChannelsResponse> DescribeDeliveryChannels =
        Operation<DescribeDeliveryChannelsRequest, DescribeDeliveryChannelsResponse>("DescribeDeliveryChannels");

    public Task<DescribeConfigurationRecordersResponse> DescribeConfigurationRecordersAsync(
        DescribeConfigurationRecordersRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeConfigurationRecorders, request, cancellationToken);

    public Task<DescribeConfigurationRecorderStatusResponse> DescribeConfigurationRecorderStatusAsync(
        DescribeConfigurationRecorderStatusRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeConfigurationRecorderStatus, request, cancellationToken);

    public Task<DescribeDeliveryChannelsResponse> DescribeDeliveryChannelsAsync(
        DescribeDeliveryChannelsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeDeliveryChannels, request, cancellationToken);

    private static JsonOperation<TRequest, TResponse> Operation<TRequest, TResponse>(string name)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse =>
        JsonOperation<TRequest, TResponse>.Rpc("config", "StarlingDoveService." + name);
}
