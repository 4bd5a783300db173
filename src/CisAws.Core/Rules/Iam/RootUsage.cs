using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Text;

namespace CisAws.Rules.Iam;

/// <summary>
/// The root user is not used. The benchmark names no number of days; the setting does. The alarm on root's use, which
/// its audit requires as well, is a rule of its own.
/// </summary>
internal sealed class RootUsage : Rule
{
    private static readonly Use[] Uses =
    [
        new(ReportColumn.PasswordLastUsed, "password"),
        new(ReportColumn.AccessKey1LastUsed, "access key 1"),
        new(ReportColumn.AccessKey2LastUsed, "access key 2"),
    ];

    public override IReadOnlyList<EvidenceKind> Needs(SettingValues settings) => [EvidenceKinds.CredentialReport];

    // Only for the note on sessions that the report does not show.
    public override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.Organization];

    public override string? ReasonSuffix(RuleContext context) => CredentialReportReader.ReasonSuffix(context);

    public override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return CredentialReportReader.Read(context).Match(
            report => report.Root switch
            {
                null => context.Undecided(context.Account, "NoRootRow", "the credential report has no row for the root user"),
                { Problem: { } problem } => context.Undecided(context.Account, "MalformedRow", problem),
                var root => Evaluate(context, report, root),
            },
            why => context.Unknown(context.Account, why));
    }

    private static RuleFinding Evaluate(RuleContext context, CredentialReportReader report, ReportedUser root)
    {
        var window = context.Settings.Integer("RootUsageWindowDays");
        CisFact[] facts = [.. Uses.Select(u => root.Fact(u.Column)), report.GeneratedFact, .. Notes(context)];

        // All three, whichever is latest: a password of long ago says nothing about a key of today.
        var (column, credential) = Uses.OrderByDescending(u => root.Time(u.Column).Time).First();
        var last = root.Time(column);
        if (last.Time is { } recent && context.Now - recent < TimeSpan.FromDays(window))
        {
            var days = UtcTime.Days(UtcTime.DaysBetween(recent, context.Now));
            return context.Fail(context.Account, "RootUsed", $"The root user's {credential} was used on {UtcTime.Day(recent)} ({days} ago; minimum {window}).", facts);
        }

        var unreadable = Uses.Where(u => !root.Time(u.Column).IsReadable).Select(u => root.Says(u.Column)).FirstOrDefault();
        return unreadable is not null
            ? context.Undecided(context.Account, "UnreadableValue", $"{unreadable} for the root user in the credential report", facts)
            : last.Time is { } old
                ? context.Pass(
                    context.Account, "NotUsedRecently",
                    $"The root user's {credential} was last used on {UtcTime.Day(old)} ({UtcTime.Days(UtcTime.DaysBetween(old, context.Now))} ago).", facts)
                : context.Pass(context.Account, "NoRecordedUse", "No use of the root user is recorded.", facts);
    }

    private static IEnumerable<CisFact> Notes(RuleContext context)
    {
        var organization = context.Evidence.Get(EvidenceKinds.Organization).Match(o => o, _ => null);
        return organization is not null && organization.ManagementAccountId != context.Evidence.Account.AccountId
            ? [new CisFact("Note", "Root sessions that the organisation's management account takes with sts:AssumeRoot use no root credential and are not shown here.")]
            : [];
    }

    /// <summary>The column that has the last use of a credential.</summary>
    private sealed record Use(string Column, string Credential);
}
