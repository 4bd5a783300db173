using Amazon.EC2;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Internal;
using Amazon.SecurityToken;
using CisAws.Aws.Calls;
using CisAws.Aws.Calls.Responses;

namespace CisAws.Aws.Clients;

// The SDK's own clients, with the check of answers in their pipelines.

/// <summary>Amazon EC2.</summary>
internal sealed class CheckedEc2Client(AWSCredentials credentials, AmazonEC2Config config) : AmazonEC2Client(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        ResponseCheck.AddTo(pipeline);
        AttemptHandler.AddTo(pipeline);
    }
}

/// <summary>AWS KMS.</summary>
internal sealed class CheckedKmsClient(AWSCredentials credentials, AmazonKeyManagementServiceConfig config)
    : AmazonKeyManagementServiceClient(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        ResponseCheck.AddTo(pipeline);
        AttemptHandler.AddTo(pipeline);
    }
}

/// <summary>Amazon S3.</summary>
internal sealed class CheckedS3Client(AWSCredentials credentials, AmazonS3Config config) : AmazonS3Client(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        // It follows a redirect to a host of the endpoint's choice and signs anew, session token included. Where a bucket is
        // elsewhere, S3 says so in a header.
        pipeline.RemoveHandler<AmazonS3RedirectHandler>();
        ResponseCheck.AddTo(pipeline);
        AttemptHandler.AddTo(pipeline);
    }
}

/// <summary>AWS STS.</summary>
internal sealed class CheckedStsClient(AWSCredentials credentials, AmazonSecurityTokenServiceConfig config)
    : AmazonSecurityTokenServiceClient(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        ResponseCheck.AddTo(pipeline);
        AttemptHandler.AddTo(pipeline);
    }
}
