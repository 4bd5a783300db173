using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.IdentityManagement.Model;

internal sealed class ListEntitiesForPolicyRequest : AmazonWebServiceRequest
{
    public string? PolicyArn { get; set; }

    /// <summary>PermissionsPolicy or PermissionsBoundary; both when null.</summary>
    public string? PolicyUsageFilter { get; set; }

    public int? MaxItems { get; set; }

    public string? Marker { get; set; }
}

internal sealed class ListEntitiesForPolicyResponse : AmazonWebServiceResponse
{
    public List<PolicyGroup>? PolicyGroups { get; set; }

    public List<PolicyUser>? PolicyUsers { get; set; }

    public List<PolicyRole>? PolicyRoles { get; set; }

    public bool? IsTruncated { get; set; }

    public string? Marker { get; set; }
}

internal sealed class PolicyGroup
{
    public string? GroupName { get; set; }
}

internal sealed class PolicyUser
{
    public string? UserName { get; set; }
}

internal sealed class PolicyRole
{
    public string? RoleName { get; set; }
}
