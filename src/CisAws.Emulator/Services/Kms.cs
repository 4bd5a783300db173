using System.Collections.Generic;
using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>AWS Key Management Service.</summary>
internal static class Kms
{
    private const int MostKeys = 100;

    public static Service Service { get; } = new("kms", "kms", ServiceErrorCodes.Json, new JsonProtocol("1.1"))
    {
        { "ListKeys", ListKeys },
        { "DescribeKey", DescribeKey },
        { "GetKeyRotationStatus", GetKeyRotationStatus },
    };

    private static Shape ListKeys(Call call)
    {
        var page = call.Page(call.ReadRegion(EvidenceKinds.KmsKeyArns), "Marker", "Limit", MostKeys);
        return new Shape
        {
            ["Keys"] = page.Items.Select(arn => new Shape { ["KeyId"] = arn[(arn.LastIndexOf('/') + 1)..], ["KeyArn"] = arn }),
            ["NextMarker"] = page.NextToken,
            ["Truncated"] = page.NextToken is not null,
        };
    }

    private static Shape DescribeKey(Call call)
    {
        var arn = KeyArn(call);
        // A key that a trail uses is recorded as such; it may be another account's and then in no list of ours.
        if (!call.Account.TryRead(EvidenceKinds.KmsKeys, arn, out var key) && !call.Account.TryRead(EvidenceKinds.TrailKey, arn, out key))
        {
            throw NotFound(arn);
        }

        var role = key.MultiRegionKeyType;
        return new Shape
        {
            ["KeyMetadata"] = new Shape
            {
                ["AWSAccountId"] = Arn.TryParse(key.Arn)?.AccountId,
                ["KeyId"] = key.KeyId,
                ["Arn"] = key.Arn,
                ["Enabled"] = key.KeyState == "Enabled",
                ["Description"] = key.Description,
                ["KeyState"] = key.KeyState,
                ["Origin"] = key.Origin,
                ["KeyManager"] = key.KeyManager,
                ["CustomerMasterKeySpec"] = key.KeySpec,
                ["KeySpec"] = key.KeySpec,
                ["MultiRegion"] = key.MultiRegion,
                ["MultiRegionConfiguration"] = role is null && key.PrimaryKeyArn is null ? null : new Shape
                {
                    ["MultiRegionKeyType"] = role,
                    ["PrimaryKey"] = key.PrimaryKeyArn is { } primary
                        ? new Shape { ["Arn"] = primary, ["Region"] = Arn.TryParse(primary)?.Region }
                        : null,
                },
            },
        };
    }

    private static Shape GetKeyRotationStatus(Call call)
    {
        var arn = KeyArn(call);
        if (call.Account.TryRead(EvidenceKinds.KeyRotation, arn, out var rotation))
        {
            return new Shape
            {
                ["KeyId"] = arn,
                ["KeyRotationEnabled"] = rotation.Enabled,
                ["RotationPeriodInDays"] = rotation.RotationPeriodInDays,
            };
        }

        throw call.Account.TryRead(EvidenceKinds.KmsKeys, arn, out _)
            ? new AwsError("UnsupportedOperationException", 400, $"{arn} origin or spec does not support automatic rotation.")
            : NotFound(arn);
    }

    /// <summary>The ARN of the key in question. An ID means a key of the caller's own in this region; an ARN of another region is refused.</summary>
    private static string KeyArn(Call call)
    {
        var id = call.Input.RequiredText("KeyId");
        if (Arn.TryParse(id) is not { } arn)
        {
            return $"arn:{call.Account.Partition}:kms:{call.Region}:{call.Account.AccountId}:key/{id}";
        }

        return arn.Region == call.Region ? id : throw new AwsError("NotFoundException", 400, $"Invalid arn {arn.Region}");
    }

    private static AwsError NotFound(string arn) => new("NotFoundException", 400, $"Key '{arn}' does not exist");
}
