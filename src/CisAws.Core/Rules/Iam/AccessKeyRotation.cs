using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>Active access keys are not older than 90 days. Day 90 itself passes. The root user's keys have a rule of their own.</summary>
internal sealed class AccessKeyRotation : CredentialReportRule
{
    public override (string One, string Several) ResourceNoun => ("active IAM user access key", "active IAM user access keys");

    protected override IReadOnlyList<string> Columns =>
    [
        ReportColumn.AccessKey1Active, ReportColumn.AccessKey1LastRotated,
        ReportColumn.AccessKey2Active, ReportColumn.AccessKey2LastRotated,
    ];

    protected override bool EvaluatesAccessKeys => true;

    protected override RuleFinding EvaluateListedKey(RuleContext context, ReportedUser user, CisResource resource, AccessKey key) => key.Status == "Active"
        ? EvaluateAge(context, resource, $"Access key {key.Id}", key.CreateDate, [])
        : context.NotApplicable(resource, "KeyInactive", "The access key is inactive.", plural: "are inactive");

    protected override IEnumerable<RuleFinding> EvaluateUser(RuleContext context, ReportedUser user) =>
        user.AccessKeys.Where(k => !k.IsEmpty).Select(key => Evaluate(context, key));

    private static RuleFinding Evaluate(RuleContext context, AccessKeySlot key)
    {
        return (key.IsActive, key.LastRotated.Time) switch
        {
            (false, _) => context.NotApplicable(
                key.Resource, "KeyInactive", "The access key is inactive.", key.User.Report.Facts, plural: "are inactive"),
            (null, _) => NotKnown(context, key.User, key.Resource, key.ActiveColumn),
            (_, null) => NotKnown(context, key.User, key.Resource, key.LastRotatedColumn),
            (_, { } created) => EvaluateAge(
                context, key.Resource, key.Title, created, [key.User.Fact(key.LastRotatedColumn), key.User.Report.GeneratedFact]),
        };
    }

    private static RuleFinding EvaluateAge(RuleContext context, CisResource resource, string title, DateTimeOffset created, IEnumerable<CisFact> facts)
    {
        var limit = context.Settings.Integer("MaxAccessKeyAgeDays");
        var days = UtcTime.DaysBetween(created, context.Now);
        return days <= limit
            ? context.Pass(
                resource, "RotatedInTime", $"{title} was created on {UtcTime.Day(created)} ({UtcTime.Days(days)} ago).", facts, plural: $"are at most {limit} days old")
            : context.Fail(
                resource, "KeyTooOld", $"{title} was created on {UtcTime.Day(created)} ({UtcTime.Days(days)} ago; maximum {limit}).", facts,
                plural: $"are older than {limit} days");
    }
}
