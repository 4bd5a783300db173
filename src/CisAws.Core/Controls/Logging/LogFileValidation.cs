using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Controls.Logging;

/// <summary>2.2: every trail has log file validation on.</summary>
[Control("2.2")]
internal sealed class LogFileValidation : ControlRule
{
    public override string Noun => "trails";

    public override string NothingToAssess => "The account has no trail; see 2.1.";

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [Kinds.Trails];

    public override IEnumerable<CisFinding> Evaluate(RuleContext context)
    {
        var inventory = TrailInventory.From(context.Evidence);
        foreach (var trail in inventory.Trails)
        {
            var resource = new CisResource("AWS::CloudTrail::Trail", trail.Name, trail.Arn, trail.HomeRegion);
            yield return trail.LogFileValidationEnabled
                ? context.Pass(resource, "ValidationEnabled", "Log file validation is on.")
                : context.Fail(resource, "ValidationDisabled", "Log file validation is off, so changed or deleted log files cannot be told.");
        }

        foreach (var (region, why) in inventory.Regions.Where(r => r.Fact.Unreadable is not null).Select(r => (r.Region, r.Fact.Unreadable!)))
        {
            yield return context.UnreadableRegion(region, why);
        }
    }
}
