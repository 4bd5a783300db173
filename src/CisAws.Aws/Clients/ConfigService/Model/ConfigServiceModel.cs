using System;
using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.ConfigService.Model;

/// <summary>Without arguments it requests the recorder the customer manages, and not for those of other services.</summary>
internal sealed class DescribeConfigurationRecordersRequest : AmazonWebServiceRequest;

internal sealed class DescribeConfigurationRecordersResponse : AmazonWebServiceResponse
{
    public List<ConfigurationRecorder>? ConfigurationRecorders { get; set; }
}

internal sealed class ConfigurationRecorder
{
    public string? Name { get; set; }

    public string? RoleARN { get; set; }

    public RecordingGroup? RecordingGroup { get; set; }

    public RecordingMode? RecordingMode { get; set; }

    public string? ServicePrincipal { get; set; }
}

internal sealed class RecordingGroup
{
    public bool? AllSupported { get; set; }

    public bool? IncludeGlobalResourceTypes { get; set; }

    public List<string>? ResourceTypes { get; set; }

    public ExclusionByResourceTypes? ExclusionByResourceTypes { get; set; }

    public RecordingStrategy? RecordingStrategy { get; set; }
}

internal sealed class ExclusionByResourceTypes
{
    public List<string>? ResourceTypes { get; set; }
}

internal sealed class RecordingStrategy
{
    public string? UseOnly { get; set; }
}

internal sealed class RecordingMode
{
    public string? RecordingFrequency { get; set; }
}

internal sealed class DescribeConfigurationRecorderStatusRequest : AmazonWebServiceRequest;

internal sealed class DescribeConfigurationRecorderStatusResponse : AmazonWebServiceResponse
{
    public List<ConfigurationRecorderStatus>? ConfigurationRecordersStatus { get; set; }
}

internal sealed class ConfigurationRecorderStatus
{
    public string? Name { get; set; }

    public bool? Recording { get; set; }

    public string? LastStatus { get; set; }

    public DateTime? LastStartTime { get; set; }

    public string? LastErrorCode { get; set; }

    public string? LastErrorMessage { get; set; }
}

internal sealed class DescribeDeliveryChannelsRequest : AmazonWebServiceRequest;

internal sealed class DescribeDeliveryChannelsResponse : AmazonWebServiceResponse
{
    public List<DeliveryChannel>? DeliveryChannels { get; set; }
}

internal sealed class DeliveryChannel
{
    public string? Name { get; set; }

    public string? S3BucketName { get; set; }

    public string? SnsTopicARN { get; set; }
}
