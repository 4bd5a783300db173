using Amazon.Runtime;

namespace Amazon.S3Control.Model;

internal sealed class GetPublicAccessBlockRequest : AmazonWebServiceRequest
{
    public string? AccountId { get; set; }
}

internal sealed class GetPublicAccessBlockResponse : AmazonWebServiceResponse
{
    public PublicAccessBlockConfiguration? PublicAccessBlockConfiguration { get; set; }
}

internal sealed class PublicAccessBlockConfiguration
{
    public bool? BlockPublicAcls { get; set; }

    public bool? IgnorePublicAcls { get; set; }

    public bool? BlockPublicPolicy { get; set; }

    public bool? RestrictPublicBuckets { get; set; }
}
