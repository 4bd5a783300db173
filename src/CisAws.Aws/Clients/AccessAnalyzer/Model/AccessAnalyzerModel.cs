using System.Collections.Generic;
using Amazon.Runtime;

namespace Amazon.AccessAnalyzer.Model;

internal sealed class ListAnalyzersRequest : AmazonWebServiceRequest
{
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class ListAnalyzersResponse : AmazonWebServiceResponse
{
    public List<AnalyzerSummary>? Analyzers { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class AnalyzerSummary
{
    public string? Name { get; set; }

    public string? Arn { get; set; }

    public string? Type { get; set; }

    public string? Status { get; set; }
}
