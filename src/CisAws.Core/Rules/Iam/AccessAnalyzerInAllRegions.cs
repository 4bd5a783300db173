using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>Each region has an active analyzer of IAM Access Analyzer for external access.</summary>
internal sealed class AccessAnalyzerInAllRegions : Rule
{
    public override (string One, string Several) ResourceNoun => ("region", "regions");

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.Analyzers];

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        context.EachRegion(EvidenceKinds.Analyzers, (region, analyzers) => [Evaluate(context, region, analyzers)]);

    private static RuleFinding Evaluate(RuleContext context, string region, IReadOnlyList<Analyzer> analyzers)
    {
        var resource = CisResource.OfRegion(region);
        var external = analyzers.Where(a => a.Type is "ACCOUNT" or "ORGANIZATION").ToList();
        var facts = analyzers.Select(a => new CisFact(a.Name, $"{a.Type}, {a.Status}"));
        return external.Find(a => a.Status == "ACTIVE") is { } active
            ? context.Pass(resource, "ActiveAnalyzer", $"Analyzer {active.Name} reports external access.", facts, plural: "have an active analyzer for external access")
            : external.Count > 0
                ? context.Fail(
                    resource, "InactiveAnalyzer", $"Analyzer {external[0].Name} is not active: {external[0].Status}.", facts,
                    plural: "have no active analyzer for external access")
                : context.Fail(
                    resource, "NoAnalyzer", "The region has no analyzer for external access.", facts, plural: "have no active analyzer for external access");
    }
}
