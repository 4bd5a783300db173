using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// A console user has no access key that was created together with the user and never used. The benchmark's console
/// audit compares the times; its CLI audit, without a creation date, takes any key that was never used, and is there
/// as a setting.
/// </summary>
internal sealed class SetupAccessKeys : CredentialReportRule
{
    private const string Fine = "do not have an unused access key that was created with the user";

    public override (string One, string Several) ResourceNoun => ("console user", "console users");

    /// <summary>The user of a key.</summary>
    public override CisResource SubjectOf(CisResource resource) => resource with { Type = "AWS::IAM::User", Id = resource.Id.Split('/')[0] };

    protected override IReadOnlyList<string> Columns =>
    [
        ReportColumn.UserCreationTime, ReportColumn.PasswordEnabled,
        ReportColumn.AccessKey1Active, ReportColumn.AccessKey1LastRotated, ReportColumn.AccessKey1LastUsed,
        ReportColumn.AccessKey2Active, ReportColumn.AccessKey2LastRotated, ReportColumn.AccessKey2LastUsed,
    ];

    protected override bool EvaluatesAccessKeys => true;

    /// <summary>Whether the key was used is not in the report, so a key of the setup is not decided.</summary>
    protected override RuleFinding EvaluateListedKey(RuleContext context, ReportedUser user, CisResource resource, AccessKey key) =>
        user.Boolean(ReportColumn.PasswordEnabled) != true
            ? context.NotApplicable(resource, "NoPassword", "The user has no console password.", plural: "have no console password")
            : user.Time(ReportColumn.UserCreationTime).Time is { } created && !AtSetup(context, key.CreateDate, created) &&
                (key.Status != "Active" || context.Settings.Text("Audit") != "Cli")
                ? context.Pass(resource, "MadeLater", $"Access key {key.Id} was created after the user.", plural: Fine)
                : NoLastUse(context, resource, key);

    protected override IEnumerable<RuleFinding> EvaluateUser(RuleContext context, ReportedUser user)
    {
        var keys = user.AccessKeys.Where(k => !k.IsEmpty).ToList();
        return user.Boolean(ReportColumn.PasswordEnabled) switch
        {
            false => [context.NotApplicable(user.Resource, "NoPassword", "The user has no console password.", user.Report.Facts, plural: "have no console password")],
            null => [NotKnown(context, user, user.Resource, ReportColumn.PasswordEnabled)],
            true when keys.Count == 0 => [context.Pass(user.Resource, "NoKeys", "The user has no access key.", user.Report.Facts, plural: Fine)],
            _ => keys.Select(key => Evaluate(context, user, key)),
        };
    }

    private static bool AtSetup(RuleContext context, DateTimeOffset made, DateTimeOffset created) =>
        (made - created).Duration() <= TimeSpan.FromSeconds(context.Settings.Integer("SetupToleranceSeconds"));

    private static RuleFinding Evaluate(RuleContext context, ReportedUser user, AccessKeySlot key)
    {
        if (!key.LastUsed.IsReadable)
        {
            return NotKnown(context, user, key.Resource, key.LastUsedColumn);
        }

        if (key.LastRotated.Time is not { } made)
        {
            return NotKnown(context, user, key.Resource, key.LastRotatedColumn);
        }

        if (user.Time(ReportColumn.UserCreationTime).Time is not { } created)
        {
            return NotKnown(context, user, key.Resource, ReportColumn.UserCreationTime);
        }

        var atSetup = AtSetup(context, made, created);
        CisFact[] facts =
        [
            user.Fact(ReportColumn.UserCreationTime), user.Fact(key.LastRotatedColumn), user.Fact(key.ActiveColumn), user.Fact(key.LastUsedColumn),
            user.Report.GeneratedFact,
        ];
        return (atSetup, neverUsed: key.LastUsed.IsNone, key.IsActive) switch
        {
            (true, true, _) => context.Fail(
                key.Resource, "SetupKeyNeverUsed", $"{key.Title} was created with the user on {UtcTime.Day(created)} and has never been used.", facts,
                plural: "have an unused access key that was created with the user"),
            (true, false, _) => context.Pass(
                key.Resource, "SetupKeyUsed", $"{key.Title} was created with the user and has been used.",
                [new CisFact("Note", $"Created together with the user on {UtcTime.Day(created)}; last used on {UtcTime.Day(key.LastUsed.Time!.Value)}."), user.Report.GeneratedFact],
                plural: Fine),
            (false, true, null) => NotKnown(context, user, key.Resource, key.ActiveColumn),
            (false, true, true) when context.Settings.Text("Audit") == "Cli" => context.Fail(
                key.Resource, "KeyNeverUsed", $"{key.Title}, created on {UtcTime.Day(made)}, is active and has never been used.", facts,
                plural: "have an active access key that was never used"),
            (false, true, true) => context.Pass(
                key.Resource, "MadeLater", $"{key.Title} was created after the user.", user.Report.Facts,
                [$"{key.Title}, created on {UtcTime.Day(made)}, is active and has never been used; delete it unless it will be used soon."], Fine),
            _ => context.Pass(key.Resource, "MadeLater", $"{key.Title} was created after the user.", user.Report.Facts, plural: Fine),
        };
    }
}
