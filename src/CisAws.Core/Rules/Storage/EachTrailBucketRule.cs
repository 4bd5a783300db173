using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Rules.Trails;

namespace CisAws.Rules.Storage;

/// <summary>A rule that assesses every bucket that trails deliver to.</summary>
internal abstract class EachTrailBucketRule : Rule
{
    public sealed override (string One, string Several) ResourceNoun => ("trail bucket", "trail buckets");

    public sealed override string EmptyReason(RuleContext context, bool partial) => TrailFindings.EmptyReason(context, partial);

    public sealed override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        var inventory = TrailInventory.From(context.Evidence);
        return TrailBucket.Of(context, inventory).Select(b => b.Absent(context) ?? Evaluate(context, b)).Concat(TrailFindings.UnreadableRegions(context, inventory));
    }

    protected abstract RuleFinding Evaluate(RuleContext context, TrailBucket bucket);
}
