using System;
using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.IdentityManagement.Model;

internal sealed class ListAccessKeysRequest : AmazonWebServiceRequest
{
    public string? UserName { get; set; }

    public int? MaxItems { get; set; }

    public string? Marker { get; set; }
}

internal sealed class ListAccessKeysResponse : AmazonWebServiceResponse
{
    public List<AccessKeyMetadata>? AccessKeyMetadata { get; set; }

    public bool? IsTruncated { get; set; }

    public string? Marker { get; set; }
}

internal sealed class AccessKeyMetadata
{
    public string? AccessKeyId { get; set; }

    /// <summary>Active, Inactive or Expired.</summary>
    public string? Status { get; set; }

    public DateTime? CreateDate { get; set; }
}
