using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CisAws.Evidence;

namespace CisAws.Rules.Iam;

/// <summary>
/// A rule about root's MFA. Where root has no password, because it was never created or was removed centrally,
/// there is no sign-in to protect; AWS counts that as passed (Security Hub IAM.9, IAM.6), the benchmark's letter does not.
/// What decides is whether root has the password, never whether the organisation manages root credentials: turning that
/// feature on deletes none.
/// </summary>
internal abstract class RootMfaRule : Rule
{
    private const string MfaEnabled = "AccountMFAEnabled";
    private const string PasswordPresent = "AccountPasswordPresent";

    // Where the summary does not show whether root has a password, the report may.
    public sealed override IReadOnlyList<EvidenceKind> OptionalNeeds(SettingValues settings) => [EvidenceKinds.CredentialReport];

    public sealed override IEnumerable<RuleFinding> Evaluate(RuleContext context)
    {
        yield return context.Evidence.Account.Partition == "aws-us-gov"
            ? context.NotApplicable(context.Account, "GovCloud", "The root user of an account in AWS GovCloud (US) cannot sign in to the console.")
            : context.Evidence.Get(EvidenceKinds.AccountSummary).Match(
                summary => Evaluate(context, summary),
                why => context.Unknown(context.Account, why));
    }

    /// <summary>The finding if root has an MFA device.</summary>
    protected abstract RuleFinding EvaluateDevices(RuleContext context, IReadOnlyList<CisFact> facts);

    private RuleFinding Evaluate(RuleContext context, IReadOnlyDictionary<string, int> summary)
    {
        var facts = new[] { MfaEnabled, PasswordPresent }
            .Where(summary.ContainsKey)
            .Select(k => new CisFact(k, summary[k].ToString(CultureInfo.InvariantCulture)))
            .ToList();
        if (!summary.TryGetValue(MfaEnabled, out var mfa))
        {
            return context.Undecided(
                context.Account, "MissingSummaryKey", $"iam:GetAccountSummary returned no {MfaEnabled}", facts);
        }

        if (mfa > 0)
        {
            return EvaluateDevices(context, facts);
        }

        return summary.TryGetValue(PasswordPresent, out var present)
            ? WithoutMfa(context, present > 0, facts)
            : CredentialReportReader.Read(context).Match(
                report => WithoutMfa(context, report.Root is { Problem: null } root ? HasPassword(root) : null, facts),
                why => context.Unknown(context.Account, why, facts));
    }

    private static RuleFinding WithoutMfa(RuleContext context, bool? hasPassword, IReadOnlyList<CisFact> facts) => hasPassword switch
    {
        true => context.Fail(context.Account, "NoRootMfa", "The root user has no MFA device and can sign in with its password alone.", facts),
        false => WithoutCredentials(context, facts),
        null => context.Undecided(
            context.Account, "MissingSummaryKey",
            $"iam:GetAccountSummary returned no {PasswordPresent}, and the credential report does not show it either", facts),
    };

    private static RuleFinding WithoutCredentials(RuleContext context, IReadOnlyList<CisFact> facts)
    {
        const string code = "RootCredentialsAbsent";
        return context.Settings.Text("AbsentRootCredentials") switch
        {
            "NotApplicable" => context.NotApplicable(context.Account, code, "The root user has no password, so there is no sign-in to protect.", facts),
            "Strict" => context.Fail(
                context.Account, code, "The root user has no MFA device; the program requires one even if there is no password.", facts),
            _ => context.Pass(context.Account, code, "The root user has no password, so there is no sign-in to protect.", facts),
        };
    }

    /// <summary>Reports of before 2025 say not_supported of every root user; those had a password.</summary>
    private static bool? HasPassword(ReportedUser root) => root.Text(ReportColumn.PasswordEnabled) == "not_supported" ? true : root.Boolean(ReportColumn.PasswordEnabled);
}
