using System;
using System.Collections.Generic;
using System.Linq;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Assessments;

/// <summary>
/// The results of an account that was asked for and could not be assessed: every planned control is Unknown. Without them the account
/// would be missing from counts, exit codes and reports, and a list of accounts would look better than it is.
/// </summary>
internal static class UnassessedAccount
{
    /// <summary>The reason code where there is no way to the account: no credentials, a role that cannot be assumed, no answer.</summary>
    public const string Unreachable = "AccountUnreachable";

    /// <summary>Why an account could not be assessed, by all its results; null if a control was assessed.</summary>
    public static string? ReasonOf(IReadOnlyList<CisResult> results) =>
        results.Count > 0 && results.All(r => r.Status == CisStatus.Unknown && r.ReasonCode != RuleError.Code && r.ReadFailures.Count == 0 && r.Reason == results[0].Reason)
            ? results[0].Reason
            : null;

    /// <summary>One Unknown result for each control, in their order.</summary>
    /// <param name="controls">The controls that were planned, as their programs have them.</param>
    /// <param name="account">The account's ID; where it is not known, what it was asked for by, such as the name of a profile.</param>
    /// <param name="reasonCode">Why, for machines: <see cref="Unreachable"/>, or the ID of the error.</param>
    /// <param name="reason">Why, in one sentence.</param>
    /// <param name="run">The run that ended before it began.</param>
    public static IReadOnlyList<CisResult> Results(
        IEnumerable<CisControl> controls, string account, string reasonCode, string reason, AssessmentRun run)
    {
        var isId = Arn.IsAccountId(account);
        return controls.Select(control =>
        {
            var inForce = isId ? control.ForAccount(account) : control;
            var finding = new RuleFinding(new CisResource("AWS::Account", account, "", ""), CisStatus.Unknown, reasonCode, reason);
            return new CisResult(
                ResultValues.Of(AssessedControl.Of(inForce), account, run) with
                {
                    Status = CisStatus.Unknown,
                    ReasonCode = reasonCode,
                    Reason = reason,
                    Incomplete = true,
                    Findings = [FindingValues.Of(inForce.RuleId[0], finding)],
                },
                run);
        }).ToList();
    }
}
