using System;
using System.Text.Json;
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
        Operation<DescribeConfigurationRecordersRequest, DescribeConfigurationRecordersResponse>(
            "DescribeConfigurationRecorders", response => new() { ConfigurationRecorders = response.Members("ConfigurationRecorders", Recorder) });

    private static readonly JsonOperation<DescribeConfigurationRecorderStatusRequest, DescribeConfigurationRecorderStatusResponse> DescribeConfigurationRecorderStatus =
        Operation<DescribeConfigurationRecorderStatusRequest, DescribeConfigurationRecorderStatusResponse>(
            "DescribeConfigurationRecorderStatus", response => new() { ConfigurationRecordersStatus = response.Members("ConfigurationRecordersStatus", Status) });

    private static readonly JsonOperation<DescribeDeliveryChannelsRequest, DescribeDeliveryChannelsResponse> DescribeDeliveryChannels =
        Operation<DescribeDeliveryChannelsRequest, DescribeDeliveryChannelsResponse>(
            "DescribeDeliveryChannels", response => new() { DeliveryChannels = response.Members("DeliveryChannels", Channel) });

    public Task<DescribeConfigurationRecordersResponse> DescribeConfigurationRecordersAsync(
        DescribeConfigurationRecordersRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeConfigurationRecorders, request, cancellationToken);

    public Task<DescribeConfigurationRecorderStatusResponse> DescribeConfigurationRecorderStatusAsync(
        DescribeConfigurationRecorderStatusRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeConfigurationRecorderStatus, request, cancellationToken);

    public Task<DescribeDeliveryChannelsResponse> DescribeDeliveryChannelsAsync(
        DescribeDeliveryChannelsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeDeliveryChannels, request, cancellationToken);

    private static JsonOperation<TRequest, TResponse> Operation<TRequest, TResponse>(string name, Func<JsonElement, TResponse> read)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse =>
        JsonOperation<TRequest, TResponse>.Rpc("config", "StarlingDoveService." + name, read);

    private static ConfigurationRecorder Recorder(JsonElement recorder) => new()
    {
        Name = recorder.Text("name"),
        RoleARN = recorder.Text("roleARN"),
        RecordingGroup = recorder.Child("recordingGroup", group => new RecordingGroup
        {
            AllSupported = group.Boolean("allSupported"),
            IncludeGlobalResourceTypes = group.Boolean("includeGlobalResourceTypes"),
            ResourceTypes = group.Texts("resourceTypes"),
            ExclusionByResourceTypes = group.Child(
                "exclusionByResourceTypes", exclusion => new ExclusionByResourceTypes { ResourceTypes = exclusion.Texts("resourceTypes") }),
            RecordingStrategy = group.Child("recordingStrategy", strategy => new RecordingStrategy { UseOnly = strategy.Text("useOnly") }),
        }),
        RecordingMode = recorder.Child("recordingMode", mode => new RecordingMode { RecordingFrequency = mode.Text("recordingFrequency") }),
        ServicePrincipal = recorder.Text("servicePrincipal"),
    };

    private static ConfigurationRecorderStatus Status(JsonElement status) => new()
    {
        Name = status.Text("name"),
        Recording = status.Boolean("recording"),
        LastStatus = status.Text("lastStatus"),
        LastStartTime = status.Time("lastStartTime"),
        LastErrorCode = status.Text("lastErrorCode"),
        LastErrorMessage = status.Text("lastErrorMessage"),
    };

    private static DeliveryChannel Channel(JsonElement channel) => new()
    {
        Name = channel.Text("name"),
        S3BucketName = channel.Text("s3BucketName"),
        SnsTopicARN = channel.Text("snsTopicARN"),
    };
}
