using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SecurityHub.Model;
using CisAws.Aws.Clients;

namespace Amazon.SecurityHub;

internal sealed class AmazonSecurityHubConfig() : ThinClientConfig("SecurityHub", "securityhub", "securityhub", "2018-10-26");

/// <summary>AWS Security Hub: whether it is enabled, and the findings of products.</summary>
internal sealed class AmazonSecurityHubClient(AWSCredentials credentials, AmazonSecurityHubConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<DescribeHubRequest, DescribeHubResponse> DescribeHub =
        JsonOperation<DescribeHubRequest, DescribeHubResponse>.Get(
            "securityhub", "/accounts", response => new() { HubArn = response.Text("HubArn"), SubscribedAt = response.Text("SubscribedAt") });

    private static readonly JsonOperation<BatchImportFindingsRequest, BatchImportFindingsResponse> BatchImportFindings =
        JsonOperation<BatchImportFindingsRequest, BatchImportFindingsResponse>.Post(
            "securityhub",
            "/findings/import",
            response => new() { FailedFindings = response.Members("FailedFindings", Error) },
            request => new() { ["Findings"] = new JsonArray([.. request.Findings.Select(f => JsonObject.Create(f))]) });

    private static readonly JsonOperation<GetFindingsRequest, GetFindingsResponse> GetFindings =
        JsonOperation<GetFindingsRequest, GetFindingsResponse>.Post(
            "securityhub",
            "/findings",
            response => new() { Findings = response.Members("Findings", f => f.Clone()), NextToken = response.Text("NextToken") },
            request => new()
            {
                ["Filters"] = new JsonObject
                {
                    ["AwsAccountId"] = Filter("EQUALS", request.AwsAccountId),
                    ["GeneratorId"] = Filter("PREFIX", request.GeneratorIdPrefix),
                },
                ["MaxResults"] = request.MaxResults,
                ["NextToken"] = request.NextToken,
            });

    private static readonly JsonOperation<BatchUpdateFindingsRequest, BatchUpdateFindingsResponse> BatchUpdateFindings =
        JsonOperation<BatchUpdateFindingsRequest, BatchUpdateFindingsResponse>.Patch(
            "securityhub",
            "/findings/batchupdate",
            response => new() { UnprocessedFindings = response.Members("UnprocessedFindings", Unprocessed) },
            request => new()
            {
                ["FindingIdentifiers"] = new JsonArray([.. request.FindingIds.Select(id => new JsonObject { ["Id"] = id, ["ProductArn"] = request.ProductArn })]),
                ["Workflow"] = new JsonObject { ["Status"] = request.WorkflowStatus },
                ["Note"] = new JsonObject { ["Text"] = request.NoteText, ["UpdatedBy"] = "CisAws" },
            });

    public Task<DescribeHubResponse> DescribeHubAsync(DescribeHubRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(DescribeHub, request, cancellationToken);

    public Task<BatchImportFindingsResponse> BatchImportFindingsAsync(BatchImportFindingsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(BatchImportFindings, request, cancellationToken);

    public Task<GetFindingsResponse> GetFindingsAsync(GetFindingsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(GetFindings, request, cancellationToken);

    public Task<BatchUpdateFindingsResponse> BatchUpdateFindingsAsync(BatchUpdateFindingsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(BatchUpdateFindings, request, cancellationToken);

    private static JsonArray Filter(string comparison, string? value) => [new JsonObject { ["Comparison"] = comparison, ["Value"] = value }];

    private static ImportFindingsError Error(JsonElement error) => new()
    {
        Id = error.Text("Id"),
        ErrorCode = error.Text("ErrorCode"),
        ErrorMessage = error.Text("ErrorMessage"),
    };

    private static ImportFindingsError Unprocessed(JsonElement error) => new()
    {
        Id = error.Child("FindingIdentifier") is { } finding ? finding.Text("Id") : null,
        ErrorCode = error.Text("ErrorCode"),
        ErrorMessage = error.Text("ErrorMessage"),
    };
}
