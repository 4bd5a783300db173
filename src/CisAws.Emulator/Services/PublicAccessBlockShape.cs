using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>The one answer that S3 and S3 Control share.</summary>
internal static class PublicAccessBlockShape
{
    /// <summary>The configuration; an error where nothing is set, as on a bucket or account that never had one.</summary>
    public static Shape Of(PublicAccessBlock block) => block == new PublicAccessBlock()
        ? throw new AwsError("NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found")
        : new Shape
        {
            ["PublicAccessBlockConfiguration"] = new Shape
            {
                ["BlockPublicAcls"] = block.BlockPublicAcls,
                ["IgnorePublicAcls"] = block.IgnorePublicAcls,
                ["BlockPublicPolicy"] = block.BlockPublicPolicy,
                ["RestrictPublicBuckets"] = block.RestrictPublicBuckets,
            },
        };
}
