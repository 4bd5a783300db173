using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Databases;

/// <summary>The storage of DB instances is encrypted.</summary>
internal sealed class RdsEncryption : EachDbInstanceRule
{
    protected override RuleFinding Evaluate(RuleContext context, CisResource resource, DbInstance instance, IReadOnlyList<DbInstance> region) => instance.StorageEncrypted
        ? context.Pass(resource, "Encrypted", "The storage of the DB instance is encrypted.", [new CisFact("Engine", instance.Engine)], plural: "have encrypted storage")
        : context.Fail(resource, "NotEncrypted", "The storage of the DB instance is not encrypted.", [new CisFact("Engine", instance.Engine)], plural: "have storage that is not encrypted");
}
