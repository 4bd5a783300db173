using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Databases;

/// <summary>DB instances have no public address.</summary>
internal sealed class RdsPublicAccess : EachDbInstanceRule
{
    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, DbInstance instance, IReadOnlyList<DbInstance> region) => !instance.PubliclyAccessible
        ? context.Pass(resource, "NotPublic", "The DB instance is not publicly accessible.", [new CisFact("Engine", instance.Engine)], plural: "are not publicly accessible")
        : context.Fail(resource, "Public", "The DB instance is publicly accessible: it has a public address.", [new CisFact("Engine", instance.Engine)], plural: "are publicly accessible");
}
