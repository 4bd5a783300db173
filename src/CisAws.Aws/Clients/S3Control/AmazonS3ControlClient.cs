using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.S3Control.Model;
using CisAws.Aws.Clients;

namespace Amazon.S3Control;

/// <summary>The host begins with the account's ID; a custom endpoint is taken as it is.</summary>
internal sealed class AmazonS3ControlConfig() : ThinClientConfig("S3 Control", "s3", "s3-control", "2018-08-20")
{
    protected override string HostFor(AmazonWebServiceRequest request, RegionEndpoint region) =>
        $"{((GetPublicAccessBlockRequest)request).AccountId}.{base.HostFor(request, region)}";

    protected override bool HasFipsHosts(RegionEndpoint region) => true;
}

/// <summary>Amazon S3 Control: what holds for all buckets of an account.</summary>
internal sealed class AmazonS3ControlClient(AWSCredentials credentials, AmazonS3ControlConfig config) : ThinClient(credentials, config)
{
    private static readonly RestXmlOperation<GetPublicAccessBlockRequest, GetPublicAccessBlockResponse> GetPublicAccessBlock = new(
        "s3",
        "/v20180820/configuration/publicAccessBlock",
        ReadPublicAccessBlock,
        (input, request) => request.Headers["x-amz-account-id"] = input.AccountId);

    public Task<GetPublicAccessBlockResponse> GetPublicAccessBlockAsync(
        GetPublicAccessBlockRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetPublicAccessBlock, request, cancellationToken);

    private static GetPublicAccessBlockResponse ReadPublicAccessBlock(XElement configuration) => new()
    {
        PublicAccessBlockConfiguration = new PublicAccessBlockConfiguration
        {
            BlockPublicAcls = configuration.Boolean("BlockPublicAcls"),
            IgnorePublicAcls = configuration.Boolean("IgnorePublicAcls"),
            BlockPublicPolicy = configuration.Boolean("BlockPublicPolicy"),
            RestrictPublicBuckets = configuration.Boolean("RestrictPublicBuckets"),
        },
    };
}
