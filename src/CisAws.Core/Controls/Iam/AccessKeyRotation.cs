using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Controls.Iam;

/// <summary>1.4: active access keys are not older than 90 days. Day 90 itself passes. Root's keys are control 1.12.</summary>
[Control("1.4")]
internal sealed class AccessKeyRotation : CredentialReportRule
{
    public override string Noun => "active access keys of IAM users";

    protected override IReadOnlyList<string> Columns =>
    [
        ReportColumn.AccessKey1Active, ReportColumn.AccessKey1LastRotated,
        ReportColumn.AccessKey2Active, ReportColumn.AccessKey2LastRotated,
    ];

    protected override IEnumerable<CisFinding> JudgeUser(RuleContext context, ReportedUser user) =>
        user.AccessKeys.Where(k => !k.IsEmpty).Select(key => Judge(context, key));

    private static CisFinding Judge(RuleContext context, AccessKeySlot key)
    {
        var limit = context.Settings.Integer("MaxAccessKeyAgeDays");
        return (key.IsActive, key.LastRotated.Time) switch
        {
            (false, _) => context.NotApplicable(key.Resource, "KeyInactive", "The access key is inactive."),
            (null, _) => NotKnown(context, key.User, key.Resource, key.ActiveColumn),
            (_, null) => NotKnown(context, key.User, key.Resource, key.LastRotatedColumn),
            (_, { } made) when UtcTime.DaysBetween(made, context.Now) is var days && days <= limit =>
                context.Pass(key.Resource, "RotatedInTime", $"The {key.Name} was made on {UtcTime.Day(made)}."),
            (_, { } made) => context.Fail(
                key.Resource, "KeyTooOld",
                $"The {key.Name} was made on {UtcTime.Day(made)}, {UtcTime.Days(UtcTime.DaysBetween(made, context.Now))} ago; the limit is {limit}.",
                [key.User.Fact(key.LastRotatedColumn), key.User.Report.GeneratedFact]),
        };
    }
}
