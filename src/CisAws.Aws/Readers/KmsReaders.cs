using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Aws.Sessions;
using CisAws.Evidence;
using Api = Amazon.KeyManagementService.Model;

namespace CisAws.Aws.Readers;

/// <summary>KMS, each key in the region of its ARN.</summary>
internal static class KmsReaders
{
    public static async Task<IReadOnlyList<string>> KeyArnsAsync(AwsSession session, string region, CancellationToken cancellationToken)
    {
        var keys = await session.Kms(region).ListAsync(
            "kms:ListKeys", (c, marker, t) => c.ListKeysAsync(new() { Limit = 1000, Marker = marker }, t),
            page => (page.Keys.Required("Keys"), page.Truncated == true ? page.NextMarker.Required("NextMarker") : null), cancellationToken).ConfigureAwait(false);
        return keys.Each(k => k.KeyArn).Once(a => a);
    }

    public static async Task<KmsKey> KeyAsync(AwsSession session, Arn key, CancellationToken cancellationToken)
    {
        var response = await session.Kms(key.Region).CallAsync(
            "kms:DescribeKey",
            (c, t) => c.DescribeKeyAsync(new Api.DescribeKeyRequest { KeyId = key.ToString() }, t),
            cancellationToken,
            session.IsForeign(key)).ConfigureAwait(false);
        var about = response.KeyMetadata.Required("KeyMetadata");
        return new KmsKey(
            about.KeyId,
            about.Arn,
            about.KeyManager.Required("KeyManager"),
            about.KeySpec.Required("KeySpec"),
            about.Origin.Required("Origin"),
            about.KeyState.Required("KeyState"),
            about.MultiRegion ?? false,
            about.MultiRegionConfiguration?.MultiRegionKeyType,
            about.MultiRegionConfiguration?.PrimaryKey?.Arn,
            about.Description);
    }

    public static async Task<KeyRotation> KeyRotationAsync(AwsSession session, Arn key, CancellationToken cancellationToken)
    {
        try
        {
            var response = await session.Kms(key.Region).CallAsync(
                "kms:GetKeyRotationStatus",
                (c, t) => c.GetKeyRotationStatusAsync(new Api.GetKeyRotationStatusRequest { KeyId = key.ToString() }, t),
                cancellationToken,
                session.IsForeign(key)).ConfigureAwait(false);
            return new KeyRotation(response.KeyRotationEnabled.Required("KeyRotationEnabled"), response.RotationPeriodInDays);
        }
        catch (CallFailedException e) when (e.ErrorCode == "UnsupportedOperationException")
        {
            // Of this key, and not of the service: KMS cannot rotate it.
            throw new CallFailedException(e.Why with { Kind = ReadFailureKind.NotSupported }, e);
        }
    }
}
