using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>AWS Config. None of its three operations has pages: a region has one recorder of the customer's and one channel.</summary>
internal static class ConfigReaders
{
    public static Task<IReadOnlyList<ConfigurationRecorder>> RecordersAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Config(request.Subject),
        (c, t) => c.DescribeConfigurationRecordersAsync(new(), t),
        response => response.ConfigurationRecorders.Required("ConfigurationRecorders").Each(r => new ConfigurationRecorder(
            r.Name ?? "",
            r.RoleARN,
            r.RecordingGroup is not null,
            r.RecordingGroup?.AllSupported ?? false,
            r.RecordingGroup?.IncludeGlobalResourceTypes ?? false,
            r.RecordingGroup?.ResourceTypes.OrNone() ?? [],
            r.RecordingGroup?.ExclusionByResourceTypes?.ResourceTypes.OrNone() ?? [],
            r.RecordingGroup?.RecordingStrategy?.UseOnly,
            r.RecordingMode?.RecordingFrequency,
            r.ServicePrincipal)).Once(r => r.Name));

    public static Task<IReadOnlyList<ConfigurationRecorderStatus>> RecorderStatusAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Config(request.Subject),
        (c, t) => c.DescribeConfigurationRecorderStatusAsync(new(), t),
        response => response.ConfigurationRecordersStatus.Required("ConfigurationRecordersStatus").Each(s => new ConfigurationRecorderStatus(
            s.Name ?? "", s.Recording.Required("recording"), s.LastStatus, s.LastStartTime.Utc(), s.LastErrorCode, s.LastErrorMessage)).Once(s => s.Name));

    public static Task<IReadOnlyList<DeliveryChannel>> DeliveryChannelsAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Config(request.Subject),
        (c, t) => c.DescribeDeliveryChannelsAsync(new(), t),
        response => response.DeliveryChannels.Required("DeliveryChannels").Each(
            c => new DeliveryChannel(c.Name ?? "", c.S3BucketName, c.SnsTopicARN)).Once(c => c.Name));
}
