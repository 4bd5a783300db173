using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Databases;

/// <summary>A rule that assesses each database instance of Amazon RDS.</summary>
internal abstract class EachDbInstanceRule : Rule
{
    public sealed override (string One, string Several) ResourceNoun => ("DB instance", "DB instances");

    public sealed override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.DbInstances];

    public sealed override IEnumerable<RuleFinding> Evaluate(RuleContext context) => context.EachRegion(EvidenceKinds.DbInstances, (region, instances) =>
    {
        // rds:DescribeDBInstances returns those of Amazon DocumentDB and Amazon Neptune too.
        var own = instances.Where(i => i.Engine is not ("docdb" or "neptune")).ToList();
        return own.Select(i => Evaluate(context, new CisResource("AWS::RDS::DBInstance", i.Id, i.Arn, region, i.Tags), i, own));
    });

    /// <param name="context">What the rule is decided from.</param>
    /// <param name="resource">The instance, as a resource.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="region">All instances of the region.</param>
    protected abstract RuleFinding Evaluate(RuleContext context, CisResource resource, DbInstance instance, IReadOnlyList<DbInstance> region);
}
