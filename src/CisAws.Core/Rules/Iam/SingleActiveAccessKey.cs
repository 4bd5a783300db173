using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>An IAM user has one active access key at most. An inactive one, which a rotation leaves behind, does not count.</summary>
internal sealed class SingleActiveAccessKey : CredentialReportRule
{
    public override (string One, string Several) ResourceNoun => ("IAM user", "IAM users with access keys");

    protected override IReadOnlyList<string> Columns => [ReportColumn.AccessKey1Active, ReportColumn.AccessKey2Active];

    protected override bool EvaluatesAccessKeys => true;

    protected override IEnumerable<RuleFinding> EvaluateUser(RuleContext context, ReportedUser user)
    {
        var keys = user.AccessKeys.Where(k => !k.IsEmpty).ToList();
        // What the report shows of some users is not all of their keys: the list decides.
        return user.MoreCredentials is not null ? []
            : keys.Find(k => k.IsActive is null) is { } unclear ? [NotKnown(context, user, user.Resource, unclear.ActiveColumn)]
            : [Evaluate(context, user, [.. keys.Where(k => k.IsActive == true).Select(k => k.Name)])];
    }

    protected override IEnumerable<RuleFinding> EvaluateListedKeys(RuleContext context, ReportedUser user, IReadOnlyList<AccessKey> keys) =>
        [Evaluate(context, user, [.. keys.Where(k => k.Status == "Active").Select(k => k.Id)])];

    private static RuleFinding Evaluate(RuleContext context, ReportedUser user, IReadOnlyList<string> active) => active.Count switch
    {
        0 => context.NotApplicable(user.Resource, "NoActiveKey", "The user has no active access key.", user.Report.Facts, plural: "have no active access key"),
        1 => context.Pass(user.Resource, "OneActiveKey", "The user has one active access key.", user.Report.Facts, plural: "have one active access key"),
        _ => context.Fail(
            user.Resource, "SeveralActiveKeys", $"The user has {active.Count} active access keys: {string.Join(", ", active)}.",
            [.. user.AccessKeys.Select(k => user.Fact(k.ActiveColumn)), user.Report.GeneratedFact],
            plural: "have more than one active access key"),
    };
}
