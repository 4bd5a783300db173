using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Text;

namespace CisAws.Controls.Iam;

/// <summary>
/// 1.21: a console user has no access key that was made together with the user and never used. The benchmark's console
/// audit compares the times; its CLI audit, for want of a creation date, takes any key that was never used, and is there
/// as a setting.
/// </summary>
[Control("1.21")]
internal sealed class SetupAccessKeys : CredentialReportRule
{
    public override string Noun => "console users and access keys of theirs";

    protected override IReadOnlyList<string> Columns =>
    [
        ReportColumn.UserCreationTime, ReportColumn.PasswordEnabled,
        ReportColumn.AccessKey1Active, ReportColumn.AccessKey1LastRotated, ReportColumn.AccessKey1LastUsed,
        ReportColumn.AccessKey2Active, ReportColumn.AccessKey2LastRotated, ReportColumn.AccessKey2LastUsed,
    ];

    protected override IEnumerable<CisFinding> JudgeUser(RuleContext context, ReportedUser user)
    {
        var keys = user.AccessKeys.Where(k => !k.IsEmpty).ToList();
        return user.Boolean(ReportColumn.PasswordEnabled) switch
        {
            false => [context.NotApplicable(user.Resource, "NoPassword", "The user has no console password.")],
            null => [NotKnown(context, user, user.Resource, ReportColumn.PasswordEnabled)],
            true when keys.Count == 0 => [context.Pass(user.Resource, "NoKeys", "The user has no access key.")],
            _ => keys.Select(key => Judge(context, user, key)),
        };
    }

    private static CisFinding Judge(RuleContext context, ReportedUser user, AccessKeySlot key)
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

        var atSetup = (made - created).Duration() <= TimeSpan.FromSeconds(context.Settings.Integer("SetupToleranceSeconds"));
        CisFact[] facts =
        [
            user.Fact(ReportColumn.UserCreationTime), user.Fact(key.LastRotatedColumn), user.Fact(key.ActiveColumn), user.Fact(key.LastUsedColumn),
            user.Report.GeneratedFact,
        ];
        return (atSetup, neverUsed: key.LastUsed.IsNone, key.IsActive) switch
        {
            (true, true, _) => context.Fail(
                key.Resource, "SetupKeyNeverUsed", $"The {key.Name} was made together with its user on {UtcTime.Day(created)} and never used.", facts),
            (true, false, _) => context.Pass(
                key.Resource, "SetupKeyUsed", $"The {key.Name} was made together with its user, but is in use.",
                [new CisFact("Note", $"Made at the user's creation on {UtcTime.Day(created)}; last used on {UtcTime.Day(key.LastUsed.Time!.Value)}.")]),
            (false, true, null) => NotKnown(context, user, key.Resource, key.ActiveColumn),
            (false, true, true) when context.Settings.Text("Audit") == "Cli" => context.Fail(
                key.Resource, "KeyNeverUsed", $"The {key.Name} of {UtcTime.Day(made)} is active and was never used.", facts),
            (false, true, true) => context.Pass(
                key.Resource, "MadeLater", $"The {key.Name} was made after its user.",
                warnings: [$"The {key.Name} of {UtcTime.Day(made)} is active and was never used; delete it unless it is about to be."]),
            _ => context.Pass(key.Resource, "MadeLater", $"The {key.Name} was made after its user."),
        };
    }
}
