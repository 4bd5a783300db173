using Amazon.Runtime;

namespace Amazon.Organizations.Model;

internal sealed class DescribeOrganizationRequest : AmazonWebServiceRequest;

internal sealed class DescribeOrganizationResponse : AmazonWebServiceResponse
{
    public Organization? Organization { get; set; }
}

internal sealed class Organization
{
    public string? Id { get; set; }

    /// <summary>The ID of the management account, by its old name.</summary>
    public string? MasterAccountId { get; set; }
}
