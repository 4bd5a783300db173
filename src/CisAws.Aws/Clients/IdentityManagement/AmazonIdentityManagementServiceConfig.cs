using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.IdentityManagement;

/// <summary>IAM is global: its region is the one of its partition, and two partitions have hosts of their own making.</summary>
internal sealed class AmazonIdentityManagementServiceConfig() : ThinClientConfig("IAM", "iam", "iam", "2010-05-08")
{
    protected override string HostFor(AmazonWebServiceRequest request, RegionEndpoint region) => region.SystemName switch
    {
        "us-east-1" => $"{FirstLabel(region)}.amazonaws.com",
        "us-gov-west-1" => "iam.us-gov.amazonaws.com",
        _ => base.HostFor(request, region),
    };
}
