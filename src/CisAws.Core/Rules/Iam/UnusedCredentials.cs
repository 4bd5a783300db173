using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// Passwords and access keys that were not used for 90 days are disabled. One that was never used counts from when it
/// was created. Root's are left out: its password cannot be disabled, and asking for its use would contradict the rule that it stays unused.
/// </summary>
internal sealed class UnusedCredentials : CredentialReportRule
{
    public override (string One, string Several) ResourceNoun => ("enabled IAM user credential", "enabled IAM user credentials");

    protected override IReadOnlyList<string> Columns =>
    [
        ReportColumn.UserCreationTime,
        ReportColumn.PasswordEnabled, ReportColumn.PasswordLastUsed, ReportColumn.PasswordLastChanged,
        ReportColumn.AccessKey1Active, ReportColumn.AccessKey1LastRotated, ReportColumn.AccessKey1LastUsed,
        ReportColumn.AccessKey2Active, ReportColumn.AccessKey2LastRotated, ReportColumn.AccessKey2LastUsed,
    ];

    protected override bool EvaluatesAccessKeys => true;

    /// <summary>A key that is new passes, used or not. The last use of an older one is not in the report.</summary>
    protected override RuleFinding EvaluateListedKey(RuleContext context, ReportedUser user, CisResource resource, AccessKey key) => key.Status != "Active"
        ? context.NotApplicable(resource, "KeyInactive", "The access key is inactive.", plural: "are inactive")
        : UtcTime.DaysBetween(key.CreateDate, context.Now) < context.Settings.Integer("MaxUnusedCredentialDays")
            ? context.Pass(resource, "New", $"Access key {key.Id} was created on {UtcTime.Day(key.CreateDate)}.", plural: Recent(context))
            : NoLastUse(context, resource, key);

    protected override IEnumerable<RuleFinding> EvaluateUser(RuleContext context, ReportedUser user)
    {
        // A password that is off does not exist: there is no resource to speak of.
        if (user.Boolean(ReportColumn.PasswordEnabled) is not false)
        {
            string[] since = [ReportColumn.PasswordLastUsed, ReportColumn.PasswordLastChanged, ReportColumn.UserCreationTime];
            yield return user.Boolean(ReportColumn.PasswordEnabled) is null
                ? NotKnown(context, user, user.Password, ReportColumn.PasswordEnabled)
                : Evaluate(user.Password, "The password", "set", since, PasswordNotes(user));
        }

        foreach (var key in user.AccessKeys.Where(k => !k.IsEmpty))
        {
            yield return key.IsActive switch
            {
                true => Evaluate(key.Resource, key.Title, "created", [key.LastUsedColumn, key.LastRotatedColumn], []),
                false => context.NotApplicable(
                key.Resource, "KeyInactive", "The access key is inactive.", user.Report.Facts, plural: "are inactive"),
                null => NotKnown(context, user, key.Resource, key.ActiveColumn),
            };
        }

        // The first of the columns that holds a time counts; one that holds nonsense ends the search, for it might have counted.
        RuleFinding Evaluate(CisResource credential, string name, string begun, string[] since, IEnumerable<CisFact> notes)
        {
            var column = since.FirstOrDefault(c => !user.Time(c).IsNone);
            if (column is null || user.Time(column).Time is not { } time)
            {
                return NotKnown(context, user, credential, column ?? since.Last());
            }

            var limit = context.Settings.Integer("MaxUnusedCredentialDays");
            var days = UtcTime.DaysBetween(time, context.Now);
            var used = column == since[0];
            if (days < limit)
            {
                return context.Pass(
                    credential, used ? "UsedRecently" : "NewAndNeverUsed",
                    used ? $"{name} was last used on {UtcTime.Day(time)}." : $"{name} has never been used; it was {begun} on {UtcTime.Day(time)}.",
                    user.Report.Facts, plural: Recent(context));
            }

            return context.Fail(
                credential, used ? "Unused" : "NeverUsed",
                used
                    ? $"{name} was last used on {UtcTime.Day(time)} ({UtcTime.Days(days)} ago; must be less than {limit})."
                    : $"{name} has never been used; it was {begun} on {UtcTime.Day(time)} ({UtcTime.Days(days)} ago; must be less than {limit}).",
                [.. since.Select(user.Fact), .. notes, user.Report.GeneratedFact], plural: $"have not been used for {limit} days");
        }
    }

    private static string Recent(RuleContext context) => $"were used or created in the last {context.Settings.Integer("MaxUnusedCredentialDays")} days";

    private static IEnumerable<CisFact> PasswordNotes(ReportedUser user)
    {
        var changed = user.Time(ReportColumn.PasswordLastChanged).Time;
        return changed is not null && changed > user.Time(ReportColumn.PasswordLastUsed).Time
            ? [new CisFact("Note", $"The password was changed on {UtcTime.Day(changed.Value)}, after its last use; a change is not a use.")]
            : [];
    }
}
