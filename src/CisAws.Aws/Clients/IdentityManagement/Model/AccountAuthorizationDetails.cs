using System;
using System.Collections.Generic;
using Amazon.Runtime;
using CisAws.Rules.Policies;

namespace Amazon.IdentityManagement.Model;

internal sealed class GetAccountAuthorizationDetailsRequest : AmazonWebServiceRequest
{
    /// <summary>User, Role, Group, LocalManagedPolicy, AWSManagedPolicy; all of them when null.</summary>
    public List<string>? Filter { get; set; }

    public int? MaxItems { get; set; }

    public string? Marker { get; set; }
}

internal sealed class GetAccountAuthorizationDetailsResponse : AmazonWebServiceResponse
{
    public List<UserDetail>? UserDetailList { get; set; }

    public List<GroupDetail>? GroupDetailList { get; set; }

    public List<RoleDetail>? RoleDetailList { get; set; }

    public List<ManagedPolicyDetail>? Policies { get; set; }

    public bool? IsTruncated { get; set; }

    public string? Marker { get; set; }
}

internal sealed class UserDetail
{
    public string? UserName { get; set; }

    public string? Arn { get; set; }

    public DateTime? CreateDate { get; set; }

    public List<PolicyDetail>? UserPolicyList { get; set; }

    public List<string>? GroupList { get; set; }

    public List<AttachedPolicyType>? AttachedManagedPolicies { get; set; }

    public AttachedPermissionsBoundary? PermissionsBoundary { get; set; }

    public List<Tag>? Tags { get; set; }
}

internal sealed class GroupDetail
{
    public string? GroupName { get; set; }

    public string? Arn { get; set; }

    public List<PolicyDetail>? GroupPolicyList { get; set; }

    public List<AttachedPolicyType>? AttachedManagedPolicies { get; set; }
}

internal sealed class RoleDetail
{
    public string? RoleName { get; set; }

    public string? Arn { get; set; }

    /// <summary>URL-encoded.</summary>
    public string? AssumeRolePolicyDocument { get; set; }

    public List<PolicyDetail>? RolePolicyList { get; set; }

    public List<AttachedPolicyType>? AttachedManagedPolicies { get; set; }

    public AttachedPermissionsBoundary? PermissionsBoundary { get; set; }
}

internal sealed class PolicyDetail
{
    public string? PolicyName { get; set; }

    /// <summary>URL-encoded.</summary>
    public string? PolicyDocument { get; set; }
}

internal sealed class AttachedPolicyType
{
    public string? PolicyName { get; set; }

    public string? PolicyArn { get; set; }
}

internal sealed class AttachedPermissionsBoundary
{
    public string? PermissionsBoundaryArn { get; set; }
}

internal sealed class Tag
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}

internal sealed class ManagedPolicyDetail
{
    public string? PolicyName { get; set; }

    public string? Arn { get; set; }

    public string? DefaultVersionId { get; set; }

    public int? AttachmentCount { get; set; }

    public int? PermissionsBoundaryUsageCount { get; set; }

    public List<PolicyVersion>? PolicyVersionList { get; set; }
}

internal sealed class PolicyVersion
{
    /// <summary>URL-encoded.</summary>
    public string? Document { get; set; }

    public string? VersionId { get; set; }

    public bool? IsDefaultVersion { get; set; }
}
