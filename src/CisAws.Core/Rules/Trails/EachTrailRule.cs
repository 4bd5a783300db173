using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Trails;

/// <summary>A rule that assesses each trail. Where there is no trail it is NotApplicable, and refers to the rule that requires one.</summary>
internal abstract class EachTrailRule : Rule
{
    public sealed override (string One, string Several) ResourceNoun => ("trail", "trails");

    public sealed override string EmptyReason(RuleContext context, bool partial) => TrailFindings.EmptyReason(context, partial);

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        var inventory = TrailInventory.From(context.Evidence);
        return inventory.Trails.Select(t => Evaluate(context, t)).Concat(TrailFindings.UnreadableRegions(context, inventory));
    }

    protected abstract RuleFinding Evaluate(RuleContext context, Trail trail);
}
