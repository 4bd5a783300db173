using System.Collections.Generic;
using System.Threading.Tasks;
using CisAws.Evidence;

namespace CisAws.Aws.Readers;

/// <summary>IAM Access Analyzer and Security Hub.</summary>
internal static class SecurityReaders
{
    public static Task<IReadOnlyList<Analyzer>> AnalyzersAsync(EvidenceRequest request) => request.ListAsync(
        request.Session.AccessAnalyzer(request.Subject),
        (c, token, t) => c.ListAnalyzersAsync(new() { MaxResults = request.PageSize(), NextToken = token }, t),
        page => page.NextToken,
        page => page.Analyzers.Required("analyzers").Each(a => new Analyzer(
            a.Name.Required("name"), a.Arn.Required("arn"), a.Type.Required("type"), a.Status.Required("status"))),
        a => a.Arn);

    public static Task<SecurityHub?> SecurityHubAsync(EvidenceRequest request) => request.ReadAsync(
        request.Session.SecurityHub(request.Subject), (c, t) => c.DescribeHubAsync(new(), t), SecurityHub? (response) => new SecurityHub(response.HubArn.Required("HubArn")));
}
