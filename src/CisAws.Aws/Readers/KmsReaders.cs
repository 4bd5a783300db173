using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Aws.Calls;
using CisAws.Evidence;
using Api = Amazon.KeyManagementService.Model;

namespace CisAws.Aws.Readers;

/// <summary>KMS, each key in the region of its ARN.</summary>
internal static class KmsReaders
{
    public static Task<IReadOnlyList<string>> KeyArnsAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.Kms(request.Subject),
        (c, marker, t) => c.ListKeysAsync(new() { Limit = request.PageSize(1000), Marker = marker }, t),
        page => page.Truncated == true ? page.NextMarker.Required("NextMarker") : null,
        page => page.Keys.Required("Keys").Each(k => k.KeyArn),
        a => a);

    public static Task<KmsKey> KeyAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.Kms(request.Arn.Region), (c, t) => c.DescribeKeyAsync(new Api.DescribeKeyRequest { KeyId = request.Subject }, t), response =>
        {
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
        });

    public static async Task<KeyRotation> KeyRotationAsync(EvidenceRequest request)
    {
        try
        {
            var response = await request.CallAsync(
                request.Session.Kms(request.Arn.Region), (c, t) => c.GetKeyRotationStatusAsync(new Api.GetKeyRotationStatusRequest { KeyId = request.Subject }, t)).ConfigureAwait(false);
            return new KeyRotation(response.KeyRotationEnabled.Required("KeyRotationEnabled"), response.RotationPeriodInDays);
        }
        catch (CallFailedException e) when (e.ErrorCode == "UnsupportedOperationException")
        {
            // Of this key, and not of the service: KMS cannot rotate it.
            throw new CallFailedException(e.Why with { Kind = ReadFailureKind.NotSupported }, e);
        }
    }
}
