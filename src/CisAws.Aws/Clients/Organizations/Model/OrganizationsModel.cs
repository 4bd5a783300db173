using System.Collections.Generic;
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

internal sealed class ListRootsRequest : AmazonWebServiceRequest
{
    public string? NextToken { get; set; }
}

internal sealed class ListRootsResponse : AmazonWebServiceResponse
{
    public List<Root>? Roots { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class Root
{
    public string? Id { get; set; }

    public string? Name { get; set; }
}

internal sealed class ListOrganizationalUnitsForParentRequest : AmazonWebServiceRequest
{
    public string? ParentId { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class ListOrganizationalUnitsForParentResponse : AmazonWebServiceResponse
{
    public List<OrganizationalUnit>? OrganizationalUnits { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class OrganizationalUnit
{
    public string? Id { get; set; }

    public string? Name { get; set; }
}

internal sealed class ListAccountsForParentRequest : AmazonWebServiceRequest
{
    public string? ParentId { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class ListAccountsForParentResponse : AmazonWebServiceResponse
{
    public List<Account>? Accounts { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class Account
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    /// <summary>ACTIVE, SUSPENDED, CLOSED ... It has replaced <see cref="Status"/>, which AWS retires on 9 September 2026.</summary>
    public string? State { get; set; }

    public string? Status { get; set; }
}

internal sealed class ListTagsForResourceRequest : AmazonWebServiceRequest
{
    public string? ResourceId { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class ListTagsForResourceResponse : AmazonWebServiceResponse
{
    public List<Tag>? Tags { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class Tag
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
