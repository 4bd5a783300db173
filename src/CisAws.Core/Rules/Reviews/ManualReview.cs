using System.Collections.Generic;
using CisAws.Evidence;

namespace CisAws.Rules.Reviews;

/// <summary>
/// A question that no API answers, or that only knowledge of the organisation decides: always Manual, until it is attested. Parameter: <c>reason</c>,
/// what to review.
/// </summary>
internal sealed class ManualReview : Rule
{
    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [];

    public override bool SupportsAttestation => true;

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context) =>
        [context.Manual(context.Account, "ReviewManually", Definition.Parameter<string>("reason"))];
}
