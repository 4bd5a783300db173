using System;
using CisAws.Evidence;
using CisAws.Programs;
using CisAws.Results;
using CisAws.Rules;

namespace CisAws.Assessments;

/// <summary>The result of a control whose rule failed: Unknown, with the rule and the exception named. It is always a fault of CisAws.</summary>
internal static class RuleError
{
    /// <summary>The reason code.</summary>
    public const string Code = "RuleError";

    private const int LongestMessage = 300;

    public static CisResult Of(CisControl control, AccountIdentity account, Exception exception, AssessmentRun run)
    {
        var message = exception.Message.Length > LongestMessage ? exception.Message.Substring(0, LongestMessage) + "..." : exception.Message;
        var reason = $"Not decided: rule {string.Join(" or ", control.RuleId)} failed with {exception.GetType().Name}: {message}";
        CisFact[] facts = [new("Exception", exception.GetType().FullName ?? ""), new("StackTrace", exception.StackTrace ?? "")];
        var finding = new RuleFinding(CisResource.Of(account), CisStatus.Unknown, Code, reason, facts);
        return new CisResult(
            ResultValues.Of(AssessedControl.Of(control), account.AccountId, run) with
            {
                Status = CisStatus.Unknown,
                ReasonCode = Code,
                Reason = reason,
                Incomplete = true,
                Findings = [FindingValues.Of(control.RuleId[0], finding)],
            },
            run);
    }
}
