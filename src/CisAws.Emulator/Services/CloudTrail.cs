using System;
using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS CloudTrail.</summary>
internal static class CloudTrail
{
    private static readonly ServiceErrorCodes Errors = ServiceErrorCodes.Json with { ForeignOwner = new("TrailNotFoundException", 400, "") };

    public static Service Service { get; } = new("cloudtrail", "cloudtrail", Errors, new JsonProtocol("1.1"))
    {
        { "DescribeTrails", DescribeTrails },
        { "GetTrailStatus", GetTrailStatus },
        { "GetEventSelectors", GetEventSelectors },
    };

    private static Shape DescribeTrails(Call call)
    {
        var names = call.Input.Texts("trailNameList");
        // A shadow is the replica of another region's trail, or of an organisation's in a member account.
        var shadows = call.Input.Flag("includeShadowTrails") ?? true;
        var trails = call.ReadRegion(EvidenceKinds.Trails)
            .Where(t => names.Count == 0 || names.Contains(t.Arn, StringComparer.Ordinal) || names.Contains(t.Name, StringComparer.Ordinal))
            .Where(t => shadows || (t.HomeRegion == call.Region && TrailInventory.OwnerOf(t) == call.Account.AccountId));
        return new Shape
        {
            ["trailList"] = trails.Select(t => new Shape
            {
                ["Name"] = t.Name,
                ["S3BucketName"] = t.S3BucketName,
                ["S3KeyPrefix"] = t.S3KeyPrefix,
                ["IncludeGlobalServiceEvents"] = t.IncludeGlobalServiceEvents,
                ["IsMultiRegionTrail"] = t.IsMultiRegionTrail,
                ["HomeRegion"] = t.HomeRegion,
                ["TrailARN"] = t.Arn,
                ["LogFileValidationEnabled"] = t.LogFileValidationEnabled,
                ["CloudWatchLogsLogGroupArn"] = t.CloudWatchLogsLogGroupArn,
                ["CloudWatchLogsRoleArn"] = t.CloudWatchLogsRoleArn,
                ["KmsKeyId"] = t.KmsKeyId,
                ["HasCustomEventSelectors"] = t.HasCustomEventSelectors,
                ["HasInsightSelectors"] = false,
                ["IsOrganizationTrail"] = t.IsOrganizationTrail,
            }),
        };
    }

    private static Shape GetTrailStatus(Call call)
    {
        var status = ReadTrail(call, EvidenceKinds.TrailStatus, call.Input.RequiredText("Name")).Value;
        return new Shape
        {
            ["IsLogging"] = status.IsLogging,
            ["StartLoggingTime"] = status.StartLoggingTime,
            ["StopLoggingTime"] = status.StopLoggingTime,
            ["LatestDeliveryTime"] = status.LatestDeliveryTime,
            ["LatestDeliveryError"] = status.LatestDeliveryError,
            ["LatestCloudWatchLogsDeliveryTime"] = status.LatestCloudWatchLogsDeliveryTime,
            ["LatestCloudWatchLogsDeliveryError"] = status.LatestCloudWatchLogsDeliveryError,
            ["LatestDigestDeliveryError"] = status.LatestDigestDeliveryError,
        };
    }

    private static Shape GetEventSelectors(Call call)
    {
        var (arn, selectors) = ReadTrail(call, EvidenceKinds.EventSelectors, call.Input.RequiredText("TrailName"));
        return new Shape
        {
            ["TrailARN"] = arn,
            // A trail has one kind or the other, and the list of the other is not in the answer.
            ["EventSelectors"] = selectors.Classic.Count == 0 && selectors.Advanced.Count > 0 ? null : selectors.Classic.Select(s => new Shape
            {
                ["ReadWriteType"] = s.ReadWriteType,
                ["IncludeManagementEvents"] = s.IncludeManagementEvents,
                ["DataResources"] = s.DataResources?.Select(r => new Shape { ["Type"] = r.Type, ["Values"] = r.Values }),
                ["ExcludeManagementEventSources"] = s.ExcludeManagementEventSources,
            }),
            ["AdvancedEventSelectors"] = selectors.Advanced.Count == 0 ? null : selectors.Advanced.Select(s => new Shape
            {
                ["Name"] = s.Name,
                ["FieldSelectors"] = s.FieldSelectors.Select(f => new Shape
                {
                    ["Field"] = f.Field,
                    ["Equals"] = f.EqualTo,
                    ["NotEquals"] = f.NotEquals,
                    ["StartsWith"] = f.StartsWith,
                    ["NotStartsWith"] = f.NotStartsWith,
                    ["EndsWith"] = f.EndsWith,
                    ["NotEndsWith"] = f.NotEndsWith,
                }),
            }),
        };
    }

    /// <summary>What is known of a trail. A name means a trail of the caller's own in this region; another needs its ARN.</summary>
    private static (string Arn, T Value) ReadTrail<T>(Call call, EvidenceKind<T> kind, string nameOrArn)
    {
        var arn = Arn.TryParse(nameOrArn) is null
            ? $"arn:{call.Account.Partition}:cloudtrail:{call.Region}:{call.Account.AccountId}:trail/{nameOrArn}"
            : nameOrArn;
        return call.Account.TryRead(kind, arn, out var value)
            ? (arn, value)
            : throw new AwsError("TrailNotFoundException", 400, $"Unknown trail: {arn} for the user: {call.Account.AccountId}");
    }
}
