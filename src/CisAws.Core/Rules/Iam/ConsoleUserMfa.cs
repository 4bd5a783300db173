using System.Collections.Generic;

namespace CisAws.Rules.Iam;

/// <summary>Every IAM user with a console password has an MFA device.</summary>
internal sealed class ConsoleUserMfa : CredentialReportRule
{
    public override (string One, string Several) ResourceNoun => ("console user", "console users");

    protected override IReadOnlyList<string> Columns => [ReportColumn.PasswordEnabled, ReportColumn.MfaActive];

    protected override IEnumerable<RuleFinding> EvaluateUser(RuleContext context, ReportedUser user)
    {
        yield return (user.Boolean(ReportColumn.PasswordEnabled), user.Boolean(ReportColumn.MfaActive)) switch
        {
            (false, _) => context.NotApplicable(
                user.Resource, "NoPassword", "The user has no console password.", user.Report.Facts, plural: "have no console password"),
            (true, true) => context.Pass(user.Resource, "MfaActive", "The user has an MFA device.", user.Report.Facts, plural: "have an MFA device"),
            (true, false) => context.Fail(
                user.Resource, "NoMfa", "The user has a console password and no MFA device.", user.Report.Facts, plural: "have no MFA device"),
            (null, _) => NotKnown(context, user, user.Resource, ReportColumn.PasswordEnabled),
            _ => NotKnown(context, user, user.Resource, ReportColumn.MfaActive),
        };
    }
}
