using System.Collections.Generic;
using System.Text.Json;
using Amazon.Runtime;

namespace Amazon.SecurityHub.Model;

internal sealed class DescribeHubRequest : AmazonWebServiceRequest;

internal sealed class DescribeHubResponse : AmazonWebServiceResponse
{
    public string? HubArn { get; set; }

    public string? SubscribedAt { get; set; }
}

/// <summary>The official package has classes for the hundreds of members of a finding; here findings are JSON.</summary>
internal sealed class BatchImportFindingsRequest : AmazonWebServiceRequest
{
    public IReadOnlyList<JsonElement> Findings { get; set; } = [];
}

internal sealed class BatchImportFindingsResponse : AmazonWebServiceResponse
{
    public List<ImportFindingsError>? FailedFindings { get; set; }
}

internal sealed class ImportFindingsError
{
    public string? Id { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }
}

internal sealed class GetFindingsRequest : AmazonWebServiceRequest
{
    /// <summary>The account of the findings.</summary>
    public string? AwsAccountId { get; set; }

    /// <summary>What the generators of the findings begin with.</summary>
    public string? GeneratorIdPrefix { get; set; }

    public int MaxResults { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class GetFindingsResponse : AmazonWebServiceResponse
{
    public List<JsonElement>? Findings { get; set; }

    public string? NextToken { get; set; }
}

internal sealed class BatchUpdateFindingsRequest : AmazonWebServiceRequest
{
    public IReadOnlyList<string> FindingIds { get; set; } = [];

    public string? ProductArn { get; set; }

    public string? WorkflowStatus { get; set; }

    public string? NoteText { get; set; }
}

internal sealed class BatchUpdateFindingsResponse : AmazonWebServiceResponse
{
    public List<ImportFindingsError>? UnprocessedFindings { get; set; }
}
