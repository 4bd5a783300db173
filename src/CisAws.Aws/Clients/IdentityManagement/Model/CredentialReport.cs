using System;
using System.IO;
using Amazon.Runtime;

namespace Amazon.IdentityManagement.Model;

internal sealed class GenerateCredentialReportRequest : AmazonWebServiceRequest;

internal sealed class GenerateCredentialReportResponse : AmazonWebServiceResponse
{
    /// <summary>STARTED, INPROGRESS or COMPLETE.</summary>
    public string? State { get; set; }

    public string? Description { get; set; }
}

internal sealed class GetCredentialReportRequest : AmazonWebServiceRequest;

internal sealed class GetCredentialReportResponse : AmazonWebServiceResponse
{
    public MemoryStream? Content { get; set; }

    public string? ReportFormat { get; set; }

    public DateTime? GeneratedTime { get; set; }
}
