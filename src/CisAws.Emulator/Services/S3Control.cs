using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>Amazon S3 Control: what an account says of all its buckets.</summary>
internal static class S3Control
{
    public static Service Service { get; } = new("s3", "s3", ServiceErrorCodes.S3, new S3Protocol(control: true))
    {
        { "GET /v20180820/configuration/publicAccessBlock", "GetPublicAccessBlock", "GetAccountPublicAccessBlock", GetPublicAccessBlock },
    };

    private static Shape GetPublicAccessBlock(Call call) => call.Input.RequiredText("AccountId") == call.Account.AccountId
        ? PublicAccessBlockShape.Of(call.Read(EvidenceKinds.AccountPublicAccessBlock))
        : throw new AwsError("AccessDenied", 403, "Access Denied");
}
