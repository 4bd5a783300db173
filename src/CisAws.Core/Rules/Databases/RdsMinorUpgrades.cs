using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Databases;

/// <summary>DB instances upgrade to minor versions automatically.</summary>
internal sealed class RdsMinorUpgrades : EachDbInstanceRule
{
    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, DbInstance instance, IReadOnlyList<DbInstance> region) => instance.AutoMinorVersionUpgrade
        ? context.Pass(resource, "UpgradedAutomatically", "Minor versions are installed automatically.", [new CisFact("Engine", instance.Engine)], plural: "install minor versions automatically")
        : context.Fail(resource, "NotUpgradedAutomatically", "Minor versions are not installed automatically.", [new CisFact("Engine", instance.Engine)], plural: "do not install minor versions automatically");
}
