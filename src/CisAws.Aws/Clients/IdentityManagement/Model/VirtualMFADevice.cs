using System;
using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.IdentityManagement.Model;

internal sealed class ListVirtualMFADevicesRequest : AmazonWebServiceRequest
{
    /// <summary>Assigned, Unassigned or Any.</summary>
    public string? AssignmentStatus { get; set; }

    public int? MaxItems { get; set; }

    public string? Marker { get; set; }
}

internal sealed class ListVirtualMFADevicesResponse : AmazonWebServiceResponse
{
    public List<VirtualMFADevice>? VirtualMFADevices { get; set; }

    public bool? IsTruncated { get; set; }

    public string? Marker { get; set; }
}

internal sealed class VirtualMFADevice
{
    public string? SerialNumber { get; set; }

    public User? User { get; set; }

    public DateTime? EnableDate { get; set; }
}

internal sealed class User
{
    public string? Arn { get; set; }
}
