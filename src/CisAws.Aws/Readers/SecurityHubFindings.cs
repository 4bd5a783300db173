using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SecurityHub;
using Amazon.SecurityHub.Model;
using CisAws.Aws.Calls;
using CisAws.Connections;

namespace CisAws.Aws.Readers;

/// <summary>The findings of Security Hub of one account in one region.</summary>
internal sealed class SecurityHubFindings(ServiceClient<AmazonSecurityHubClient> client, string accountId) : ISecurityHub
{
    // What the service allows in a page.
    private const int PageSize = 100;

    public string Region => client.Region;

    public async Task<IReadOnlyList<JsonElement>> GetFindingsAsync(string generatorPrefix, CancellationToken cancellationToken)
    {
        var findings = new List<JsonElement>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            var request = new GetFindingsRequest { AwsAccountId = accountId, GeneratorIdPrefix = generatorPrefix, MaxResults = PageSize, NextToken = token };
            var page = await CallAsync("securityhub:GetFindings", (c, t) => c.GetFindingsAsync(request, t), cancellationToken).ConfigureAwait(false);
            findings.AddRange(page.Findings ?? []);
            token = page.NextToken;
        }
        while (!string.IsNullOrEmpty(token) && seen.Add(token!));

        return findings;
    }

    public async Task<IReadOnlyList<RefusedFinding>> ImportFindingsAsync(IReadOnlyList<JsonElement> findings, CancellationToken cancellationToken)
    {
        var request = new BatchImportFindingsRequest { Findings = findings };
        var response = await CallAsync("securityhub:BatchImportFindings", (c, t) => c.BatchImportFindingsAsync(request, t), cancellationToken).ConfigureAwait(false);
        return Refused(response.FailedFindings);
    }

    public async Task<IReadOnlyList<RefusedFinding>> SetWorkflowStatusAsync(
        IReadOnlyList<string> ids, string productArn, string status, string note, CancellationToken cancellationToken)
    {
        var request = new BatchUpdateFindingsRequest { FindingIds = ids, ProductArn = productArn, WorkflowStatus = status, NoteText = note };
        var response = await CallAsync("securityhub:BatchUpdateFindings", (c, t) => c.BatchUpdateFindingsAsync(request, t), cancellationToken).ConfigureAwait(false);
        return Refused(response.UnprocessedFindings);
    }

    private static IReadOnlyList<RefusedFinding> Refused(IEnumerable<ImportFindingsError>? errors) =>
        [.. (errors ?? []).Select(e => new RefusedFinding(e.Id ?? "", e.ErrorCode ?? "", e.ErrorMessage ?? ""))];

    private async Task<TResponse> CallAsync<TResponse>(
        string action, Func<AmazonSecurityHubClient, CancellationToken, Task<TResponse>> call, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse
    {
        try
        {
            return await client.CallAsync(action, call, cancellationToken).ConfigureAwait(false);
        }
        catch (CallFailedException e)
        {
            throw new CallException(e.Why, e);
        }
    }
}
