using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Config.</summary>
internal static class Config
{
    public static Service Service { get; } = new("config", "config", ServiceErrorCodes.Json, new JsonProtocol("1.1"))
    {
        { "DescribeConfigurationRecorders", DescribeConfigurationRecorders },
        { "DescribeConfigurationRecorderStatus", DescribeConfigurationRecorderStatus },
        { "DescribeDeliveryChannels", DescribeDeliveryChannels },
    };

    private static Shape DescribeConfigurationRecorders(Call call) => new()
    {
        ["ConfigurationRecorders"] = Named(call, "ConfigurationRecorderNames", call.ReadRegion(EvidenceKinds.ConfigurationRecorders), r => r.Name).Select(r => new Shape
        {
            ["name"] = r.Name,
            ["roleARN"] = r.RoleArn,
            ["recordingGroup"] = !r.HasRecordingGroup ? null : new Shape
            {
                ["allSupported"] = r.AllSupported,
                ["includeGlobalResourceTypes"] = r.IncludeGlobalResourceTypes,
                ["resourceTypes"] = r.ResourceTypes,
                ["exclusionByResourceTypes"] = new Shape { ["resourceTypes"] = r.ExcludedResourceTypes },
                ["recordingStrategy"] = r.Strategy is { } strategy ? new Shape { ["useOnly"] = strategy } : null,
            },
            ["recordingMode"] = r.RecordingFrequency is { } frequency ? new Shape { ["recordingFrequency"] = frequency } : null,
            ["servicePrincipal"] = r.ServicePrincipal,
        }),
    };

    private static Shape DescribeConfigurationRecorderStatus(Call call) => new()
    {
        ["ConfigurationRecordersStatus"] =
            Named(call, "ConfigurationRecorderNames", call.ReadRegion(EvidenceKinds.ConfigurationRecorderStatus), s => s.Name).Select(s => new Shape
            {
                ["name"] = s.Name,
                ["recording"] = s.Recording,
                ["lastStatus"] = s.LastStatus,
                ["lastStartTime"] = s.LastStartTime,
                ["lastErrorCode"] = s.LastErrorCode,
                ["lastErrorMessage"] = s.LastErrorMessage,
            }),
    };

    private static Shape DescribeDeliveryChannels(Call call) => new()
    {
        ["DeliveryChannels"] = Named(call, "DeliveryChannelNames", call.ReadRegion(EvidenceKinds.DeliveryChannels), c => c.Name).Select(c => new Shape
        {
            ["name"] = c.Name,
            ["s3BucketName"] = c.S3BucketName,
            ["snsTopicARN"] = c.SnsTopicArn,
        }),
    };

    private static IEnumerable<T> Named<T>(Call call, string parameter, IReadOnlyList<T> all, Func<T, string> name)
    {
        var wanted = call.Input.Texts(parameter);
        var missing = wanted.FirstOrDefault(w => all.All(item => name(item) != w));
        return missing is null
            ? all.Where(item => wanted.Count == 0 || wanted.Contains(name(item), StringComparer.Ordinal))
            : throw new AwsError(
                parameter == "DeliveryChannelNames" ? "NoSuchDeliveryChannelException" : "NoSuchConfigurationRecorderException", 400,
                $"Cannot find '{missing}' in {call.Region}.");
    }
}
