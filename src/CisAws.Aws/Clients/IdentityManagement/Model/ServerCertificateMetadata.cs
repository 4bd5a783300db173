using System;
using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.IdentityManagement.Model;

internal sealed class ListServerCertificatesRequest : AmazonWebServiceRequest
{
    public int? MaxItems { get; set; }

    public string? Marker { get; set; }
}

internal sealed class ListServerCertificatesResponse : AmazonWebServiceResponse
{
    public List<ServerCertificateMetadata>? ServerCertificateMetadataList { get; set; }

    public bool? IsTruncated { get; set; }

    public string? Marker { get; set; }
}

internal sealed class ServerCertificateMetadata
{
    public string? ServerCertificateName { get; set; }

    public string? Arn { get; set; }

    public DateTime? Expiration { get; set; }
}
