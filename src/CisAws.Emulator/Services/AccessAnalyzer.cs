using System.Linq;
using CisAws.Emulator.Wire;
using CisAws.Evidence;

namespace CisAws.Emulator.Services;

/// <summary>IAM Access Analyzer.</summary>
internal static class AccessAnalyzer
{
    public static Service Service { get; } = new("access-analyzer", "access-analyzer", ServiceErrorCodes.RestJson, new RestJsonProtocol())
    {
        { "GET /analyzer", "ListAnalyzers", "ListAnalyzers", ListAnalyzers },
    };

    private static Shape ListAnalyzers(Call call)
    {
        var type = call.Input.Text("type");
        var page = call.Page([.. call.ReadRegion(EvidenceKinds.Analyzers).Where(a => type is null || a.Type == type)], "nextToken", "maxResults", 100);
        return new Shape
        {
            ["analyzers"] = page.Items.Select(a => new Shape
            {
                ["name"] = a.Name,
                ["arn"] = a.Arn,
                ["type"] = a.Type,
                ["status"] = a.Status,
                ["createdAt"] = "2026-01-01T00:00:00Z",
            }),
            ["nextToken"] = page.NextToken,
        };
    }
}
