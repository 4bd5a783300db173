using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.IdentityManagement.Model;

internal sealed class ListInstanceProfilesRequest : AmazonWebServiceRequest
{
    public int? MaxItems { get; set; }

    public string? Marker { get; set; }
}

internal sealed class ListInstanceProfilesResponse : AmazonWebServiceResponse
{
    public List<InstanceProfile>? InstanceProfiles { get; set; }

    public bool? IsTruncated { get; set; }

    public string? Marker { get; set; }
}

internal sealed class InstanceProfile
{
    public string? InstanceProfileName { get; set; }

    public string? Arn { get; set; }

    public List<Role>? Roles { get; set; }
}

internal sealed class Role
{
    public string? RoleName { get; set; }
}
