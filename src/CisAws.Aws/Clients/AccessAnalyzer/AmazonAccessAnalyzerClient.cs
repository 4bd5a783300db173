using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.AccessAnalyzer.Model;
using Amazon.Runtime;
using CisAws.Aws.Clients;

namespace Amazon.AccessAnalyzer;

internal sealed class AmazonAccessAnalyzerConfig() : ThinClientConfig("AccessAnalyzer", "access-analyzer", "access-analyzer", "2019-11-01");

/// <summary>IAM Access Analyzer: its analyzers.</summary>
internal sealed class AmazonAccessAnalyzerClient(AWSCredentials credentials, AmazonAccessAnalyzerConfig config) : ThinClient(credentials, config)
{
    private static readonly JsonOperation<ListAnalyzersRequest, ListAnalyzersResponse> ListAnalyzers =
        JsonOperation<ListAnalyzersRequest, ListAnalyzersResponse>.Get(
            "access-analyzer",
            "/analyzer",
            response => new() { Analyzers = response.Members("analyzers", Summary), NextToken = response.Text("nextToken") },
            request => new() { ["maxResults"] = request.MaxResults, ["nextToken"] = request.NextToken });

    public Task<ListAnalyzersResponse> ListAnalyzersAsync(ListAnalyzersRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(ListAnalyzers, request, cancellationToken);

    private static AnalyzerSummary Summary(JsonElement analyzer) => new()
    {
        Name = analyzer.Text("name"),
        Arn = analyzer.Text("arn"),
        Type = analyzer.Text("type"),
        Status = analyzer.Text("status"),
    };
}
